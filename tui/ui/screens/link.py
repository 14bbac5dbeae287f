"""A link with its full address and what can be done with it here.

Invariant: the whole address, but for tokens, is shown before it is opened; what speaks against it is said in
words.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult

from tui.core.hosts import CONFUSABLE, MIXED_SCRIPT
from tui.core.links import Link, redact_tokens
from tui.core.safe_text import safe_line
from tui.settings.i18n import N_, Later, _
from tui.settings.keynames import label
from tui.terminal.session import Session, SessionKind
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.picker import Offer, OfferPainter
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.row_list import RowList
from tui.ui.widgets.text_lines import TextLines

_PLACES: dict[SessionKind, Later] = {
    SessionKind.LOCAL: N_("You sit at this machine."),
    SessionKind.SSH: N_("You are here by SSH: your browser is on your own machine."),
    SessionKind.SSH_X11: N_("You are here by SSH: a browser here would be drawn over the line."),
    SessionKind.X2GO: N_("X2Go session: a browser here has no camera and no microphone."),
    SessionKind.MOSH: N_("You are here by mosh: your browser is on your own machine."),
    SessionKind.WSL: N_("You sit at this machine (WSL)."),
    SessionKind.CONSOLE: N_("There is no browser on this console."),
}
_WARNINGS: dict[str, Later] = {
    MIXED_SCRIPT: N_("The name of this host mixes alphabets. Look twice."),
    CONFUSABLE: N_("The name of this host looks like another one. Look twice."),
}


class LinkScreen(Dialog[str]):
    """Answers with open, copy or qr."""

    def __init__(self, link: Link, session: Session, *, meeting: bool = False, topic: str = "") -> None:
        title = _("Join the meeting") if meeting else _("Open link")
        super().__init__(title, ((label("enter"), _("Do it")), (label("escape"), _("Cancel"))))
        self._link = link
        self._session = session
        self._topic = safe_line(topic, 200)
        self.list: RowList[Offer] = RowList(OfferPainter(), ground="panel", grow=True, id="link-list")
        self._offers = _offers(session, meeting=meeting, careful=bool(link.warnings))

    def body(self) -> ComposeResult:
        yield TextLines(self._draw_link, ground="panel", most=12)
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(self._offers)
        self.list.focus()

    def action_do_up(self) -> None:
        self.list.move_cursor(-1)

    def action_do_down(self) -> None:
        self.list.move_cursor(1)

    def action_do_confirm(self) -> None:
        self.dismiss(self.list.cursor_key or None)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_confirm()

    def _draw_link(self, width: int, look: Look) -> list[Line]:
        """Topic, host, the address as a hyperlink for terminals that know them, warnings, the place."""
        lines: list[Line] = []
        if self._topic:
            lines += wrap([Segment(self._topic, look.text)], width)
        lines += wrap([Segment(self._link.display_host, look.strong)], width)
        lines += wrap([Segment(redact_tokens(self._link.url), look.link + Style(link=self._link.url))], width)
        for warning in self._link.warnings:
            words = str(_WARNINGS.get(warning, _("Look twice at this address.")))
            lines += wrap([Segment(f"! {words}", look.warning)], width)
        lines += [[], *wrap([Segment(str(_PLACES[self._session.kind]), look.muted)], width), []]
        return lines


def _offers(session: Session, *, meeting: bool, careful: bool) -> list[Offer]:
    """What can be done here, what suits the place best first."""
    here = Offer("open", _("Open it here"))
    copy = Offer("copy", _("Copy the link"))
    code = Offer("qr", _("Show a QR code for the phone"))
    if careful:
        return [copy, here, code]
    if session.kind is SessionKind.X2GO and meeting:
        return [code, copy, here]
    sits_here = session.kind in (SessionKind.LOCAL, SessionKind.WSL)
    return [here, copy, code] if sits_here else [copy, code, here]
