"""What the documents name in backticks, and whether the program knows it: keys, commands, settings."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

from tui.settings.config import Config
from tui.settings.keymap import ACTIONS
from tui.settings.keynames import normalise
from tui.ui.local_commands import LOCAL
from tui.ui.widgets import editor

DOCS = Path(__file__).parents[2] / "docs"
SIGN_IN = frozenset({"ctrl+n", "ctrl+t"})
"""Keys of the sign-in screen, which stands before any key table."""
_TABLE = {key for action in ACTIONS for key in action.keys}
KEYS = {*_TABLE, *editor._EDITS, *editor._MOVES, *SIGN_IN}
_DEFAULT = Config()
SECTIONS = {
    part.name: {one.name for one in fields(getattr(_DEFAULT, part.name))}
    for part in fields(Config)
    if is_dataclass(getattr(_DEFAULT, part.name))
}
PRODUCED = frozenset({"attach", "pair", "meet"})
"""Slash commands with words behind them."""


def ticked(text: str) -> list[str]:
    """What stands between backticks within a line, in order; code blocks are left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


def key_in(token: str) -> str:
    """Textual's name of a key that a person reads (`Ctrl+K`, `Strg+K`, `F4`), "" where it is none.

    No key of ours is a letter that not every keyboard has.
    """
    try:
        key = normalise(token)
    except ValueError:
        return ""
    modified = "+" in key and key != "+"
    return (
        key
        if modified or re.fullmatch(r"f\d+", key) or (token.isascii() and token.isalpha() and len(token) == 1)
        else ""
    )


def unknown_keys(tokens: list[str]) -> list[str]:
    return [token for token in tokens if key_in(token) and key_in(token) not in KEYS]


def unknown_commands(tokens: list[str], server: frozenset[str] = frozenset()) -> list[str]:
    """Slash commands that neither this program nor `server` answers."""
    known = {*LOCAL, *PRODUCED, *server}
    named = [(token, found[1]) for token in tokens if (found := re.fullmatch(r"/([a-z_]+)(?: .*)?", token))]
    return [token for token, word in named if word not in known]


def unknown_settings(tokens: list[str]) -> list[str]:
    """`section.name` and `[section] name = …` that the settings do not have."""
    out = []
    for token in tokens:
        found = re.match(r"\[(\w+)\](?: (\w+))?", token) or re.fullmatch(r"(\w+)\.(\w+)", token)
        if found is None or found[1] == "keys" or (token[0] != "[" and found[1] not in SECTIONS):
            continue
        if found[1] not in SECTIONS or (found[2] and found[2] not in SECTIONS[found[1]]):
            out.append(token)
    return out
