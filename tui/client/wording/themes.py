"""The names of the colour themes that come with the program.

Invariant: a theme of one's own keeps the title that its file gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.settings.i18n import N_, Later

TITLES: Mapping[str, Later] = {
    "harbour": N_("Harbour"),
    "high-contrast": N_("High contrast, dark"),
    "high-contrast-light": N_("High contrast, light"),
    "monochrome": N_("Monochrome"),
    "paper": N_("Paper"),
    "teleteam-dark": N_("Teleteam dark"),
    "teleteam-light": N_("Teleteam light"),
    "terminal-16": N_("Colours of the terminal"),
}
"""By the name of the file; names that are the same in every language are missing."""


def theme_title(name: str, title: str) -> str:
    """`title` is what the file says."""
    known = TITLES.get(name)
    return str(known) if known is not None and known.msgid == title else title
