"""Pens: the attributes a terminal cell is drawn with, and the shortest way from one to the next.

Invariant: a pen holds only attributes that this module understands; unknown SGR codes are forgotten, so
what the thin driver writes is always made of these. Source: ECMA-48 SGR, xterm's 256 and 24-bit colours.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

BOLD, DIM, ITALIC, UNDERLINE, REVERSE, STRIKE = 1, 2, 4, 8, 16, 32
_ON = {1: BOLD, 2: DIM, 3: ITALIC, 4: UNDERLINE, 7: REVERSE, 9: STRIKE, 21: UNDERLINE}
_OFF = {22: BOLD | DIM, 23: ITALIC, 24: UNDERLINE, 27: REVERSE, 29: STRIKE}
_CODES = ((BOLD, "1"), (DIM, "2"), (ITALIC, "3"), (UNDERLINE, "4"), (REVERSE, "7"), (STRIKE, "9"))
_CANCEL = ((BOLD | DIM, "22"), (ITALIC, "23"), (UNDERLINE, "24"), (REVERSE, "27"), (STRIKE, "29"))
VISIBLE_ON_BLANK = REVERSE | UNDERLINE | STRIKE
"""Flags that show even where there is no glyph."""


class Pen(NamedTuple):
    """`fg` and `bg` are SGR codes ("" = the terminal's default), `link` an OSC 8 target ("" = none)."""

    flags: int = 0
    fg: str = ""
    bg: str = ""
    link: str = ""


PLAIN = Pen()

_LEVELS = (0, 95, 135, 175, 215, 255)
_CUBE = [(r, g, b) for r in _LEVELS for g in _LEVELS for b in _LEVELS]
_GREYS = [(grey, grey, grey) for grey in range(8, 239, 10)]
_OWN_THEMES = 22
"""Colours below this one are redefined by people and their themes."""
_INDEXED: dict[tuple[int, ...], int] = {
    rgb: n for n, rgb in enumerate((*_CUBE, *_GREYS), 16) if n >= _OWN_THEMES
}
"""24-bit colours that xterm's table of 256 has, too: the same colour in half the bytes."""


@lru_cache(8192)
def after_sgr(codes: str, pen: Pen) -> Pen:
    """The pen after `ESC [ codes m`."""
    numbers = [int(code) if code.isdigit() else 0 for code in codes.replace(":", ";").split(";")]
    flags, fg, bg = pen.flags, pen.fg, pen.bg
    index = 0
    while index < len(numbers):
        code = numbers[index]
        if code == 0:
            flags, fg, bg = 0, "", ""
        elif code in {38, 48}:
            colour, index = _long_colour(numbers, index)
            fg, bg = (colour, bg) if code == 38 else (fg, colour)
        elif code in _ON:
            flags |= _ON[code]
        elif code in _OFF:
            flags &= ~_OFF[code]
        else:
            fg, bg = _short_colour(code, fg, bg)
        index += 1
    return Pen(flags, fg, bg, pen.link)


def _short_colour(code: int, fg: str, bg: str) -> tuple[str, str]:
    if code in {39, 49}:
        return ("", bg) if code == 39 else (fg, "")
    if 30 <= code <= 37 or 90 <= code <= 97:
        return str(code), bg
    if 40 <= code <= 47 or 100 <= code <= 107:
        return fg, str(code)
    return fg, bg


def _long_colour(numbers: list[int], index: int) -> tuple[str, int]:
    """`38;5;n` or `38;2;r;g;b` at `index`; returns the code and the index of its last number."""
    kind = numbers[index + 1] if index + 1 < len(numbers) else 0
    length = {5: 3, 2: 5}.get(kind, 0)
    part = tuple(numbers[index : index + length])
    if not length or len(part) < length or max(part) > 255:
        return "", len(numbers)
    indexed = _INDEXED.get(part[2:]) if kind == 2 else None
    code = (part[0], 5, indexed) if indexed else part
    return ";".join(map(str, code)), index + length - 1


@lru_cache(1024)
def blank(pen: Pen) -> Pen:
    """What of a pen shows on a space: the background, and all of it where lines or reverse are drawn."""
    return pen if pen.flags & VISIBLE_ON_BLANK or pen.link else Pen(0, "", pen.bg)


@lru_cache(65536)
def transition(before: Pen, after: Pen) -> str:
    """The fewest bytes that turn one pen into another."""
    link = "" if before.link == after.link else f"\x1b]8;;{after.link}\x1b\\"
    if before[:3] == after[:3]:
        return link
    step, fresh = _step(before, after), _fresh(after)
    return link + (step if len(step) <= len(fresh) else fresh)


def _step(before: Pen, after: Pen) -> str:
    off = before.flags & ~after.flags
    on = after.flags & ~before.flags
    codes = []
    for bits, code in _CANCEL:
        if off & bits:
            codes.append(code)
            on |= after.flags & bits
    codes += [code for bit, code in _CODES if on & bit]
    if before.fg != after.fg:
        codes.append(after.fg or "39")
    if before.bg != after.bg:
        codes.append(after.bg or "49")
    return f"\x1b[{';'.join(codes)}m"


def _fresh(after: Pen) -> str:
    codes = [code for bit, code in _CODES if after.flags & bit]
    codes += [colour for colour in (after.fg, after.bg) if colour]
    return f"\x1b[;{';'.join(codes)}m" if codes else "\x1b[m"
