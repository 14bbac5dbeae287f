"""The messages of the open channel: a window over its history that moves as one scrolls.

Invariant: at most 300 posts are held, and what is loaded later never moves what the person reads.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from tui.client.timeline import TimelineView
from tui.core.ids import ChannelId, PostId
from tui.core.intervals import Anchor
from tui.core.search import SearchQuery, parse_query
from tui.core.timeline import NewMessagesRow, PostRow, Row
from tui.settings.i18n import _, ngettext
from tui.ui.panels.post_view import PostView
from tui.ui.shared import Shared
from tui.ui.widgets.history import FIRST, MOST, Window, ending_with
from tui.ui.widgets.post_strips import PostPainter
from tui.ui.widgets.row_list import RowList

SPARE = 4
"""Messages more than were needed last time to fill the view."""
CALM_AFTER = 2.5
"""Seconds after the last hurried reading."""


class Timeline(PostView):
    def __init__(self, shared: Shared, painter: PostPainter) -> None:
        super().__init__(shared, painter, id="timeline")
        self._window = Window()
        self._view: TimelineView | None = None
        self._newest_seen = ""
        self._asked_older: Anchor | None = None
        self._calm: Timer | None = None

    def compose(self) -> ComposeResult:
        yield self.list

    def open(self, channel_id: ChannelId) -> None:
        """Shows a channel: at its first unread message, else at its end."""
        self.mark("")
        self.channel_id = channel_id
        self._window, self._asked_older = Window(), None
        self.list.set_rows(())
        self.read()
        self.list.move_last()
        self.call_after_refresh(self._show_new_messages)
        self._newest_seen = self._newest_key()

    @property
    def searched(self) -> SearchQuery | None:
        """What is marked in the messages."""
        return self._painter.query

    def mark(self, text: str) -> None:
        """Marks the words of a search in all messages, "" for none."""
        query = parse_query(text) if text.strip() else None
        if query != self._painter.query:
            self._painter.query = query
            self.list.redraw(lambda row: isinstance(row, PostRow))

    def show_post(self, post_id: PostId) -> bool:
        """Goes to one post, wherever in the history it is; False where the store does not have it."""
        view = self._shared.client.posts.around(post_id, FIRST)
        if view is None or view.newest is None:
            return False
        self.channel_id = view.channel_id
        self._window = ending_with(view.newest, FIRST) if view.has_newer else Window()
        self.read()
        return self.list.move_to(self._key_of(post_id))

    def read(self, *, hurried: bool = False) -> None:
        """Shows what the store holds now. `hurried`: of a channel's end only what can be seen of it."""
        if not self.channel_id:
            self.list.say(_("Choose a channel on the left, or press Ctrl+K."))
            self.list.set_rows(())
            return
        window = self._window
        limit = self._hurried_limit() if hurried else window.limit
        view = self._shared.client.posts.timeline(self.channel_id, limit=limit, before=window.before)
        self._view = view
        self.list.say(_("Nothing here yet."))
        self.list.set_rows(view.rows)
        if self.list.at_end:
            self._newest_seen = self._newest_key()
        if not hurried and not self.list.is_filled:
            self._fill(view)

    def _fill(self, view: TimelineView) -> None:
        """A first page that is shorter than a tall screen: one more, once."""
        if view.rows and view.has_older and not view.loading and self._asked_older != view.oldest:
            self._asked_older = view.oldest
            self._shared.client.posts.load_older(self.channel_id)

    def _hurried_limit(self) -> int:
        """While messages rush by, those above the view are left out; they are there when it is calm again."""
        if not (self._window.at_present and self.list.at_end):
            return self._window.limit
        if self._calm is not None:
            self._calm.stop()
        self._calm = self.set_timer(CALM_AFTER, self._read_whole)
        return min(self._window.limit, self.list.rows_to_fill + SPARE)

    def _read_whole(self) -> None:
        """What a hurried reading left out is there again; nothing where nothing was."""
        if self._calm is not None:
            self._calm.stop()
            self._calm = None
            self.read()

    def redraw_cards(self) -> None:
        """Whether a card is still open, or its file here, is not in the message: it is drawn anew."""
        self.list.redraw(lambda row: isinstance(row, PostRow) and self._painter.card(row.post) is not None)

    def redraw_threads(self, root_ids: frozenset[PostId] | None) -> None:
        """What is new in a thread is not in its root: these are drawn anew, None = all that have replies."""

        def concerned(row: Row) -> bool:
            if not isinstance(row, PostRow) or row.post.root_id:
                return False
            return bool(row.post.reply_count) if root_ids is None else row.post.id in root_ids

        self.list.redraw(concerned)

    def to_present(self) -> None:
        """Back to the newest messages."""
        if not self._window.at_present:
            self._window = Window()
            self.read()
        self.list.move_last()

    @property
    def unseen(self) -> str:
        """`↓ 3 new` while newer messages are below the view, else ""."""
        if self.list.at_end and self._window.at_present:
            self._newest_seen = self._newest_key()
            return ""
        count = 0
        for row in reversed(self.list.rows):
            if row.key == self._newest_seen:
                break
            count += isinstance(row, PostRow)
        if not count or self._newest_seen not in {row.key for row in self.list.rows}:
            return "" if self._window.at_present and not count else _("↓ newer messages")
        return ngettext("↓ {n} new", "↓ {n} new", count).format(n=count)

    def ask_again(self) -> None:
        """The line is another one: what it did not bring may be asked for once more."""
        self._asked_older = None

    def action_do_last(self) -> None:
        self.to_present()

    def action_do_page_up(self) -> None:
        self._read_whole()
        super().action_do_page_up()

    def action_do_first(self) -> None:
        self._read_whole()
        super().action_do_first()
        self._older()

    @on(RowList.EdgeReached)
    def _edge_reached(self, event: RowList.EdgeReached) -> None:
        """The person has come to it; where the list has moved on since, it means nothing."""
        event.stop()
        if event.upper and self.list.near_start:
            self._older()
        elif not event.upper and self.list.at_end and self._view is not None and self._view.has_newer:
            self._window = self._newer_window(self._view)
            self.read()

    def _newer_window(self, view: TimelineView) -> Window:
        """The way back by which we came, else a page further on from where a jump has led."""
        if self._window.trail or view.newest is None:
            return self._window.newer()
        further = self._shared.client.posts.around(view.newest[1], FIRST)
        if further is None or further.newest is None or not further.has_newer:
            return self._window.newer()
        return ending_with(further.newest, min(MOST, self._window.limit + FIRST))

    def _older(self) -> None:
        """More history: from the store, and where that ends from the server."""
        view = self._view
        if view is None or not view.has_older or view.oldest is None:
            return
        self._window = self._window.older(self._middle())
        self.read()
        stuck = self._view is not None and self._view.oldest == view.oldest
        if stuck and self._asked_older != view.oldest:
            self._asked_older = view.oldest
            self._shared.client.posts.load_older(self.channel_id)

    def _middle(self) -> Anchor | None:
        posts = [row.post for row in self.list.rows if isinstance(row, PostRow) and row.pending is None]
        if not posts:
            return None
        post = posts[len(posts) // 2]
        return post.create_at, post.id

    def _show_new_messages(self) -> None:
        """Brings the new-messages line into view where it is above it."""
        line = next((row for row in self.list.rows if isinstance(row, NewMessagesRow)), None)
        if line is not None:
            self.list.show_at_top(line.key)

    def _newest_key(self) -> str:
        return next((row.key for row in reversed(self.list.rows) if isinstance(row, PostRow)), "")

    def _key_of(self, post_id: PostId) -> str:
        found = (row.key for row in self.list.rows if isinstance(row, PostRow) and row.post.id == post_id)
        return next(found, "")
