"""Names of keys: what a person writes, what Textual calls them, what the footer shows.

Invariant: `normalise` is idempotent, and `delivered_everywhere` errs on the side of "no"; what a legacy
terminal can deliver was tried with Textual's own parser (features-anchors §4c).
"""

from __future__ import annotations

import re
import unicodedata

from tui.settings.i18n import N_, Later

_MODIFIERS = {
    "ctrl": "ctrl", "control": "ctrl", "strg": "ctrl", "c": "ctrl",
    "alt": "alt", "meta": "alt", "m": "alt",
    "shift": "shift", "umschalt": "shift", "s": "shift",
}  # fmt: skip
_SPELLINGS = {
    "esc": "escape", "return": "enter", "eingabe": "enter", "del": "delete", "entf": "delete",
    "ins": "insert", "einfg": "insert", "pgup": "pageup", "page_up": "pageup", "bild↑": "pageup",
    "pgdn": "pagedown", "page_down": "pagedown", "bild↓": "pagedown", "pos1": "home", "ende": "end",
    "leertaste": "space", "↑": "up", "↓": "down", "←": "left", "→": "right", "?": "question_mark",
}  # fmt: skip
_NAMED = frozenset(
    {"escape", "enter", "tab", "space", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"}
    | {"up", "down", "left", "right"}
    | {f"f{n}" for n in range(1, 25)}
)
_REPLACED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

_SHOWN: dict[str, Later | str] = {
    "ctrl": N_("Ctrl"), "alt": N_("Alt"), "shift": N_("Shift"), "enter": N_("Enter"), "escape": N_("Esc"),
    "delete": N_("Del"), "insert": N_("Ins"), "pageup": N_("PgUp"), "pagedown": N_("PgDn"),
    "home": N_("Home"), "end": N_("End"), "tab": N_("Tab"), "space": N_("Space"),
    "backspace": N_("Backspace"), "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip


def character_key(character: str) -> str:
    """Textual's name of a printable character: `?` is question_mark, letters and digits are themselves."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _REPLACED.get(name, name)


_CHARACTERS = {character_key(character): character for character in _PUNCTUATION}


def normalise(text: str) -> str:
    """Textual's name for what a person wrote (`Ctrl+K`, `Strg+K`, `alt+↑`, `?`); ValueError if it is none."""
    parts = _split(text.strip())
    modifiers = {_MODIFIERS.get(part.lower(), "") for part in parts[:-1]}
    if not parts or "" in modifiers:
        raise ValueError(text)
    key = _key(parts[-1], bool(modifiers))
    if "shift" in modifiers and modifiers == {"shift"} and len(key) == 1:
        return key.upper()
    return "+".join([*sorted(modifiers), key])


def _split(text: str) -> list[str]:
    """The parts between plus signs; a plus at the end is the key itself."""
    if text == "+" or text.endswith("++"):
        return [*(part.strip() for part in text[:-2].split("+") if part), "+"]
    return [part.strip() for part in text.split("+")] if text else []


def _key(part: str, modified: bool) -> str:
    if len(part) == 1 and part not in _SPELLINGS:
        name = character_key(part.lower() if modified else part)
    else:
        name = _SPELLINGS.get(part.lower(), part.lower())
    if name in _NAMED or name in _CHARACTERS or (len(name) == 1 and name.isprintable()):
        return name
    raise ValueError(part)


def label(key: str) -> str:
    """How a key is shown: `ctrl+k` is Ctrl+K, in German Strg+K; single letters stay as they are (r, G)."""
    *modifiers, last = key.split("+")
    tail = last.upper() if modifiers and len(last) == 1 else _shown(last)
    return "+".join([*(_shown(part) for part in modifiers), tail])


def _shown(part: str) -> str:
    if part in _CHARACTERS:
        return _CHARACTERS[part]
    if re.fullmatch(r"f\d+", part):
        return part.upper()
    return str(_SHOWN.get(part, part))


def delivered_everywhere(key: str) -> bool:
    """Whether a legacy terminal, plain SSH and tmux's defaults deliver it as itself."""
    *modifiers, last = key.split("+")
    if not modifiers:
        return last not in {"f10", "f11"}
    if modifiers == ["ctrl"]:
        return (len(last) == 1 and last.isascii() and last.isalpha() and last not in "him") or last in _ARROWS
    if modifiers in (["alt"], ["alt", "shift"]):
        return (len(last) == 1 and last.isascii() and last.isalpha() and last not in "bf") or last in _ARROWS
    return key == "shift+tab" or (modifiers == ["shift"] and last in _ARROWS)


_ARROWS = frozenset({"up", "down", "left", "right"})
