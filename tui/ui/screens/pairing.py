"""The dialogs of the pairing assistant: my device ID, the ID to compare, a line to type.

Invariant: a device ID is always shown whole, its first and last groups so that they can be compared; nothing
is done here, the answer says what the person wants.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult

from tui.core.device_ids import first_and_last
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.terminal import qr
from tui.ui.look import Look
from tui.ui.screens.bare import Bare
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.picker import Offer, OfferPainter
from tui.ui.widgets.cells import Line, fit, wrap
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import HALF, RowList
from tui.ui.widgets.text_lines import TextLines, plain

INK = Style(color="#000000", bgcolor="#ffffff")


def id_lines(device_id: str, width: int, look: Look) -> list[Line]:
    """An ID in two rows of four groups, the two that are compared marked."""
    groups = device_id.split("-")
    first, last = first_and_last(device_id)
    rows: list[Line] = []
    for at in (0, 4):
        row: Line = []
        for group in groups[at : at + 4]:
            style = look.strong if group in (first, last) else look.text
            row += [Segment(group, style), Segment("-" if group != groups[-1] else "", look.muted)]
        rows += wrap(row, width)
    return rows


class DeviceScreen(ListKeys, Dialog[str]):
    """Facts about a device, its ID to compare, and what can be done: answers with the key of an offer."""

    def __init__(
        self,
        title: str,
        device_id: str,
        facts: Sequence[str],
        offers: Sequence[Offer],
        *,
        warning: str = "",
    ) -> None:
        super().__init__(title, ((label("enter"), _("Do it")), (label("escape"), _("Cancel"))))
        self._device_id = device_id
        self._facts = tuple(facts)
        self._warning = warning
        self._offers = tuple(offers)
        self.list: RowList[Offer] = RowList(OfferPainter(), ground="panel", grow=HALF, id="device-list")

    def body(self) -> ComposeResult:
        yield TextLines(self._draw, ground="panel", most=14)
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(list(self._offers))
        self.list.focus()

    def action_do_confirm(self) -> None:
        self.dismiss(self.list.cursor_key or None)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_confirm()

    def _draw(self, width: int, look: Look) -> list[Line]:
        lines = [line for fact in self._facts for line in wrap([Segment(fact, look.text)], width)]
        if self._warning:
            lines += wrap([Segment(f"! {self._warning}", look.warning)], width)
        if self._device_id:
            lines += [[], *id_lines(self._device_id, width, look)]
            first, last = first_and_last(self._device_id)
            words = _("Compare with your colleague: {first} … {last}").format(first=first, last=last)
            lines += wrap([Segment(words, look.accent)], width)
        return [*lines, []]


class AskLine(Dialog[str]):
    """One line to type. `check` gives what is wrong with it, "" for nothing."""

    def __init__(
        self,
        title: str,
        question: str,
        *,
        text: str = "",
        placeholder: str = "",
        verb: str = "",
        check: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(title, ((label("enter"), verb or _("OK")), (label("escape"), _("Cancel"))))
        self._question = question
        self._start = text
        self._check = check or (lambda _text: "")
        self.problem = TextLines(plain(""), ground="panel", most=3)
        self.editor = Editor(placeholder=placeholder, ground="panel", id="ask-input")

    def body(self) -> ComposeResult:
        yield TextLines(plain(self._question), ground="panel", most=6)
        yield self.editor
        yield self.problem

    @property
    def eager_editor(self) -> Editor:
        """Takes what is typed before the dialog is there."""
        return self.editor

    def on_mount(self) -> None:
        if self._start:
            self.editor.load(self._start)
        self.editor.focus()

    def action_do_confirm(self) -> None:
        text = self.editor.text.strip()
        wrong = self._check(text)
        if wrong:
            self.problem.show(plain(wrong, "warning"))
        else:
            self.dismiss(text)


class IdCode(Bare):
    """A device ID as a QR code for the phone, and as text below."""

    def __init__(self, device_id: str) -> None:
        super().__init__()
        self._device_id = device_id
        self._code = qr.text_rows(device_id)

    def draw(self, width: int, look: Look) -> list[Line]:
        height = self.app.size.height
        said = fit(f"{label('escape')} {_('Close')}  {safe_line(self._device_id)}", width)
        if not qr.fits(self._code, width, height):
            words = _("The window is too small for the code: it needs {columns}×{lines}.")
            text = words.format(columns=len(self._code[0]), lines=len(self._code))
            return [*wrap([Segment(text, look.warning)], width), [], [Segment(said, look.text)]]
        drawn: list[Line] = [[Segment(row, INK)] for row in self._code]
        return [*drawn, *([[Segment(said, look.muted)]] if height > len(drawn) else [])]
