"""One line to type in, a list to choose from: the switcher, the palette, reactions, themes.

Invariant: the list is what `find` gives for what is typed, in its order; choosing answers with a key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult

from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.cells import Line, ends
from tui.ui.widgets.editor import Editor
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import HALF, RowList
from tui.ui.widgets.text_lines import TextLines, plain


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the picker. Texts may be hostile. `status` "" = no presence sign."""

    key: str
    title: str
    detail: str = ""
    sign: str = ""
    status: str = ""


class OfferPainter:
    """Draws Offers, one line each."""

    def key(self, row: Offer) -> str:
        return row.key

    def selectable(self, row: Offer) -> bool:  # noqa: ARG002 - the painters' interface
        return True

    def ground(self, row: Offer, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: Offer, width: int, look: Look) -> list[Line]:
        sign, style = look.presence(row.status) if row.status else (row.sign, look.muted)
        left = [Segment(f"{sign} " if sign else "", style), Segment(safe_line(row.title, 200), look.text)]
        detail = safe_line(row.detail, 200)
        return [ends(left, [Segment(detail, look.muted)] if detail else [], width)]


class Picker(ListKeys, Dialog[str]):
    """Answers with the key of the chosen Offer. `on_point` hears of each row that the cursor comes to."""

    def __init__(
        self,
        title: str,
        find: Callable[[str], Sequence[Offer]],
        *,
        placeholder: str = "",
        chosen: str = "",
        verb: str = "",
        on_point: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(title, ((label("enter"), verb or _("Open")), (label("escape"), _("Cancel"))))
        self._find = find
        self._on_point = on_point
        self._chosen = chosen
        self._shown_for: str | None = None
        self.editor = Editor(placeholder=placeholder, ground="panel", id="picker-input")
        self.list: RowList[Offer] = RowList(OfferPainter(), ground="panel", grow=HALF, id="picker-list")
        self.list.mark_always = True
        self.list.can_focus = False

    def body(self) -> ComposeResult:
        yield self.editor
        yield TextLines(plain(""), ground="panel")
        yield self.list

    def on_mount(self) -> None:
        self.list.say(_("Nothing found."))
        self.editor.focus()
        self._show()
        self.call_after_refresh(self.list.move_to, self._chosen)

    @property
    def eager_editor(self) -> Editor:
        """Takes what is typed before the dialog is there."""
        return self.editor

    @on(Editor.Changed)
    def _typed(self, event: Editor.Changed) -> None:
        event.stop()
        self._filter()

    def _filter(self) -> None:
        self._show()
        self.list.move_first()

    @on(RowList.Highlighted)
    def _pointed(self, event: RowList.Highlighted) -> None:
        event.stop()
        if self._on_point is not None and event.key:
            self._on_point(event.key)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_confirm()

    def action_do_confirm(self) -> None:
        """The row under the cursor of what fits the text as it is now."""
        if self._shown_for != self.editor.text:
            self._filter()
        self.dismiss(self.list.cursor_key or None)

    def read(self) -> None:
        """What can be chosen from has changed; the cursor stays where it is."""
        self._show()

    def _show(self) -> None:
        self._shown_for = self.editor.text
        self.list.set_rows(list(self._find(self.editor.text)))


class FactsPicker(Picker):
    """Facts above what can be done about them; `facts` is already safe text."""

    def __init__(self, facts: str, offers: Sequence[Offer], title: str) -> None:
        super().__init__(title, lambda text: [o for o in offers if text.casefold() in o.title.casefold()])
        self._facts = facts

    def body(self) -> ComposeResult:
        yield TextLines(plain(f"{self._facts}\n "), ground="panel", most=12)
        yield from super().body()
