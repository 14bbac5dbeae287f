"""The window title, as sequences for whoever draws.

Invariant: a title is one printable line; on terminals that would print it as junk it is "".
"""

from __future__ import annotations

from tui.terminal.abilities import Abilities
from tui.terminal.sequences import BEL, ESC, ST, quoted

MAX_TITLE = 80


def set_title(text: str, abilities: Abilities) -> str:
    """OSC 2; GNU screen has its own form."""
    if abilities.quiet:
        return ""
    title = quoted(text, MAX_TITLE)
    if abilities.multiplexer == "screen":
        return f"{ESC}k{title}{ST}"
    return f"{ESC}]2;{title}{BEL}"


def save_title(abilities: Abilities) -> str:
    """Pushes the present title (XTWINOPS 22); GNU screen has no such thing."""
    return "" if abilities.quiet or abilities.multiplexer == "screen" else f"{ESC}[22;2t"


def restore_title(abilities: Abilities) -> str:
    """Pops the saved title (XTWINOPS 23); in GNU screen an empty one lets the shell name the window again."""
    if abilities.multiplexer == "screen":
        return set_title("", abilities)
    return "" if abilities.quiet else f"{ESC}[23;2t"
