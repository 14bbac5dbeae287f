"""What commands print: lines for people, JSON Lines for programs, notes on standard error.

Invariant: no control character of remote origin reaches standard output or error. In text it has been through
`core.safe_text`; in JSON it is escaped. Colours are not used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from tui.core.patterns import pattern
from tui.core.safe_text import safe, safe_line

_UNPRINTABLE = pattern(r"[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


class Output:
    """Standard output and error of one command."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def line(self, text: str = "") -> None:
        """One line for people; remote text in it must have been through `safe_line`."""
        self._write(self._out, text)

    def block(self, text: str) -> None:
        """Remote text of several lines, made safe here."""
        for line in safe(text).split("\n"):
            self._write(self._out, line)

    def record(self, row: Mapping[str, object]) -> None:
        """One JSON object on one line."""
        self._write(self._out, json_text(row))

    def note(self, text: str) -> None:
        """Something to know, on standard error."""
        self._write(self._err, text)

    def table(self, rows: Iterable[Sequence[str]], indent: str = "", *, empty: str = "") -> None:
        """Columns two blanks apart; the last one is as long as it is. Every cell is made safe here.

        `empty` is the note where there is no row.
        """
        cells = [[safe_line(cell) for cell in row] for row in rows]
        if empty and not cells:
            self.note(empty)
        widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in cells), strict=True)]
        for row in cells:
            padded = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
            self.line(indent + "  ".join([*padded, row[-1]]).rstrip())

    def flush(self) -> None:
        self._out.flush()

    def _write(self, stream: TextIO, text: str) -> None:
        stream.write(text + "\n")
        if stream is self._out and stream.isatty():
            stream.flush()


def json_text(row: Mapping[str, object]) -> str:
    """`row` as one line of JSON, readable, with every invisible character escaped."""
    text = json.dumps(row, ensure_ascii=False, separators=(", ", ": "))
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def prepare_streams() -> None:
    """What the terminal's encoding cannot show becomes \\uXXXX instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
