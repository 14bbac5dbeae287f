"""Nothing of remote origin reaches the terminal as a byte that does something."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.output import Output, json_text


def made() -> tuple[Output, io.StringIO]:
    stream = io.StringIO()
    return Output(stream, stream), stream


@given(st.text())
def test_f49_json_escapes_what_is_invisible(text: str) -> None:
    line = json_text({"message": text})
    assert json.loads(line) == {"message": text}
    assert not [c for c in line if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066\u2028"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_f49_tables_hold_one_safe_line_a_row(rows: list[tuple[str, str]]) -> None:
    output, stream = made()
    output.table(rows)
    lines = stream.getvalue().split("\n")
    assert len(lines) == len(rows) + 1
    assert not [c for line in lines for c in line if ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0]


def test_tables_align() -> None:
    output, stream = made()
    output.table([("a", "1", "x"), ("bbb", "22", "y")], "  ")
    assert stream.getvalue() == "  a    1   x\n  bbb  22  y\n"


def test_umlauts_stay_readable() -> None:
    assert json_text({"name": "Grüße"}) == '{"name": "Grüße"}'


@pytest.mark.parametrize("text", ["\x1b[2J", "a\nb\x07", "\u202eabc"])
def test_f49_blocks(text: str) -> None:
    output, stream = made()
    output.block(text)
    assert not set(stream.getvalue()) & set("\x1b\x07\u202e")
