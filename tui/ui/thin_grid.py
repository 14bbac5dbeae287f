"""The grid of cells that the screen should show, fed with the frames Textual writes.

Invariant: whatever is fed, a cell holds one printable grapheme and a pen, never a control character; of
escape sequences only cursor moves, SGR and checked OSC 8 links have an effect, every other one is
swallowed. The modes a terminal is put into come in writes of their own and are matched exactly (`MODES`).
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import NamedTuple

from rich.cells import split_graphemes

from tui.core.values import dataclass
from tui.ui.thin_pen import PLAIN, Pen, after_sgr, blank

MODES = re.compile(
    r"\x1b\[\?(?:25|7|1000|1004|1006|1015|1016|1049|2004|2026|2048)[hl]|\x1b\[\?100[23]l"
    r"|\x1b\[\?(?:2026|2048)\$p|\x1b\[>\d{1,2}u|\x1b\[<u|\x1b\[>4;[02]m|\x07"
)
"""Sequences that Textual writes alone, one to a call: modes, two queries, keyboard protocol, bell. Never
the wish to hear of every movement of the mouse (1002, 1003).
"""
_TOKEN = re.compile(
    r"\x1b\[(?P<y>\d{0,4});?(?P<x>\d{0,4})H"
    r"|\x1b\[(?P<sgr>[\d;:]{0,200})m"
    r"|\x1b\]8;[^;\x1b\x07]{0,200};(?P<link>[^\x1b\x07]{0,2083})(?:\x1b\\|\x07)"
    r"|(?P<newline>\r?\n|\r)"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[[\x30-\x3f]{0,64}[\x20-\x2f]{0,8}[\x40-\x7e]"
    r"|\x1b[\]PX^_][^\x1b\x07]{0,4096}(?:\x1b\\|\x07)"
    r"|(?P<control>[\x00-\x1f\x7f-\x9f])",
)
_SIMPLE = re.compile(r"[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2500-\u25fc\u2800-\u28ff]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_LINK = re.compile(r"https?://[!-~]{1,2000}")
REPLACEMENT = "\ufffd"


class Cell(NamedTuple):
    """One cell: its grapheme ("" = right half of a wide one) and its pen."""

    text: str
    pen: Pen


SPACE = Cell(" ", PLAIN)


@dataclass(slots=True)
class Grid:
    """`rows[y][x]`; cells never drawn are blank."""

    width: int
    height: int
    rows: list[list[Cell]] = field(init=False)
    dirty: set[int] = field(init=False, default_factory=set)
    cursor: tuple[int, int] = (0, 0)
    """(x, y) where Textual left it: where typing goes."""
    _pen: Pen = PLAIN

    def __post_init__(self) -> None:
        self.rows = [[SPACE] * self.width for _ in range(self.height)]

    def feed(self, data: str) -> None:
        """Takes one write of Textual."""
        x, y = self.cursor
        for token in _TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "text":
                x = self._put(x, y, _BIDI.sub(REPLACEMENT, token["text"]))
            elif kind == "sgr":
                self._pen = after_sgr(token["sgr"], self._pen)
            elif kind in {"x", "y"}:
                x, y = int(token["x"] or 1) - 1, int(token["y"] or 1) - 1
            elif kind == "newline":
                x, y = 0, y + ("\n" in token[0])
            elif kind == "link":
                self._pen = self._pen._replace(link=token["link"] if _LINK.fullmatch(token["link"]) else "")
            elif kind == "control":
                x = self._put(x, y, REPLACEMENT)
        self.cursor = (x, y)

    def _put(self, x: int, y: int, text: str) -> int:
        """Writes text from (x, y) on; what lies outside is cut. Returns the column behind it."""
        if not 0 <= y < self.height:
            return x + len(text)
        self.dirty.add(y)
        row, pen, blank_pen = self.rows[y], self._pen, blank(self._pen)
        if _SIMPLE.fullmatch(text):
            end = min(self.width, x + len(text))
            row[x:end] = [Cell(c, blank_pen if c == " " else pen) for c in text[: max(0, end - x)]]
            self._mend(row, x, end)
            return x + len(text)
        for start, stop, width in split_graphemes(text)[0]:
            x = self._put_grapheme(row, x, text[start:stop], width, pen)
        return x

    def _put_grapheme(self, row: list[Cell], x: int, grapheme: str, width: int, pen: Pen) -> int:
        if width == 0:
            return x
        if x + width <= self.width:
            row[x] = Cell(grapheme, blank(pen) if grapheme == " " else pen)
            if width == 2:
                row[x + 1] = Cell("", pen)
        elif x < self.width:
            row[x] = Cell(" ", blank(pen))
        self._mend(row, x, min(self.width, x + width))
        return x + width

    def _mend(self, row: list[Cell], start: int, end: int) -> None:
        """Half of a wide character that was overwritten in part becomes a space."""
        if 0 < start < self.width and row[start - 1].text and row[start].text and _wide(row[start - 1]):
            row[start - 1] = Cell(" ", blank(row[start - 1].pen))
        if 0 < end < self.width and row[end].text == "" and not _wide(row[end - 1]):
            row[end] = Cell(" ", blank(row[end].pen))


def _wide(cell: Cell) -> bool:
    text = cell.text
    return bool(text) and text > "\u0300" and split_graphemes(text)[1] == 2
