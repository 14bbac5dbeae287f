"""Makes a file name that somebody else chose fit for the own disk.

Invariant: the result is one path component: no separator, no leading dot or dash, no control or bidi
character, at most `MAX_BYTES` of UTF-8, no name that means something to an operating system.
"""

from __future__ import annotations

import re

from tui.core.patterns import pattern
from tui.core.safe_text import safe_line

MAX_BYTES = 200
MAX_SUFFIX_BYTES = 24
_RESERVED = pattern(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$")
_UNFIT = pattern(r'[<>:"|?*\x00-\x1f\x7f]')


def safe_name(raw: str, file_id: str) -> str:
    """`raw` as a name to write under; "file-<id>" where nothing is left of it."""
    base = re.split(r"[/\\]", raw)[-1]
    name = _UNFIT.sub("_", safe_line(base)).lstrip(".-~ ").rstrip(". ")
    name = _cut(name)
    if not name or _RESERVED.match(name):
        name = f"file-{file_id}-{name}".rstrip("-") if name else f"file-{file_id}"
    return _cut(name)


def numbered(name: str, number: int) -> str:
    """The `number`th choice for a name that is taken: "name (2).ext"."""
    if number < 2:
        return name
    stem, suffix = split_suffix(name)
    mark = f" ({number})"
    return _shortened(stem, MAX_BYTES - len((mark + suffix).encode())) + mark + suffix


def split_suffix(name: str) -> tuple[str, str]:
    """("a.tar", ".gz"); the suffix is "" where there is none that is short enough to be one."""
    stem, dot, suffix = name.rpartition(".")
    if not stem or not suffix or len(suffix.encode()) >= MAX_SUFFIX_BYTES:
        return name, ""
    return stem, dot + suffix


def _cut(name: str) -> str:
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, suffix = split_suffix(name)
    return (_shortened(stem, MAX_BYTES - len(suffix.encode())) + suffix).rstrip(". ")


def _shortened(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore").rstrip(". ")
