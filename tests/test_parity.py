"""docs/parity.md names tests that exist and settings and actions that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.documented import ticked, unknown_commands, unknown_keys, unknown_settings
from tui.cli.arguments import make_parser

HERE = Path(__file__).parent
PAGE = (HERE.parent / "docs" / "parity.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| Row |")]
PROVEN = [row for row in ROWS if len(re.split(r"(?<!\\)\|", row)) == 6]
_TEST = re.compile(r"`((?:[a-z0-9_]+/)*[a-z0-9_]+\.py)(?:::(test_\w+))?`")


def _name(row: str) -> str:
    return row.split("|")[1].strip()[:50]


@pytest.mark.parametrize("row", PROVEN, ids=_name)
def test_every_row_names_a_test_that_is_there(row: str) -> None:
    proof = row.rsplit("|", 2)[1]
    named = _TEST.findall(proof)
    assert named
    assert [name for name, function in named if not _is_there(name, function)] == []


def _is_there(name: str, function: str) -> bool:
    file = HERE / name
    return file.is_file() and (not function or f"def {function}(" in file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", PROVEN, ids=_name)
def test_every_key_command_and_setting_of_a_row_is_there(row: str) -> None:
    _, name, what, keys, _, _ = re.split(r"(?<!\\)\|", row)
    named = [word for token in ticked(keys) for word in _single(token)] + ticked(f"{name} {what}")
    assert unknown_keys(named) == []
    assert unknown_commands(named) == []
    assert unknown_settings(named) == []


def _single(token: str) -> list[str]:
    """`m n e K` are four keys; a command with its words stays whole."""
    return token.split() if all(len(word) == 1 or word.istitle() for word in token.split()) else [token]


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`teleteam (\w+)", PAGE))))
def test_every_command_line_is_understood(command: str) -> None:
    assert re.search(rf"\b{command}\b", make_parser().format_help())


def test_no_row_stands_twice() -> None:
    names = [_name(row) for row in ROWS]
    assert sorted(set(names)) == sorted(names)


def test_what_is_left_out_has_a_reason() -> None:
    left_out = [row.strip("|").split("|") for row in ROWS if row not in PROVEN]
    assert left_out
    assert all(len(cells) == 2 and len(cells[1].split()) >= 3 for cells in left_out)
