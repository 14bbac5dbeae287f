"""The requests behind the outbox: upload, send, look for what may have been sent.

Invariant: every post carries our uuid in its props; "not found" is said only after all posts since the
first try were seen.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path, PurePath

from tui.core import outbox
from tui.core.errors import BadAnswer, Refused, TeleteamError
from tui.core.ids import ChannelId, Millis
from tui.core.models import FileInfo, OutboxItem, Post, PostPage, Reaction
from tui.core.outbox import Attempt, Done, LookUp, Outcome, Park, Wait
from tui.core.ports import NewPost
from tui.store import Tx
from tui.sync import pages
from tui.sync.context import Context, landed

SEARCH_PAGES = 20
LOOK_PAGE = 200
LOOK_SECONDS = 0.5
"""So often an upload looks whether it is still wanted."""


class Delivery:
    def __init__(self, context: Context) -> None:
        self._context = context

    async def upload(self, attempt: Attempt) -> Outcome:
        """Uploads the next file; its id is kept with the item, so no file goes twice. Raises Retryable."""
        item = attempt.item
        path = item.file_paths[0]
        if not await asyncio.to_thread(Path(path).is_file):
            return outbox.lost(attempt, "tele.outbox.file_gone")
        stopped, info = await self._unless_stopped(item, path)
        if info is None:
            return Park(replace(attempt, item=stopped)) if stopped else Wait(attempt, 0.0)
        uploaded = replace(item, file_ids=(*item.file_ids, info.id), file_paths=item.file_paths[1:])
        return Wait(replace(attempt, item=uploaded, troubles=0), 0.0)

    async def _unless_stopped(self, item: OutboxItem, path: str) -> tuple[OutboxItem | None, FileInfo | None]:
        """The uploaded file; None where the person paused (then the parked item is named) or discarded it."""
        task = asyncio.create_task(self._upload_one(item, path))
        try:
            while not (await asyncio.wait({task}, timeout=LOOK_SECONDS))[0]:
                now = self._context.store.outbox.get(item.cid)
                if now is None or now.state == "parked":
                    return now, None
            return None, await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _upload_one(self, item: OutboxItem, path: str) -> FileInfo:
        """Goes on with the server's upload session of the same, unchanged file, also after a restart."""
        store, key = self._context.store, f"upload:{item.cid}:{path}"
        found = await asyncio.to_thread(os.stat, path)
        stamp = f"{found.st_size}:{found.st_mtime_ns}"
        session, _blank, known = store.kept.get(key).partition(" ")

        async def begun(fresh: str) -> None:
            await landed(store.write_desk(lambda desk: desk.kept.set(key, f"{fresh} {stamp}")))

        info = await self._context.api.upload_file(
            item.target.channel_id, PurePath(path), session=session if known == stamp else "", begun=begun
        )
        if store.kept.get(key):
            await landed(store.write_desk(lambda desk: desk.kept.remove(key)))
        return info

    async def send(self, attempt: Attempt) -> Done | LookUp:
        """One request. Raises what it raises."""
        item, api = attempt.item, self._context.api
        match item.kind:
            case "post":
                return outbox.answered(attempt, await api.create_post(_new_post(item)))
            case "edit":
                return Done(attempt, await api.patch_post(item.post_id, item.text))
            case "delete":
                await api.delete_post(item.post_id)
            case "react":
                await api.add_reaction(self._context.me, item.post_id, item.text)
            case "unreact":
                await api.remove_reaction(item.post_id, item.text)
            case "pin" | "unpin":
                await api.pin_post(item.post_id, item.kind == "pin")
            case _:
                raise Refused("tele.outbox.kind", item.kind)
        return Done(attempt)

    async def judge(self, attempt: Attempt, error: TeleteamError, pause: float) -> Outcome:
        """What a failure means. A second delete is refused, though the first one did its work."""
        item = attempt.item
        if item.kind == "delete" and item.attempts > 1 and isinstance(error, Refused):
            try:
                await self._context.api.fetch_post(item.post_id)
            except Refused:
                return Done(attempt)
            except TeleteamError as other:
                error = other
        return outbox.failed(attempt, error, pause)

    async def keep(self, done: Done) -> None:
        """Stores what the server confirmed, before the item leaves the outbox."""
        await self._context.write(lambda tx: self._put(tx, done))

    def _put(self, tx: Tx, done: Done) -> None:
        item = done.attempt.item
        if done.post is not None:
            tx.posts.put([done.post])
            if item.kind == "post":
                tx.intervals.extend(done.post.channel_id, pages.anchor(done.post))
            return
        post = tx.posts.get(item.post_id)
        if post is None:
            return
        if item.kind == "delete":
            tx.posts.delete(post.id, max(post.update_at, 1))
        elif item.kind == "react":
            tx.posts.add_reaction(Reaction(post.id, self._context.me, item.text, post.update_at))
        elif item.kind == "unreact":
            tx.posts.remove_reaction(Reaction(post.id, self._context.me, item.text))
        elif item.kind in ("pin", "unpin"):
            newer = post.update_at + 1  # the server's own is later still; of equal rows the pinned one wins
            tx.posts.put([replace(post, is_pinned=item.kind == "pin", update_at=newer)])

    async def find(self, step: LookUp) -> Post | None:
        """Our own post, by its uuid; None = surely absent. Raises BadAnswer where that cannot be said."""
        item = step.attempt.item
        stored = self._context.store.posts.find_by_cid(item.cid)
        if stored is not None:
            return stored
        if item.target.root_id and (found := await self._in_thread(item)) is not None:
            return found
        if not step.since:
            return await self._in_pages(item, 0)
        page = await self._context.api.fetch_posts_since(item.target.channel_id, step.since)
        found = self._own(item, page)
        if found is not None or len(page.order) < pages.SINCE_LIMIT:
            return found
        return await self._in_pages(item, step.since)

    async def _in_thread(self, item: OutboxItem) -> Post | None:
        try:
            return self._own(item, await self._context.api.fetch_thread(item.target.root_id))
        except Refused:
            return None

    async def _in_pages(self, item: OutboxItem, since: Millis) -> Post | None:
        before = ""
        for _ in range(SEARCH_PAGES):
            told = await self._page(item.target.channel_id, before)
            page = pages.whole(told, LOOK_PAGE)
            found, span = self._own(item, told), pages.span(page)
            if found is not None:
                return found
            if span is None or span[0][0] < since or not page.prev_post_id:
                return None
            before = span[0][1]
        raise BadAnswer("tele.outbox.undecided")

    async def _page(self, channel_id: ChannelId, before: str) -> PostPage:
        told = await self._context.api.fetch_posts(channel_id, per_page=LOOK_PAGE, before=before)
        return told.value if told.value is not None else PostPage((), {})

    def _own(self, item: OutboxItem, page: PostPage) -> Post | None:
        return outbox.find_own(page.posts.values(), item.cid, self._context.me)


def _new_post(item: OutboxItem) -> NewPost:
    return NewPost(
        item.target.channel_id,
        item.text,
        item.target.root_id,
        item.file_ids,
        outbox.props_of(item),
        item.pending_post_id,
        priority=item.priority,
        wants_ack=item.wants_ack,
    )
