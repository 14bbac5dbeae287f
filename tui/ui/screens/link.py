"""A link with its full address and every way to a browser from here, the one that suits best preselected.

Invariant: the address, but for tokens, is shown before it is opened, its host and what speaks against it
always (in a low window only its far end is cut). Choosing answers with the name of a way; nothing is opened.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult

from tui.client.wording.opening import PLACES, WARNINGS, way_words
from tui.core.opening import OpenRequest
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.terminal.ladder import Way
from tui.terminal.session import Session
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.picker import Offer, OfferPainter
from tui.ui.widgets.cells import Line, cut, wrap
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import HALF, RowList
from tui.ui.widgets.row_places import dialog_room
from tui.ui.widgets.text_lines import TextLines

DOCTOR = "doctor"
"""The answer that is no way: what can this terminal do?"""


class LinkScreen(ListKeys, Dialog[str]):
    """Answers with a `Way` or DOCTOR. `ways` begins with the one to preselect; a digit chooses at once."""

    def __init__(self, request: OpenRequest, session: Session, ways: tuple[Way, ...]) -> None:
        title = _("Join the meeting") if request.meeting else _("Open link")
        super().__init__(title, ((label("enter"), _("Do it")), (label("escape"), _("Cancel"))))
        self._request = request
        self._session = session
        self.list: RowList[Offer] = RowList(OfferPainter(), ground="panel", grow=HALF, id="link-list")
        self._offers = [
            *(Offer(way, str(way_words(way)), sign=str(n)) for n, way in enumerate(ways, 1)),
            Offer(DOCTOR, _("What this terminal can do …"), sign="?"),
        ]

    def body(self) -> ComposeResult:
        yield TextLines(self._draw_link, ground="panel")
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(self._offers)
        self.list.focus()

    def on_key(self, event: events.Key) -> None:
        """The sign before a row, typed."""
        chosen = next((offer.key for offer in self._offers if offer.sign == event.character), "")
        if chosen:
            event.stop()
            self.dismiss(chosen)

    def action_do_confirm(self) -> None:
        self.dismiss(self.list.cursor_key or None)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_confirm()

    def _draw_link(self, width: int, look: Look) -> list[Line]:
        """Label, host, the address as a hyperlink for terminals that know them, warnings, the place. What is
        long gives way to the keys below; the list scrolls where even that is not enough.
        """
        link, room = self._request.shown, dialog_room(self.app.size.height)
        words = safe_line(self._request.label, 200)
        label_lines = wrap([Segment(words, look.text)], width) if words else []
        host = wrap([Segment(link.display_host, look.strong)], width)
        url = wrap([Segment(link.url, look.link + Style(link=link.url))], width)
        warnings = self._warnings(width, look)
        place = wrap([Segment(str(PLACES[self._session.kind]), look.muted)], width)
        gap: list[Line] = [[]]
        left = room - len(self._offers) - len([*host, *warnings, *place, *gap])
        if len([*label_lines, *url, *gap]) > left:
            gap, label_lines = [], cut(label_lines, 1, width)
            url = cut(url, left - len(label_lines), width)
        lines = [*label_lines, *host, *url, *warnings, *gap, *place, []]
        self.list.styles.max_height = max(3, room - len(lines))
        return lines

    def _warnings(self, width: int, look: Look) -> list[Line]:
        """What speaks against it, and what becomes of a key in it."""
        lines: list[Line] = []
        warnings = [str(WARNINGS[name]) for name in self._request.shown.warnings if name in WARNINGS]
        for words in (*warnings, *self._request.warnings):
            lines += wrap([Segment(f"! {safe_line(words, 300)}", look.warning)], width)
        if self._request.sensitive:
            words = _("It holds a personal key, which only a browser gets; copies go without it.")
            lines += wrap([Segment(words, look.muted)], width)
        return lines
