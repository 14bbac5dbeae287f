"""Tables in columns, or row by row."""

from __future__ import annotations

from tests.ui.widgets.test_markdown_lines import drawn

TABLE = "| Name | Amount |\n|---|---:|\n| Anna | 5 |\n| Ben | 12 |"


def test_columns_are_aligned() -> None:
    assert drawn(TABLE) == ["Name │ Amount", "─────┼───────", "Anna │      5", "Ben  │     12"]


def test_wide_cells_are_wrapped() -> None:
    lines = drawn("|a|b|\n|-|-|\n|one two three four five|x|", 16)
    assert lines[0].startswith("a")
    assert [line.split("│")[0].strip() for line in lines[2:]] == ["one two", "three four", "five"]


def test_too_many_columns_become_records() -> None:
    head = "|" + "".join(f"c{n}|" for n in range(9))
    table = f"{head}\n|{'-|' * 9}\n|{'v|' * 9}"
    assert drawn(table, 20)[:2] == ["c0: v", "c1: v"]


def test_markup_in_cells_is_kept_as_text() -> None:
    assert drawn("|a|b|\n|-|-|\n|[red]x[/]|$y|")[-1].startswith("[red]x[/]")
