"""Asks for a topic before a meeting is started, and says how many will be told.

Invariant: nothing is started here; it answers with the topic ("" = none) and whether the number was read.
"""

from __future__ import annotations

from concurrent.futures import Future

from rich.segment import Segment
from textual.app import ComposeResult

from tui.client.meetings import MANY
from tui.client.wording import meetings as words
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.text_lines import TextLines


class StartMeeting(Dialog[tuple[str, bool]]):
    """`place`: where, hostile text. `audience`: how many people will be told, when the server has said."""

    def __init__(self, place: str, audience: Future[int], *, thread: bool = False) -> None:
        keys = ((label("enter"), _("Start")), (label("escape"), _("Cancel")))
        super().__init__(_("Start a meeting"), keys)
        self._place = safe_line(place, 100)
        self._thread = thread
        self._audience = audience
        self._count = 0
        self.editor = Editor(placeholder=_("Topic, if there is one"), ground="panel", id="meeting-topic")
        self._lines = TextLines(self._draw, ground="panel", most=6)

    def body(self) -> ComposeResult:
        yield self._lines
        yield self.editor

    def on_mount(self) -> None:
        self.editor.focus()
        self._audience.add_done_callback(lambda _done: self.app.call_later(self._counted))

    @property
    def eager_editor(self) -> Editor:
        """Takes what is typed before the dialog is there."""
        return self.editor

    def action_do_confirm(self) -> None:
        self.dismiss((self.editor.text.strip(), bool(self._count)))

    def _counted(self) -> None:
        done = self._audience
        if self.is_mounted and not done.cancelled() and done.exception() is None:
            self._count = done.result()
            self._lines.restyle()

    def _draw(self, width: int, look: Look) -> list[Line]:
        """Where, and for how many: a warning where they are many. Until that is known its line is free."""
        where = _("In a thread of {place}").format(place=self._place) if self._thread else self._place
        lines = wrap([Segment(where, look.strong)], width)
        if self._count >= MANY:
            said = _("{n} people will be told of this meeting.").format(n=self._count)
            lines += wrap([Segment(f"! {said}", look.warning)], width)
        elif self._count:
            lines += wrap([Segment(words.audience(self._count), look.muted)], width)
        else:
            lines.append([])
        return [*lines, []]
