"""When nobody is to be told."""

from __future__ import annotations

from datetime import datetime

import pytest

from tui.core.quiet_hours import is_quiet, parse

MONDAY = 1


def at(day: int, clock: str) -> datetime:
    """`day` of January 2024, which begins on a Monday."""
    hours, minutes = map(int, clock.split(":"))
    return datetime(2024, 1, day, hours, minutes)


@pytest.mark.parametrize(
    ("text", "day", "clock", "quiet"),
    [
        ("22:00-07:00", MONDAY, "22:00", True),
        ("22:00-07:00", MONDAY, "06:59", True),
        ("22:00-07:00", MONDAY, "07:00", False),
        ("12:00 - 13:00", MONDAY, "12:30", True),
        ("12:00-13:00", MONDAY, "13:00", False),
        ("sat,sun 00:00-24:00", MONDAY, "10:00", False),
        ("sat,sun 00:00-24:00", 6, "23:59", True),
        ("fri 20:00-08:00", 6, "07:59", True),
        ("fri 20:00-08:00", 5, "07:59", False),
        ("Mon-Fri 18:00-08:00", 6, "07:00", True),
        ("fri-mon 10:00-11:00", MONDAY, "10:30", True),
        ("fri-mon 10:00-11:00", 2, "10:30", False),
    ],
)
def test_a_span_belongs_to_the_day_on_which_it_begins(text: str, day: int, clock: str, quiet: bool) -> None:
    assert is_quiet([parse(text)], at(day, clock)) is quiet


@pytest.mark.parametrize(
    "text", ["", "22-7", "25:00-07:00", "22:70-07:00", "xyz 10:00-11:00", "mon- 10:00-11:00", "9:00-9:00"]
)
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="22:00-07:00"):
        parse(text)


def test_without_spans_it_is_never_quiet() -> None:
    assert not is_quiet([], at(MONDAY, "03:00"))
