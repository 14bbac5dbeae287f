"""The clipboard of the place where the person sits.

Invariant: what was done is said as it is: copied, handed over, or that there is no way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.settings.i18n import _
from tui.terminal import abilities, clipboard

if TYPE_CHECKING:
    from tui.ui.screens.main_parts import Parts


def copy(screen: Parts, text: str) -> None:
    """Looks for the way in a thread, for it may ask tmux."""

    def work() -> clipboard.Copied:
        session = screen.shared.where()
        return clipboard.copy(text, session, abilities.detect(session.env, session))

    screen.in_background(work, lambda copied: _told(screen, copied))


def _told(screen: Parts, copied: clipboard.Copied) -> None:
    if copied.sequence:
        screen.tele.send_own(copied.sequence)
    if copied.kind == clipboard.COPIED:
        screen.tell(_("Copied."))
    elif copied.kind == clipboard.HANDED_OVER:
        screen.tell(_("Handed to the terminal to copy, if it can (OSC 52)."))
    else:
        screen.tell(_("There is no way to the clipboard here. Mark the text with Shift and the mouse."))
