"""A theme as the styles that lines are drawn with, by role.

Invariant: colour is never the only sign of a state; whoever uses a role here also writes a symbol or a word.
A Look is a value: a new theme is a new Look, and everything drawn is drawn again.
"""

from __future__ import annotations

import zlib

from rich.style import Style

from tui.core.values import dataclass
from tui.settings.themes import ThemeSpec

POINTER = "›"
"""The one-cell mark of the row that the keys act on."""
BAR = "│"
"""The same for rows of several lines: beside each of them."""


@dataclass(frozen=True, slots=True)
class Look:
    """Styles by role. Those named after a ground (base, surface, selection …) have a background."""

    base: Style
    surface: Style
    panel: Style
    selection: Style
    mention: Style
    chip: Style
    code: Style
    text: Style
    strong: Style
    muted: Style
    border: Style
    accent: Style
    unread: Style
    link: Style
    success: Style
    warning: Style
    error: Style
    online: Style
    away: Style
    dnd: Style
    offline: Style
    names: tuple[Style, ...]
    pictures: bool = True
    """Emoji as pictures; else as :names:."""

    def name(self, user_id: str) -> Style:
        """The style of one person's name, the same on every machine."""
        return self.names[zlib.crc32(user_id.encode("utf-8", "replace")) % len(self.names)]

    def presence(self, status: str) -> tuple[str, Style]:
        """Symbol and style of a presence; unknown ones are shown as offline."""
        return {
            "online": ("●", self.online),
            "away": ("◑", self.away),
            "dnd": ("⊖", self.dnd),
        }.get(status, ("○", self.offline))


def look_of(theme: ThemeSpec, *, pictures: bool = True) -> Look:
    """The styles of `theme`."""
    color = {name: _rich(value) for name, value in theme.colors.items()}

    def ink(name: str, **attributes: bool) -> Style:
        return Style(color=color[name], **attributes)  # type: ignore[arg-type]

    def on(text: str, ground: str, **attributes: bool) -> Style:
        return Style(color=color[text], bgcolor=color[ground], **attributes)  # type: ignore[arg-type]

    return Look(
        base=on("text", "background"),
        surface=on("text", "surface"),
        panel=on("text", "panel"),
        selection=on("selection_text", "selection"),
        mention=on("mention_text", "mention", bold=True),
        chip=on("accent_text", "accent", bold=True),
        code=on("code_text", "code"),
        text=ink("text"),
        strong=ink("text", bold=True),
        muted=ink("muted"),
        border=ink("border"),
        accent=ink("accent"),
        unread=ink("unread", bold=True),
        link=ink("link", underline=True),
        success=ink("success"),
        warning=ink("warning"),
        error=ink("error"),
        online=ink("online"),
        away=ink("away"),
        dnd=ink("dnd"),
        offline=ink("offline"),
        names=tuple(Style(color=_rich(value), bold=True) for value in theme.names),
        pictures=pictures,
    )


def _rich(color: str) -> str:
    """Rich's name of a theme's colour: ansi_bright_red is bright_red, #rrggbb is itself."""
    return color.removeprefix("ansi_")
