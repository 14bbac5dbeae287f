"""What was searched for, marked in lines that are drawn."""

from __future__ import annotations

from rich.segment import Segment

from tests.ui.bare import LOOK
from tui.core.search import parse_query
from tui.ui.widgets.cells import Line
from tui.ui.widgets.hit_marks import with_hits


def marked(lines: list[Line], query: str) -> list[str]:
    drawn = with_hits(lines, parse_query(query), LOOK)
    assert ["".join(s.text for s in line) for line in drawn] == ["".join(s.text for s in x) for x in lines]
    return [s.text for line in drawn for s in line if s.style and s.style.underline]


def test_words_are_marked_over_the_edges_of_styles() -> None:
    line = [Segment("the pl", LOOK.text), Segment("an and the Plan", LOOK.strong)]
    assert marked([line], "plan") == ["pl", "an", "Plan"]


def test_modifiers_and_exclusions_mark_nothing() -> None:
    assert marked([[Segment("from ben to plan", LOOK.text)]], "from:ben -plan to") == ["to"]


def test_a_line_without_hits_stays_as_it_is() -> None:
    line = [Segment("nothing", LOOK.text)]
    assert with_hits([line, []], parse_query("plan"), LOOK) == [line, []]
