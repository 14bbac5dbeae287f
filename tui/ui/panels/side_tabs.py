"""Which tabs the side panel has, and where each gets its rows from.

Invariant: making a tab costs nothing until it is shown; every source is a read of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.widget import Widget

from tui.core.models import Post
from tui.settings.i18n import N_, Later, _, ngettext
from tui.ui.panels.composer import Submit
from tui.ui.panels.folders import Folders
from tui.ui.panels.hits import Hits
from tui.ui.panels.members import Members
from tui.ui.panels.search import Search
from tui.ui.panels.thread import Thread
from tui.ui.shared import Shared
from tui.ui.widgets.hit_rows import HitRow
from tui.ui.widgets.post_sources import PostSources
from tui.ui.widgets.post_strips import PostPainter


class TabRows:
    """Messages of the store as rows of a list."""

    def __init__(self, shared: Shared) -> None:
        self._client = shared.client

    def rows(self, posts: Sequence[Post]) -> list[HitRow]:
        return [self._row(post) for post in posts]

    def pinned(self) -> list[HitRow]:
        return self.rows(self._client.posts.pinned(self._client.channels.current()))

    def saved(self) -> list[HitRow]:
        return self.rows(self._client.posts.saved())

    def mentions(self) -> list[HitRow]:
        return self.rows(self._client.search.mentions())

    def threads(self) -> list[HitRow]:
        """Followed threads whose root is here, the last answered first."""
        rows = []
        for thread in self._client.threads.all():
            root = self._client.posts.get(thread.id)
            if root is not None:
                fresh = thread.unread_replies
                note = ngettext("{n} new reply", "{n} new replies", fresh).format(n=fresh) if fresh else ""
                rows.append(self._row(root, note))
        return rows

    def _row(self, post: Post, note: str = "") -> HitRow:
        return HitRow(
            post_id=post.id,
            channel_id=post.channel_id,
            user_id=post.user_id,
            name=self._client.people.name(post.user_id),
            channel=self._client.channels.title(post.channel_id),
            at=post.create_at,
            message=post.message,
            note=note,
        )


def tab_makers(
    shared: Shared, sources: PostSources, submit: Submit
) -> dict[str, tuple[Later, Callable[[], Widget]]]:
    """Id → title and maker, in the order in which they stand."""
    rows = TabRows(shared)
    no_threads = _("You follow no thread yet. Press f on a message.")
    no_pins = _("Nothing is pinned here. Press p on a message.")
    return {
        "folders": (N_("Files"), lambda: Folders(shared)),
        "thread": (N_("Thread"), lambda: Thread(shared, PostPainter(sources, in_thread=True), submit)),
        "members": (N_("Members"), lambda: Members(shared)),
        "pinned": (
            N_("Pinned"),
            lambda: Hits(shared, rows.pinned, empty=no_pins, id="pinned"),
        ),
        "search": (N_("Search"), lambda: Search(shared, rows.rows)),
        "mentions": (N_("Mentions"), lambda: Hits(shared, rows.mentions, id="mentions")),
        "threads": (N_("Threads"), lambda: Hits(shared, rows.threads, empty=no_threads, id="threads")),
        "saved": (N_("Saved"), lambda: Hits(shared, rows.saved, empty=_("Nothing saved yet."), id="saved")),
    }


def lasting_tabs() -> tuple[str, ...]:
    """Those that are always there; the others come when they are asked for."""
    return ("folders", "thread", "members", "pinned")
