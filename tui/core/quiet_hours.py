"""The hours in which nobody wants to be told of anything: `22:00-07:00`, `sat,sun 00:00-24:00`.

Invariant: a span belongs to the day on which it begins, so a night that begins on Friday ends on Saturday.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tui.core.patterns import pattern
from tui.core.values import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_SPAN = pattern(r"(?:(?P<days>[a-z,-]+) +)?(?P<from>\d{1,2}:\d\d) *- *(?P<to>\d{1,2}:\d\d)")
_FORM = "22:00-07:00 | sat,sun 00:00-24:00 | mon-fri 18:00-08:00"


@dataclass(frozen=True, slots=True)
class QuietSpan:
    """Minutes of a day; `begin` is after `end` where it goes past midnight. `days`: 0 = Monday."""

    days: frozenset[int]
    begin: int
    end: int


def parse(text: str) -> QuietSpan:
    """One span as people write it; ValueError says how it should look."""
    found = _SPAN.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(_FORM)
    begin, end = _minutes(found["from"]), _minutes(found["to"])
    if begin in (end, _DAY):
        raise ValueError(_FORM)
    return QuietSpan(_days(found["days"]), begin, end)


def is_quiet(spans: Iterable[QuietSpan], now: datetime) -> bool:
    """`now` in the person's own zone."""
    today, minute = now.weekday(), now.hour * 60 + now.minute
    return any(_holds(span, today, minute) for span in spans)


def _holds(span: QuietSpan, today: int, minute: int) -> bool:
    if span.begin < span.end:
        return today in span.days and span.begin <= minute < span.end
    began_yesterday = (today - 1) % 7 in span.days and minute < span.end
    return began_yesterday or (today in span.days and minute >= span.begin)


def _minutes(text: str) -> int:
    hours, _colon, minutes = text.partition(":")
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > _DAY:
        raise ValueError(_FORM)
    return total


def _days(text: str | None) -> frozenset[int]:
    """All of them where none is named."""
    if text is None:
        return frozenset(range(7))
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise ValueError(_FORM)
        begin, end = DAYS.index(first), DAYS.index(last or first)
        found.update((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return frozenset(found)
