"""What this terminal and session can do, and the lines that would get more out of them.

Invariant: looked at anew each time it is opened; nothing is changed by looking.
"""

from __future__ import annotations

from rich.segment import Segment

from tui.client.wording.abilities import TITLES, place, words
from tui.client.wording.opening import PLACES
from tui.settings.i18n import _
from tui.terminal.advice import Ability
from tui.terminal.here import Here
from tui.terminal.here import look as look_around
from tui.ui.look import Look
from tui.ui.screens.lines_page import LinesPage
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, wrap


def look_here(shared: Shared) -> Here:
    """In a thread: asks tmux and the link helper."""
    return look_around(shared.where(), shared.helper_secrets())


class AbilitiesScreen(LinesPage):
    def __init__(self, here: Here) -> None:
        super().__init__(_("What this terminal can do"), self._draw_all)
        self._here = here

    def _draw_all(self, width: int, look: Look) -> list[Line]:
        """Findings first, then the lines to paste, by the file they go into."""
        session = self._here.session
        lines = wrap([Segment(str(PLACES[session.kind]), look.text)], width)
        if session.multiplexer:
            inside = _("teleteam runs inside {program}.").format(program=session.multiplexer)
            lines += wrap([Segment(inside, look.text)], width)
        for found in self._here.abilities:
            lines += self._finding(found, width, look)
        for where in dict.fromkeys(a.where for a in self._here.abilities if a.where):
            lines += [[], *wrap([Segment(place(where), look.strong)], width)]
            for found in self._here.abilities:
                for remedy in found.remedy if found.where == where else ():
                    lines += wrap([Segment(f"  {remedy}", look.accent)], width)
        return lines

    def _finding(self, found: Ability, width: int, look: Look) -> list[Line]:
        sign = Segment("✓ " if found.good else "! ", look.success if found.good else look.warning)
        title = Segment(f"{TITLES[found.part]}: ", look.strong)
        return wrap([sign, title, Segment(words(found), look.text)], width)
