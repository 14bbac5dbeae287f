"""Asks before something cannot be taken back.

Invariant: Enter means yes only where the question says so; Esc is always no.
"""

from __future__ import annotations

from textual.app import ComposeResult

from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.text_lines import TextLines, plain


class Confirm(Dialog[bool]):
    """`question` is already safe text. True = yes."""

    def __init__(self, title: str, question: str, yes: str, no: str = "") -> None:
        keys = ((label("enter"), yes), (label("escape"), no or _("Cancel")))
        super().__init__(title, keys)
        self._question = question

    def body(self) -> ComposeResult:
        yield TextLines(plain(self._question), ground="panel", most=12)

    def action_do_confirm(self) -> None:
        self.dismiss(True)
