from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.search import parse_query
from tui.core.search_help import accepted, marks, offers

TODAY = date(2026, 7, 26)


def people(text: str) -> list[str]:
    return [name for name in ("anna", "ben") if name.startswith(text)]


def channels(text: str) -> list[str]:
    return [name for name in ("dev", "design") if name.startswith(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("plan ", ()),
        ("plan f", ("from:",)),
        ("o", ("on:",)),
        ("from:", ("from:anna", "from:ben")),
        ("plan -from:@b", ("-from:ben",)),
        ("in:de", ("in:dev", "in:design")),
        ("in:@a", ("in:@anna",)),
        ("before:", ("before:2026-07-26", "before:2026-07-25", "before:2026-07-19", "before:2026-06-26")),
        ("on:2026-07-2", ("on:2026-07-26", "on:2026-07-25")),
        ('"from:', ()),
        ("word", ()),
    ],
)
def test_what_may_be_meant(text: str, found: tuple[str, ...]) -> None:
    assert offers(text, TODAY, people, channels) == found


def test_accepting_replaces_the_last_word_alone() -> None:
    assert accepted("plan -fr", "-from:") == "plan -from:"
    assert accepted("plan from:b", "from:ben") == "plan from:ben "


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("plan", ["Plan"]),
        ("UBER", ["Über"]),
        ("pl*", ["Plan", "plans"]),
        ('"the plan"', ["the Plan"]),
        ("-plan uber", ["Über"]),
        ("from:ben", []),
        ("strasse", ["Straße"]),
        ("plan plan*", ["Plan", "plans"]),
    ],
)
def test_where_the_words_stand(query: str, marked: list[str]) -> None:
    text = "Über the Plan, plans; Straße"
    assert [text[start:end] for start, end in marks(text, parse_query(query))] == marked


@given(st.text(), st.text())
def test_marks_lie_in_the_text_and_apart(text: str, query: str) -> None:
    last = -1
    for start, end in marks(text, parse_query(query)):
        assert last < start < end <= len(text)
        last = end
    for offer in offers(query, TODAY, people, channels):
        assert accepted(query, offer).rstrip().endswith(offer)
