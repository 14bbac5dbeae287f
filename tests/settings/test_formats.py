"""German and English forms of dates, numbers, sizes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings.formats import Formats, zone_of

VIENNA = ZoneInfo("Europe/Vienna")
DE, AT, EN = Formats("de", VIENNA), Formats("de_AT", VIENNA), Formats("en", VIENNA)
NOW = round(datetime(2026, 11, 23, 13, 5, tzinfo=UTC).timestamp() * 1000)
DAY = date(2026, 11, 23)
MINUTE, HOUR = 60_000, 3_600_000


def test_dates() -> None:
    assert (DE.date_short(DAY), EN.date_short(DAY)) == ("23.11.2026", "23 Nov 2026")
    assert DE.date_long(DAY) == "Montag, 23. November 2026"
    assert EN.date_long(DAY) == "Monday, 23 November 2026"
    assert [f.month(date(2027, 1, 1)) for f in (DE, AT, EN)] == ["Januar", "Jänner", "January"]
    assert (DE.weekday_short(DAY), EN.weekday_short(DAY)) == ("Mo.", "Mon")
    assert (DE.day(DAY, DAY), EN.day(date(2026, 11, 22), DAY)) == ("Heute", "Yesterday")
    assert DE.day(date(2026, 11, 24), DAY) == "Dienstag, 24. November 2026"


def test_times() -> None:
    assert DE.time(NOW) == "14:05"
    assert Formats("en", VIENNA, time_12h=True).time(NOW) == "2:05 PM"
    assert Formats("en", VIENNA, time_12h=True).time(NOW - 14 * HOUR) == "12:05 AM"
    assert Formats("en").time(NOW) == "13:05"
    assert DE.moment_text(NOW) == "23.11.2026 14:05"


@pytest.mark.parametrize(
    ("before", "german", "english"),
    [
        (0, "14:05", "14:05"),
        (20 * HOUR, "gestern", "yesterday"),
        (3 * 24 * HOUR, "Fr.", "Fri"),
        (7 * 24 * HOUR, "16.11.2026", "16 Nov 2026"),
        (-30 * HOUR, "24.11.2026", "24 Nov 2026"),
    ],
)
def test_when(before: int, german: str, english: str) -> None:
    assert (DE.when(NOW - before, NOW), EN.when(NOW - before, NOW)) == (german, english)


@pytest.mark.parametrize(
    ("before", "german", "english"),
    [
        (-5000, "gerade eben", "just now"),
        (59_000, "gerade eben", "just now"),
        (5 * MINUTE, "vor 5 min", "5 min ago"),
        (2 * HOUR, "vor 2 Std.", "2 h ago"),
        (24 * HOUR, "vor 1 Tag", "1 day ago"),
        (72 * HOUR, "vor 3 Tagen", "3 days ago"),
    ],
)
def test_ago(before: int, german: str, english: str) -> None:
    assert (DE.ago(NOW - before, NOW), EN.ago(NOW - before, NOW)) == (german, english)


@pytest.mark.parametrize(
    ("count", "german", "english"),
    [
        (0, "0 B", "0 B"),
        (999, "999 B", "999 B"),
        (1000, "1,0 kB", "1.0 kB"),
        (38_100_000, "38,1 MB", "38.1 MB"),
        (999_960, "1,0 MB", "1.0 MB"),
        (123_400_000, "123 MB", "123 MB"),
        (10**18, "1.000 PB", "1,000 PB"),
    ],
)
def test_sizes(count: int, german: str, english: str) -> None:
    assert (DE.size(count), EN.size(count)) == (german, english)


def test_numbers_rates_percent() -> None:
    assert (DE.number(1234.5, 1), EN.number(1234.5, 1)) == ("1.234,5", "1,234.5")
    assert (DE.rate(1_234_567), EN.rate(1_234_567)) == ("1,2 MB/s", "1.2 MB/s")
    assert (DE.percent(99.99), EN.percent(100)) == ("99 %", "100%")


@given(st.integers(-(10**18), 10**18))
def test_any_moment_has_a_text(at: int) -> None:
    assert DE.when(at, NOW)
    assert DE.moment_text(at)


def test_zone_by_preference() -> None:
    assert str(zone_of("", "Nowhere/Land", "../../etc/passwd", "Europe/Vienna", "UTC")) == "Europe/Vienna"
    assert zone_of() is not None


def test_a_zone_knows_summer() -> None:
    summer = round(datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp() * 1000)
    assert DE.time(summer) == "14:00"
