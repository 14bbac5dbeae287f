"""docs/parity.md names tests that exist and settings and actions that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "parity.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| Row |")]
PROVEN = [row for row in ROWS if len(re.split(r"(?<!\\)\|", row)) == 6]
_TEST = re.compile(r"`((?:[a-z0-9_]+/)*[a-z0-9_]+\.py)`")


def _name(row: str) -> str:
    return row.split("|")[1].strip()[:50]


@pytest.mark.parametrize("row", PROVEN, ids=_name)
def test_every_row_names_a_test_that_is_there(row: str) -> None:
    named = _TEST.findall(row.rsplit("|", 2)[1])
    assert named
    assert [name for name in named if not (HERE / name).is_file()] == []


def test_no_row_stands_twice() -> None:
    names = [_name(row) for row in ROWS]
    assert sorted(set(names)) == sorted(names)


def test_what_is_left_out_has_a_reason() -> None:
    left_out = [row.strip("|").split("|") for row in ROWS if row not in PROVEN]
    assert left_out
    assert all(len(cells) == 2 and len(cells[1].split()) >= 3 for cells in left_out)
