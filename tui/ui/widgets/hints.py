"""Keys with what they do, on one line, as many as fit.

Invariant: an action without a key takes no room; nothing is cut in the middle.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment

from tui.settings.keymap import Action
from tui.ui.keys import shown_key
from tui.ui.look import Look
from tui.ui.widgets.cells import Line

GAP = "  "


def hint_line(actions: Iterable[Action], width: int, look: Look) -> Line:
    """`Enter Send  Ctrl+J New line …`"""
    return pair_line([(shown_key(action), str(action.help)) for action in actions], width, look)


def pair_line(pairs: Iterable[tuple[str, str]], width: int, look: Look) -> Line:
    """The same for keys and words that are not in the table."""
    line: Line = []
    used = 0
    for key, words in pairs:
        size = cell_len(f"{key} {words}{GAP}")
        if not key or used + size - len(GAP) > width:
            continue
        line += [Segment(key, look.strong), Segment(f" {words}{GAP}", look.muted)]
        used += size
    return line
