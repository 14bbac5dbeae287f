"""A thread beside the channel, with a composer and a draft of its own.

Invariant: it shows one root and its replies from the store; opening it fetches the rest. It opens at the
first reply that is new to the reader.
"""

from __future__ import annotations

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult

from tui.core.ids import ChannelId, Millis, PostId
from tui.core.models import Target
from tui.core.safe_text import safe_line
from tui.core.timeline import NewMessagesRow, PostRow, Row
from tui.settings.i18n import _
from tui.ui.look import Look
from tui.ui.messages import Wanted
from tui.ui.panels.composer import Composer, Submit
from tui.ui.panels.post_view import PostView
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, ends
from tui.ui.widgets.post_strips import PostPainter
from tui.ui.widgets.text_lines import TextLines


class Thread(PostView):
    def __init__(self, shared: Shared, painter: PostPainter, submit: Submit) -> None:
        super().__init__(shared, painter, id="thread")
        self.root_id: PostId = ""
        self.composer = Composer(shared, submit, id="thread-composer")
        self._title = TextLines(self._draw_title, most=1, id="thread-title")
        self._seen_at: Millis = 0
        """When this thread had been looked at last before this visit."""

    def compose(self) -> ComposeResult:
        yield self._title
        yield self.list
        yield self.composer

    def open(self, channel_id: ChannelId, root_id: PostId) -> None:
        """Shows another thread, "" for none."""
        if root_id != self.root_id:
            self._seen_at = self._last_seen(root_id)
        self.channel_id, self.root_id = channel_id, root_id
        self._shared.client.threads.open(root_id)
        self.composer.bind(Target(channel_id, root_id) if root_id else None)
        self.read()
        self.list.move_last()
        if any(isinstance(row, NewMessagesRow) for row in self.list.rows):
            self.call_after_refresh(self.list.show_at_top, "new")

    def show_reply(self, post_id: PostId) -> None:
        """Puts the cursor on one reply."""
        row = next((r for r in self.list.rows if isinstance(r, PostRow) and r.post.id == post_id), None)
        if row is not None:
            self.list.move_to(row.key)
            self.list.focus()

    def read(self) -> None:
        self._title.restyle()
        if not self.root_id:
            self.list.say(_("No thread is open. Press t on a message."))
            self.list.set_rows(())
            return
        view = self._shared.client.posts.timeline(self.channel_id, root_id=self.root_id)
        self.list.set_rows(self._with_line(view.rows))

    def focus_inside(self) -> None:
        self.composer.editor.focus()

    @on(Wanted)
    def _into_the_thread(self, event: Wanted) -> None:
        """Out of the answer it goes into this thread's messages, not into the channel's."""
        if event.what == "timeline":
            event.stop()
            self.list.focus()

    def action_do_mark_read(self) -> None:
        """Esc: out of the thread. It is read by being open; the channel stays as it is."""
        self.post_message(Wanted("out"))

    def _last_seen(self, root_id: PostId) -> Millis:
        thread = self._shared.client.threads.get(root_id) if root_id else None
        return thread.last_viewed_at if thread is not None and thread.unread_replies else 0

    def _with_line(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """With the new-messages line before the first new reply of somebody else."""
        if not self._seen_at:
            return rows
        for index, row in enumerate(rows):
            fresh = isinstance(row, PostRow) and row.post.root_id and row.post.create_at > self._seen_at
            if fresh and isinstance(row, PostRow) and not row.mine:
                return (*rows[:index], NewMessagesRow(), *rows[index:])
        return rows

    def _draw_title(self, width: int, look: Look) -> list[Line]:
        """`~Town Square     ✓ followed`, `@Ben Berger`: where it belongs, and whether I follow it."""
        if not self.root_id:
            return [[]]
        client = self._shared.client
        where = safe_line(client.channels.named(self.channel_id), 80)
        known = client.threads.collapsed
        words = _("followed") if client.threads.is_followed(self.root_id) else _("f follows it")
        mark: Line = [Segment(f"✓ {words}" if words == _("followed") else words, look.muted)] if known else []
        return [ends([Segment(where, look.muted)], mark, width)]
