"""F1: the keys that work here, then all others, and what the signs mean. Made from the table of keys.

Invariant: nothing is listed that is not in `settings.keymap`; a person's own keys are shown as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult

from tui.core.values import dataclass
from tui.settings.i18n import N_, Later, _
from tui.settings.keymap import Action, Keymap
from tui.settings.keynames import label
from tui.ui.keys import shown_key, shown_keys
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.cells import Line, wrap
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import TALL, RowList

KEY_WIDTH = 26
_AREAS: dict[str, Later] = {
    "sidebar": N_("In the sidebar"),
    "timeline": N_("On a message"),
    "composer": N_("While writing"),
    "panel": N_("In the side panel"),
    "inbox": N_("In catch-up and threads"),
    "folders": N_("On shared folders"),
    "app": N_("Everywhere"),
    "dialog": N_("In a dialog"),
}
SIGNS: tuple[tuple[str, Later], ...] = (
    ("● ◑ ⊖ ○", N_("online, away, do not disturb, offline")),
    ("# ◆ ≡", N_("public, private and group channel")),
    ("•  3", N_("unread messages; number of mentions")),
    ("∅ ✎", N_("muted; a draft waits here")),
    ("○ ✗", N_("at a message: waits to be sent; was not sent")),
    ("▲ ★ ↳", N_("pinned; saved; thread")),
    ("✓ ↕ ! =", N_("folder up to date, syncing, needs you, paused")),
)


@dataclass(frozen=True, slots=True)
class HelpRow:
    key: str
    keys: str = ""
    words: str = ""
    title: str = ""
    first: bool = False


class HelpPainter:
    def key(self, row: HelpRow) -> str:
        return row.key

    def selectable(self, row: HelpRow) -> bool:
        return not row.title

    def ground(self, row: HelpRow, look: Look) -> Style | None:  # noqa: ARG002 - the painters' interface
        return None

    def paint(self, row: HelpRow, width: int, look: Look) -> list[Line]:
        if row.title:
            title: Line = [Segment(row.title, look.accent)]
            return [title] if row.first else [[], title]
        keys = row.keys + " " * max(1, KEY_WIDTH - cell_len(row.keys))
        words = wrap([Segment(row.words, look.text)], max(10, width - cell_len(keys)))
        first: Line = [Segment(keys, look.strong), *words[0]]
        return [first, *([Segment(" " * cell_len(keys)), *line] for line in words[1:])]


class HelpScreen(ListKeys, Dialog[None]):
    """All keys that arrive here, those of `area` first."""

    def __init__(self, keymap: Keymap, area: str, *, all_keys: bool = True) -> None:
        super().__init__(_("Help: what works here"), ((label("escape"), _("Close")),))
        self._rows = list(help_rows(keymap, area, all_keys=all_keys))
        self.list: RowList[HelpRow] = RowList(HelpPainter(), ground="panel", grow=TALL, id="help-list")

    def body(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(self._rows)
        self.list.focus()

    def action_do_confirm(self) -> None:
        self.dismiss(None)


def help_rows(keymap: Keymap, area: str, *, all_keys: bool = True) -> Iterator[HelpRow]:
    """The sections: this area, everywhere, the other areas, the signs. Not `all_keys`: a legacy terminal."""
    palette = shown_key(keymap.get("app.palette"))
    others = [context for context in _AREAS if context not in (area, "app")]
    for number, context in enumerate(dict.fromkeys([area, "app", *others])):
        yield HelpRow(f"title:{context}", title=str(_AREAS[context]), first=not number)
        yield from (_row(action, palette, all_keys) for action in keymap.of(context))
    yield HelpRow("title:signs", title=_("Signs"))
    for sign, words in SIGNS:
        yield HelpRow(f"sign:{sign}", sign, str(words))


def _row(action: Action, palette: str, all_keys: bool) -> HelpRow:
    """`palette`: the key that leads to what has none of its own."""
    return HelpRow(action.id, shown_keys(action, every=all_keys) or f"{palette} …", str(action.help))
