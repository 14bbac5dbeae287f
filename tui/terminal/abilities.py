"""What the terminal can do, as far as the environment tells.

Invariant: a guess errs on the side of "no": a sequence that a terminal does not know may end as junk on the
screen. Nothing is asked of the terminal itself, because an answer could end as typed text.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from tui.core.values import dataclass
from tui.terminal.session import Session, SessionKind

MONO, COLORS_16, COLORS_256, TRUE_COLOR = 0, 16, 256, 1 << 24

_MODERN = ("kitty", "foot", "wezterm", "ghostty", "alacritty")
_SILENT = frozenset({"", "dumb", "linux", "vt100", "vt220", "ansi", "cons25"})
_KITTY_KEYS = frozenset({"kitty", "foot", "wezterm", "ghostty", "alacritty"})
_OSC52 = frozenset(
    {"kitty", "foot", "wezterm", "ghostty", "alacritty", "iterm", "windows", "vscode", "mintty"}
)
_OSC8 = _OSC52 | {"vte", "konsole"}
_NOTICES = {
    "kitty": "osc99",
    "foot": "osc777",
    "ghostty": "osc777",
    "wezterm": "osc777",
    "urxvt": "osc777",
    "iterm": "osc9",
    "windows": "osc9",
}


@dataclass(frozen=True, slots=True)
class Abilities:
    """The terminal as far as it is known."""

    term: str
    program: str
    """kitty, foot, wezterm, ghostty, alacritty, iterm, windows, vscode, vte, konsole, mintty, urxvt, or "".
    """
    colors: int
    """0, 16, 256 or 16,777,216."""
    utf8: bool
    quiet: bool
    """True = send it nothing but text and the plainest sequences (dumb, Linux console)."""
    osc8: bool
    osc52: bool
    kitty_keys: bool
    notice: str
    """How it shows a notification: osc9, osc99, osc777 or bel."""
    multiplexer: str = ""
    narrow_emoji: bool = False
    """True = joined emoji would shift columns: show :names:."""


def detect(env: Mapping[str, str], session: Session, encoding: str = "") -> Abilities:
    """From TERM and friends; `encoding` is that of the stream we draw to."""
    term = env.get("TERM", "")
    program = _program(env, term)
    quiet = term in _SILENT
    mosh = session.kind is SessionKind.MOSH
    plain = session.multiplexer == ""
    return Abilities(
        term=term,
        program=program,
        colors=_colors(env, term),
        utf8=(encoding or _encoding()).lower().replace("-", "") in ("utf8", "utf8sig"),
        quiet=quiet,
        osc8=not quiet and plain and not mosh and program in _OSC8,
        osc52=not quiet and program in _OSC52,
        kitty_keys=plain and not mosh and program in _KITTY_KEYS,
        notice=_NOTICES.get(program, "bel") if plain and not mosh else "bel",
        multiplexer=session.multiplexer,
        narrow_emoji=quiet or mosh or term.startswith("screen") or session.multiplexer == "screen",
    )


def _encoding() -> str:
    return getattr(sys.__stderr__, "encoding", "") or ""


def _program(env: Mapping[str, str], term: str) -> str:
    """The terminal program; over SSH only TERM (and LC_*) says something."""
    for name in _MODERN:
        if name in term.lower() or name in env.get("TERM_PROGRAM", "").lower():
            return name
    if "iterm" in (env.get("TERM_PROGRAM", "") + env.get("LC_TERMINAL", "")).lower():
        return "iterm"
    for variable, name in (
        ("WT_SESSION", "windows"),
        ("KONSOLE_VERSION", "konsole"),
        ("VTE_VERSION", "vte"),
    ):
        if env.get(variable):
            return name
    if env.get("TERM_PROGRAM", "").lower() in ("vscode", "mintty"):
        return env["TERM_PROGRAM"].lower()
    return "urxvt" if term.startswith("rxvt-unicode") else ""


def _colors(env: Mapping[str, str], term: str) -> int:
    """As Textual will decide: COLORTERM, then TERM's ending, then 16; NO_COLOR is none."""
    if "NO_COLOR" in env or term == "dumb":
        return MONO
    if env.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE_COLOR
    return COLORS_256 if term.endswith(("-256color", "-kitty")) else COLORS_16


def window_size(descriptor: int = 1) -> tuple[int, int]:
    """Columns and lines of the terminal; (80, 24) where it does not say."""
    try:
        size = os.get_terminal_size(descriptor)
    except (OSError, ValueError):
        return 80, 24
    return size.columns or 80, size.lines or 24
