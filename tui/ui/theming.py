"""Themes from files, as Textual's themes and as our own Looks; picked live.

Invariant: every CSS variable that our style sheets use has a value in every theme.
"""

from __future__ import annotations

from textual.theme import Theme

from tui.settings.themes import ThemeSpec

VARIABLES = {
    "tele-border": "border",
    "tele-muted": "muted",
    "tele-panel": "panel",
    "tele-surface": "surface",
}
"""CSS variable → name in ThemeSpec.colors."""
_FOR_ANSI = {"ansi-background": "background", "ansi-foreground": "text"}


def to_textual(spec: ThemeSpec) -> Theme:
    """The Textual theme that paints grounds and toasts; lines are drawn with `look_of(spec)`."""
    color = spec.colors
    return Theme(
        name=spec.name,
        primary=color["accent"],
        secondary=color["muted"],
        accent=color["accent"],
        warning=color["warning"],
        error=color["error"],
        success=color["success"],
        foreground=color["text"],
        background=color["background"],
        surface=color["surface"],
        panel=color["panel"],
        dark=spec.dark,
        ansi=spec.ansi,
        variables=variables(spec),
    )


def variables(spec: ThemeSpec) -> dict[str, str]:
    """CSS variables with this theme's colours: ours, and those that Textual misses in an ANSI theme."""
    return {variable: spec.colors[name] for variable, name in {**VARIABLES, **_FOR_ANSI}.items()}
