"""Which tabs the side panel has, and where each gets its rows from.

Invariant: making a tab costs nothing until it is shown; every source is a read of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widget import Widget

from tui.core.models import Post, ScheduledPost
from tui.core.models import Thread as Followed
from tui.settings.i18n import N_, Later, _, ngettext
from tui.ui.panels.composer import Submit
from tui.ui.panels.folders import Folders
from tui.ui.panels.hits import Hits
from tui.ui.panels.inbox import CatchUpList, ThreadInbox
from tui.ui.panels.scheduled import Scheduled
from tui.ui.panels.thread import Thread
from tui.ui.shared import Shared
from tui.ui.widgets.hit_rows import HitRow
from tui.ui.widgets.post_sources import PostSources
from tui.ui.widgets.post_strips import PostPainter


class TabRows:
    """Messages of the store as rows of a list."""

    def __init__(self, shared: Shared) -> None:
        self._client = shared.client
        self._formats = shared.formats

    def rows(self, posts: Sequence[Post]) -> list[HitRow]:
        return [self._row(post) for post in posts]

    def pinned(self) -> list[HitRow]:
        return self.rows(self._client.posts.pinned(self._client.channels.current()))

    def saved(self) -> list[HitRow]:
        return self.rows(self._client.posts.saved())

    def mentions(self) -> list[HitRow]:
        return self.rows(self._client.search.mentions())

    def thread(self, thread: Followed) -> HitRow | None:
        """A followed thread, if its root is here: how many replies, how many of them are new."""
        root = self._client.posts.get(thread.id)
        return self._row(root, _replies(thread)) if root is not None else None

    def scheduled(self) -> list[HitRow]:
        """What the server will send later, the next one first."""
        return [self._scheduled(post) for post in self._client.later.scheduled()]

    def _scheduled(self, post: ScheduledPost) -> HitRow:
        when = self._formats.moment_text(post.scheduled_at)
        note = _("could not be sent: {why}").format(why=post.error_code) if post.error_code else ""
        return HitRow(
            post_id=post.id,
            channel_id=post.channel_id,
            user_id=self._client.account.user_id,
            name=when,
            channel=self._client.channels.named(post.channel_id),
            at=post.scheduled_at,
            message=post.message,
            note=note,
        )

    def _row(self, post: Post, note: str = "") -> HitRow:
        return HitRow(
            post_id=post.id,
            channel_id=post.channel_id,
            user_id=post.user_id,
            name=self._client.people.name(post.user_id),
            channel=self._client.channels.named(post.channel_id),
            at=post.create_at,
            message=post.message,
            note=note,
        )


def _replies(thread: Followed) -> str:
    """`5 replies, 2 new, 1 mention`."""
    n, fresh, called = thread.reply_count, thread.unread_replies, thread.unread_mentions
    words = [ngettext("{n} reply", "{n} replies", n).format(n=n)] if n else []
    words += [_("{n} new").format(n=fresh)] if fresh else []
    words += [ngettext("{n} mention", "{n} mentions", called).format(n=called)] if called else []
    return ", ".join(words)


def tab_makers(
    shared: Shared, sources: PostSources, submit: Submit
) -> dict[str, tuple[Later, Callable[[], Widget]]]:
    """Id → title and maker, in the order in which they stand."""
    rows = TabRows(shared)
    no_pins = _("Nothing is pinned here. Press p on a message.")
    return {
        "folders": (N_("Files"), lambda: Folders(shared)),
        "thread": (N_("Thread"), lambda: Thread(shared, PostPainter(sources, in_thread=True), submit)),
        "members": (N_("Members"), lambda: _members(shared)),
        "pinned": (
            N_("Pinned"),
            lambda: Hits(shared, rows.pinned, empty=no_pins, id="pinned"),
        ),
        "search": (N_("Search"), lambda: _search(shared, rows)),
        "mentions": (N_("Mentions"), lambda: Hits(shared, rows.mentions, id="mentions")),
        "catch_up": (N_("Catch-up"), lambda: CatchUpList(shared)),
        "threads": (N_("Threads"), lambda: ThreadInbox(shared, rows.thread)),
        "scheduled": (N_("Send later"), lambda: Scheduled(shared, rows.scheduled)),
        "channel_files": (N_("Files of the channel"), lambda: _files(shared)),
        "transfers": (N_("Transfers"), lambda: _transfers(shared)),
        "saved": (N_("Saved"), lambda: Hits(shared, rows.saved, empty=_("Nothing saved yet."), id="saved")),
    }


def _files(shared: Shared) -> Widget:
    from tui.ui.panels.files import ChannelFiles

    return ChannelFiles(shared)


def _transfers(shared: Shared) -> Widget:
    from tui.ui.panels.files import TransferList

    return TransferList(shared)


def _members(shared: Shared) -> Widget:
    from tui.ui.panels.members import Members

    return Members(shared)


def _search(shared: Shared, rows: TabRows) -> Widget:
    from tui.ui.panels.search import Search

    return Search(shared, rows.rows)


def lasting_tabs() -> tuple[str, ...]:
    """Those that are always there; the others come when they are asked for."""
    return ("folders", "thread", "members", "pinned")
