"""Posts: the timeline, and everything that is done to a message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from tui.client.base import Base
from tui.client.commands import CommandRun, Commands, Goto, trigger_of
from tui.client.post_matters import PostMatters
from tui.client.refresh import Refresh
from tui.client.timeline import Timelines, TimelineView
from tui.client.wishes import Wishes
from tui.core.emoji import normalise
from tui.core.errors import UserMistake
from tui.core.ids import ChannelId, PostId
from tui.core.intervals import Anchor
from tui.core.links import permalink
from tui.core.models import Json, OutboxItem, Post, Preference, Target
from tui.core.ports import ServerApi
from tui.core.safe_text import clean_outgoing
from tui.core.values import dataclass
from tui.store import DeskTx

MAX_FILES = 10
HELD = "tele.outbox.held"
"""Why a message is parked that may still be taken back."""
MOST_OWN = 200
"""My newest messages of which `own_texts` are."""
DURABLE_SECONDS = 30.0
"""Longest wait for the disk before the text counts as not saved."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a text: queued on disk (`item`), or a command that runs (`command`)."""

    item: OutboxItem | None = None
    command: CommandRun | None = None


class Posts(PostMatters):
    def __init__(
        self, base: Base, timelines: Timelines, commands: Commands, wishes: Wishes, refresh: Refresh
    ) -> None:
        self._base = base
        self._refresh = refresh
        self._timelines = timelines
        self._commands = commands
        self._wishes = wishes

    # reading

    def timeline(
        self,
        channel_id: ChannelId,
        *,
        limit: int = 300,
        before: Anchor | None = None,
        root_id: PostId = "",
    ) -> TimelineView:
        """The rows of a channel (the newest `limit` posts, or those before an anchor) or of a thread."""
        return self._timelines.read(channel_id, limit, before, root_id)

    def around(self, post_id: PostId, limit: int = 100) -> TimelineView | None:
        """The rows around one post, None where it is not in the store."""
        return self._timelines.around(post_id, limit)

    def get(self, post_id: PostId) -> Post | None:
        return self._base.store.posts.get(post_id)

    def newest(self, channel_id: ChannelId, limit: int) -> list[Post]:
        """The newest posts of a channel that are in the store, the newest first."""
        return list(self._base.store.posts.newest(channel_id, limit))

    def last_own(self, target: Target) -> Post | None:
        """My newest message there: what Up in an empty line edits."""
        return self._base.store.posts.last_own(target.channel_id, self._base.me, target.root_id)

    def own_texts(self) -> list[str]:
        """What I wrote, the newest first, each text once."""
        found = self._base.store.posts.own(self._base.me, MOST_OWN)
        return list(dict.fromkeys(post.message for post in found if post.message.strip()))

    def permalink(self, post_id: PostId) -> str:
        """The address of a post on the server; "" where it is not known."""
        post = self.get(post_id)
        if post is None:
            return ""
        channel = self._base.store.channels.get(post.channel_id)
        team_id = (channel.team_id if channel else "") or self._base.view.team_id
        team = next((t for t in self._base.store.teams.all() if t.id == team_id), None)
        site = self._base.lookups.config().text("SiteURL") or self._base.account.url
        return permalink(site, team.name if team else "_redirect", post_id)

    def load_older(self, channel_id: ChannelId) -> None:
        self._base.lane.tell(lambda engine: engine.load_older(channel_id))

    def close_gap(self, channel_id: ChannelId, anchor: PostId) -> None:
        """Loads what is missing before the post `anchor`, the newer edge of a gap row."""
        self._base.lane.tell(lambda engine: engine.close_gap(channel_id, anchor))

    # writing

    def send(
        self,
        target: Target,
        text: str,
        files: Sequence[str] = (),
        *,
        as_text: bool = False,
        priority: str = "",
        wants_ack: bool = False,
        hold: bool = False,
    ) -> Sent:
        """Queues a message; it is on disk, and its draft gone, when this returns.

        Raises UserMistake: tele.input.empty, .too_long (detail "length/limit"), .too_many_files,
        .unknown_command (ask, then send again `as_text`), tele.offline.command; StoreTrouble where the disk
        is full: the draft is untouched then. `files` are local paths. `hold`: it rests on the disk until
        `outbox.retry` lets it go, or the next start.
        """
        clean = clean_outgoing(text)
        if trigger_of(clean) and not files and not as_text:
            return Sent(command=self._run(target, clean))
        if as_text and clean.startswith("/"):
            clean = f" {clean}"
        self.check(clean, len(files))
        item = self._new("post", target, clean, files=tuple(files))
        if not target.root_id and (priority or wants_ack):
            item = replace(item, priority=priority, wants_ack=wants_ack)
        if hold:
            item = replace(item, state="parked", reason=HELD)
        return Sent(item=self._queue(item, draft=True))

    def send_card(self, target: Target, text: str, props: dict[str, Json]) -> OutboxItem:
        """Queues a message that programs can read too; drafts stay. Raises UserMistake as `send`."""
        self.check(text)
        item = replace(self._new("post", target, clean_outgoing(text)), props_json=json.dumps(props))
        return self._queue(item, draft=False)

    def check(self, text: str, files: int = 0) -> None:
        """Raises the UserMistake that `send` would raise for this text as a message."""
        if not text.strip() and not files:
            raise UserMistake("tele.input.empty")
        limit = self._base.lookups.max_post_size()
        if len(text) > limit:
            raise UserMistake("tele.input.too_long", f"{len(text)}/{limit}")
        if files > MAX_FILES:
            raise UserMistake("tele.input.too_many_files", f"{files}/{MAX_FILES}")

    def _run(self, target: Target, text: str) -> CommandRun:
        if not self._commands.is_known(trigger_of(text)):
            raise UserMistake("tele.input.unknown_command", trigger_of(text))
        run = self._commands.run(target, text)
        run.outcome.add_done_callback(lambda done: self._forget_command(target, text, done))
        return run

    def _forget_command(self, target: Target, text: str, done: Future[Goto]) -> None:
        """A command that has run is no draft any more, unless something else is being written by now."""

        def forget(desk: DeskTx) -> None:
            draft = desk.drafts.get(target)
            if draft is not None and clean_outgoing(draft.text).strip() == text.strip():
                desk.drafts.remove(target)

        if not done.cancelled() and done.exception() is None:
            self._base.note(forget)

    def edit(self, post_id: PostId, text: str) -> OutboxItem:
        """Queues a new text for my post. Raises UserMistake as `send`."""
        clean = clean_outgoing(text)
        self.check(clean)
        return self._act("edit", post_id, clean)

    def delete(self, post_id: PostId) -> OutboxItem:
        return self._act("delete", post_id)

    def react(self, post_id: PostId, emoji: str) -> OutboxItem:
        return self._act("react", post_id, normalise(emoji.strip(":")))

    def unreact(self, post_id: PostId, emoji: str) -> OutboxItem:
        return self._act("unreact", post_id, emoji.strip(":"))

    def pin(self, post_id: PostId, pinned: bool = True) -> OutboxItem:
        return self._act("pin" if pinned else "unpin", post_id)

    def save(self, post_id: PostId, saved: bool = True) -> None:
        """Marks a post as saved, or no longer."""
        flag = Preference("flagged_post", post_id, "true")
        if saved:
            self._wishes.prefer(flag)
        else:
            self._wishes.forget(flag)

    def saved(self) -> tuple[Post, ...]:
        """My saved posts, the newest first; those that are not in the store are asked for."""
        ids = self._base.lookups.preferences().names("flagged_post")
        found = self._base.store.posts.many(ids)
        self._ask_for_saved(ids - found.keys())
        alive = [post for post in found.values() if not post.delete_at]
        return tuple(sorted(alive, key=lambda post: (post.create_at, post.id), reverse=True))

    def pinned(self, channel_id: ChannelId) -> tuple[Post, ...]:
        """The pinned posts of a channel, the newest first; the server is asked for them as well."""

        async def fetch(api: ServerApi) -> None:
            page = await api.fetch_pinned(channel_id)
            self._base.change(lambda tx: tx.posts.put(page.posts.values()))

        if channel_id:
            self._refresh.ask(f"pinned:{channel_id}", fetch)
        return self._base.store.posts.pinned(channel_id)

    def typing(self, target: Target) -> None:
        """I am typing there; told to others only where the settings allow it."""
        if self._base.config.privacy.typing:
            self._base.lane.tell(lambda engine: engine.send_typing(target))

    def _act(self, kind: str, post_id: PostId, text: str = "") -> OutboxItem:
        post = self.get(post_id)
        if post is None:
            raise UserMistake("tele.input.no_such_post")
        target = Target(post.channel_id, post.root_id)
        return self._queue(self._new(kind, target, text, post_id=post_id), draft=False)

    def _new(
        self, kind: str, target: Target, text: str, *, post_id: PostId = "", files: tuple[str, ...] = ()
    ) -> OutboxItem:
        clock = self._base.clock
        return OutboxItem(
            cid=clock.new_id(),
            kind=kind,
            target=target,
            text=text,
            post_id=post_id,
            file_paths=files,
            create_at=clock.now(),
        )

    def _queue(self, item: OutboxItem, *, draft: bool) -> OutboxItem:
        """One durable transaction: the row in, the draft out."""

        def commit(desk: DeskTx) -> None:
            desk.outbox.add(item)
            if draft:
                desk.drafts.remove(item.target)

        self._base.store.write_desk(commit).result(DURABLE_SECONDS)
        self._base.lane.tell(lambda engine: engine.outbox_changed())
        return item
