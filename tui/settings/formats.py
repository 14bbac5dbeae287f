"""Dates, times, numbers, sizes and rates as people here write them.

Invariant: same inputs, same text: no locale module (over SSH its data are often missing), no clock and no
time zone of the process in here, all are given. Sizes are decimal (1 MB = 1,000,000 bytes), as in
Mattermost.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from tui.core.ids import Millis
from tui.core.values import dataclass

_DE_MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_EN_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DE_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000


@dataclass(frozen=True, slots=True)
class Formats:
    """How to write things. `language`: de, de_AT or en (anything else is en); `zone` None = UTC."""

    language: str = "en"
    zone: tzinfo | None = None
    time_12h: bool = False

    @property
    def german(self) -> bool:
        return self.language.startswith("de")

    def moment(self, at: Millis) -> datetime:
        """`at` in the person's zone; what cannot be a date counts as the epoch."""
        try:
            return datetime.fromtimestamp(at / 1000, self.zone or UTC)
        except (OverflowError, ValueError, OSError):
            return datetime.fromtimestamp(0, UTC)

    def day_of(self, at: Millis) -> date:
        """The calendar day of `at` here."""
        return self.moment(at).date()

    def time(self, at: Millis) -> str:
        """14:05, or 2:05 PM."""
        moment = self.moment(at)
        if self.time_12h:
            return f"{moment.hour % 12 or 12}:{moment.minute:02} {'PM' if moment.hour >= 12 else 'AM'}"
        return f"{moment.hour:02}:{moment.minute:02}"

    def date_short(self, day: date) -> str:
        """23.11.2026, or 23 Nov 2026."""
        if self.german:
            return f"{day.day:02}.{day.month:02}.{day.year}"
        return f"{day.day} {_EN_MONTHS[day.month - 1][:3]} {day.year}"

    def date_long(self, day: date) -> str:
        """Montag, 23. November 2026, or Monday, 23 November 2026."""
        dot = "." if self.german else ""
        return f"{self.weekday(day)}, {day.day}{dot} {self.month(day)} {day.year}"

    def weekday(self, day: date) -> str:
        return (_DE_DAYS if self.german else _EN_DAYS)[day.weekday()]

    def weekday_short(self, day: date) -> str:
        """Mo., or Mon."""
        return f"{self.weekday(day)[:2]}." if self.german else self.weekday(day)[:3]

    def month(self, day: date) -> str:
        """Its name; January is Jänner in Austria."""
        if self.language == "de_AT" and day.month == 1:
            return "Jänner"
        return (_DE_MONTHS if self.german else _EN_MONTHS)[day.month - 1]

    def day(self, day: date, today: date) -> str:
        """For a day line: today, yesterday, else the long date."""
        if day == today:
            return "Heute" if self.german else "Today"
        if day == today - timedelta(days=1):
            return "Gestern" if self.german else "Yesterday"
        return self.date_long(day)

    def when(self, at: Millis, now: Millis) -> str:
        """For lists: the time today, "gestern", the weekday within a week, else the short date."""
        day, today = self.day_of(at), self.day_of(now)
        if day == today:
            return self.time(at)
        if day == today - timedelta(days=1):
            return "gestern" if self.german else "yesterday"
        if timedelta(0) < today - day < timedelta(days=7):
            return self.weekday_short(day)
        return self.date_short(day)

    def moment_text(self, at: Millis) -> str:
        """Short date and time."""
        return f"{self.date_short(self.day_of(at))} {self.time(at)}"

    def ago(self, at: Millis, now: Millis) -> str:
        """vor 5 min, 5 min ago; the future counts as now."""
        passed = max(now - at, 0)
        if passed < _MINUTE:
            return "gerade eben" if self.german else "just now"
        amount = self.duration(passed)
        return f"vor {amount}" if self.german else f"{amount} ago"

    def duration(self, millis: Millis) -> str:
        """40 s, 5 min, 2 Std. (h), 3 Tagen (days): the largest whole unit."""
        if millis < _MINUTE:
            return f"{max(millis, 0) // 1000} s"
        if millis < _HOUR:
            return f"{millis // _MINUTE} min"
        if millis < _DAY:
            return f"{millis // _HOUR} {'Std.' if self.german else 'h'}"
        days = millis // _DAY
        if self.german:
            return "1 Tag" if days == 1 else f"{days} Tagen"
        return "1 day" if days == 1 else f"{days} days"

    def number(self, value: float, digits: int = 0) -> str:
        """1.234,5 or 1,234.5."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.german else text

    def size(self, count: int) -> str:
        """38,1 MB or 38.1 MB; whole bytes and values from 100 on without a fraction."""
        value, unit = float(max(count, 0)), 0
        while value >= 999.5 and unit < len(_UNITS) - 1:
            value, unit = value / 1000, unit + 1
        digits = 1 if unit and value < 99.95 else 0
        return f"{self.number(value, digits)} {_UNITS[unit]}"

    def rate(self, bytes_per_second: float) -> str:
        """1,2 MB/s."""
        return f"{self.size(round(bytes_per_second))}/s"

    def percent(self, value: float) -> str:
        """99 %, in English 99%; 100 only when it is all."""
        whole = int(min(max(value, 0.0), 100.0))
        return f"{whole} %" if self.german else f"{whole}%"


def zone_of(*names: str) -> tzinfo:
    """The first of `names` (config, Mattermost user, TZ) that is a known IANA zone, else the system's."""
    from zoneinfo import ZoneInfo

    for name in names:
        try:
            if name:
                return ZoneInfo(name.removeprefix(":"))
        except (
            OSError,
            ValueError,
        ):  # unknown to this machine (ZoneInfoNotFoundError is a KeyError), or a path
            continue
        except KeyError:
            continue
    try:
        with open("/etc/localtime", "rb") as file:
            return ZoneInfo.from_file(file, key="local")
    except (OSError, ValueError):
        return datetime.now().astimezone().tzinfo or UTC
