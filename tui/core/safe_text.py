"""Makes text that others wrote harmless to a terminal, without hiding that it was there.

Invariant: what `safe` returns holds no C0 or C1 control but LF, no bidi control, no invisible filler, no lone
surrogate, and `safe(safe(x)) == safe(x)`. Ordinary text comes back unchanged (the same object). Direction
controls become visible marks such as ⟦RLO⟧, so no text can reorder its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tui.core.patterns import pattern

MAX_TEXT = 65_536
"""Characters that are shown of one text; more is cut."""
MAX_LINE = 1_000
"""Characters that are shown of one name, title or file name."""
MAX_MARKS = 8
"""Combining marks that stay on one base character."""
ELLIPSIS = "…"

_BIDI = {
    0x061C: "ALM",
    0x200E: "LRM",
    0x200F: "RLM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
}
# Soft hyphen, grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian selectors and separator,
# zero-width space, word joiner and friends, deprecated format characters, BOM, interlinear annotation,
# text selectors, shorthand and musical format controls, tags and supplementary selectors.
_DROPPED_RANGES = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200B),
    (0x2060, 0x2065),
    (0x206A, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0E),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)


def _class(ranges: Iterable[tuple[int, int]]) -> str:
    """The inside of a regular expression's character class."""
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


_BIDI_CLASS = _class((code, code) for code in _BIDI)
_DROPPED_CLASS = _class(_DROPPED_RANGES)
_ZWNJ, _ZWJ, _VS16 = "\u200c", "\u200d", "\ufe0f"

# Arabic to Tibetan, Myanmar, Khmer, Mongolian, more Indic scripts, Arabic forms, historic and Indic planes.
_LETTERS = _class(
    (
        (0x0620, 0x07FF),
        (0x0840, 0x0DFF),
        (0x0F00, 0x109F),
        (0x1780, 0x18AF),
        (0x1900, 0x1CFF),
        (0xA800, 0xABFF),
        (0xFB50, 0xFDFF),
        (0xFE70, 0xFEFC),
        (0x10A00, 0x11FFF),
        (0x1E900, 0x1E95F),
    )
)
_PICTURES = "©®" + _class(((0x2190, 0x2BFF), (0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FAFF)))

_ASCII_SPECIAL = pattern(r"[\x00-\x09\x0b-\x1f\x7f]")
_SPECIAL = pattern(
    rf"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_ZWNJ}{_ZWJ}{_VS16}{_BIDI_CLASS}{_DROPPED_CLASS}]"
    r"|[^\w\s\x00-\x7f]{9}"
)
_DROPPED = pattern(f"[\x00{_DROPPED_CLASS}]+")
_SURROGATES = pattern("[\ud800-\udfff]")
_STRAY_SELECTOR = pattern(f"(?<![{_PICTURES}0-9#*‼⁉™ℹ]){_VS16}+")
_STRAY_JOINER = pattern(
    f"(?<![{_PICTURES}{_VS16}{_LETTERS}])[{_ZWJ}{_ZWNJ}]|[{_ZWJ}{_ZWNJ}](?![{_PICTURES}{_LETTERS}])"
)
_MARK_RUN = pattern(r"[^\w\s\x00-\x7f]{9,}")

_MARKS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(1, 0x20) if code not in (0x09, 0x0A)},
    0x09: "    ",
    0x7F: "␡",
    **{code: f"⟦{code:02X}⟧" for code in range(0x80, 0xA0)},
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
    **{code: f"⟦{name}⟧" for code, name in _BIDI.items()},
}


def safe(text: str, *, limit: int = MAX_TEXT) -> str:
    """`text` for a place of several lines; at most `limit` characters, an ellipsis marks the cut."""
    if len(text) <= limit and not _is_special(text):
        return text
    cut = text[: limit + 1].replace("\r\n", "\n")
    cut = _SURROGATES.sub("\ufffd", _DROPPED.sub("", cut)).translate(_MARKS)
    if len(cut) > limit or len(text) > limit + 1:
        cut = cut[: max(limit - 1, 0)] + ELLIPSIS
    return _limit_marks(_STRAY_JOINER.sub("", _STRAY_SELECTOR.sub("", cut)))


def safe_line(text: str, limit: int = MAX_LINE) -> str:
    """`text` for a place of one line (names, titles, file names): as `safe`, its lines joined by a space."""
    line = safe(text, limit=limit)
    if "\n" not in line:
        return line.strip()
    parts = (part.strip() for part in line.split("\n"))
    return " ".join(part for part in parts if part)


def clean_outgoing(text: str) -> str:
    """`text` without what a server chokes on: NUL (answered with 500) and lone surrogates (no UTF-8)."""
    return _SURROGATES.sub("", text.replace("\x00", ""))


def shorten(text: str, n: int) -> str:
    """At most `n` characters of `text`, an ellipsis for the rest; never splits a base from its marks."""
    if len(text) <= n:
        return text
    end = max(n - 1, 0)
    while end > 0 and _belongs_to_previous(text[end]):
        end -= 1
    return text[:end].rstrip(f" {_ZWJ}") + ELLIPSIS if n > 0 else ""


def _is_special(text: str) -> bool:
    if text.isascii():
        return _ASCII_SPECIAL.search(text) is not None
    return _SPECIAL.search(text) is not None


def _belongs_to_previous(char: str) -> bool:
    return char in (_ZWJ, _VS16) or "\U0001f3fb" <= char <= "\U0001f3ff" or _is_mark(char)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _limit_marks(text: str) -> str:
    return _MARK_RUN.sub(_limit_run, text)


def _limit_run(match: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in match[0]:
        if char in (_ZWNJ, _ZWJ, _VS16):
            kept.append(char)
            continue
        marks = marks + 1 if _is_mark(char) else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)
