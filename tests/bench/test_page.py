"""The page of figures: a part's section is replaced, all else is kept; a budget that is exceeded is told."""

from __future__ import annotations

from pathlib import Path

from tests.bench import page
from tests.bench.report import Table, budget_table
from tests.budgets.limits import Limit


def made(title: str, figure: int) -> Table:
    table = Table(title, ("what", "figure"))
    table.add("bytes", figure)
    return table


def test_a_section_is_replaced_and_the_rest_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "bench.md"
    page.put("network", [made("Network", 1)], place)
    place.write_text(place.read_text() + "\nWritten by hand.\n")
    page.put("load", [made("Load", 2)], place)
    page.put("network", [made("Network", 3)], place)
    text = place.read_text()
    assert text.startswith("# Measured\n")
    assert [text.count(words) for words in ("| bytes | 1 |", "| bytes | 3 |", "| bytes | 2 |")] == [0, 1, 1]
    assert text.index("## Network") < text.index("Written by hand.") < text.index("## Load")


def test_a_figure_over_its_budget_is_told_by_its_table() -> None:
    limits = {"key": Limit("one key", 20, 8), "page": Limit("a page", None, 100)}
    assert budget_table("Bytes", {"key": 8, "page": 100}, limits).exceeded == []
    assert budget_table("Bytes", {"key": 9, "page": 1}, limits).exceeded == ["key: 9 B instead of 8"]
