"""How much may cross the line: the two profiles, and which of them suits a place and a line.

Invariant: one frozen object says it for all rooms; nobody looks at the session kind or the round trip to
decide such things a second time. Both profiles lose nothing; the thin one asks later and less often.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from tui.core.values import dataclass

ProfileName: TypeAlias = Literal["thin", "rich"]
SLOW_TRIP, QUICK_TRIP = 250.0, 120.0
"""Milliseconds: a line above the first is thin, below the second rich; between them all stays as it is."""
SLOW_RATE = 64_000.0
"""Bytes a second down: below this a start takes a second of the line alone."""
LOSSY = 0.1
"""Share of late answers."""


@dataclass(frozen=True, slots=True)
class LineProfile:
    """Times in seconds, sizes in bytes; 0 = never where a row says so."""

    name: ProfileName
    colors: int
    """16 = the terminal's own colours where the person chose no theme; 0 = whatever it can."""
    images: bool
    """Pictures are fetched and drawn in the timeline."""
    previews: bool
    """What links and files lead to is shown below a message, not just named."""
    typing_shown: bool
    presence_every: float
    first_page: int
    """Posts of a channel's first page: enough for a screen of 36 lines."""
    older_page: int
    ahead: int
    """Unread channels fetched before they are shown, while the line is idle; 0 = never."""
    rest_after: float
    """What nobody waits for begins so long after the line is there."""
    settings_every: float
    """My account, preferences, teams and categories are asked for after a break at most so often."""
    session_check: float
    """So often the server is asked whether the session lives; under 30 in every profile, for only the answer
    to a request tells of a revoked one (30 bytes)."""
    line_check: float
    """After so much silence the line is asked whether it lives."""
    line_patience: float
    """So long that answer may take; together with `line_check` under 30."""
    calm_panels: bool
    """The folders' panel is told of what changes less often."""
    figures_every: float
    """Bytes and round trip in the status line are written anew at most so often."""
    ask_above: int
    """Transfers above this ask before they begin; 0 = never."""


RICH = LineProfile(
    name="rich",
    colors=0,
    images=True,
    previews=True,
    typing_shown=True,
    presence_every=60.0,
    first_page=20,
    older_page=60,
    ahead=12,
    rest_after=3.0,
    settings_every=0.0,
    session_check=26.0,
    line_check=10.0,
    line_patience=8.0,
    calm_panels=False,
    figures_every=10.0,
    ask_above=50 * 2**20,
)
THIN = LineProfile(
    name="thin",
    colors=16,
    images=False,
    previews=False,
    typing_shown=False,
    presence_every=300.0,
    first_page=20,
    older_page=30,
    ahead=0,
    rest_after=6.0,
    settings_every=1800.0,
    session_check=26.0,
    line_check=20.0,
    line_patience=9.0,
    calm_panels=True,
    figures_every=60.0,
    ask_above=2**20,
)
PROFILES = {profile.name: profile for profile in (THIN, RICH)}


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a line; 0 = not measured."""

    round_trip_ms: float = 0.0
    down: float = 0.0
    """Bytes a second."""
    up: float = 0.0
    late: float = 0.0
    """Share of answers that took more than three times as long as the quickest, and over half a second."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A profile, and why: "wish", "session", "trip", "rate", "late", "good" or "unknown"."""

    profile: LineProfile
    reason: str


def choose(
    wish: str, *, remote: bool, measured: Measured | None = None, now: ProfileName | None = None
) -> Choice:
    """`wish` thin or rich wins; then the place (`remote` = behind SSH or X2Go), then what was measured.

    `now` is the profile in use: between the two limits of the round trip it stays.
    """
    if wish in ("thin", "rich"):
        return Choice(RICH if wish == "rich" else THIN, "wish")
    if remote:
        return Choice(THIN, "session")
    measured = measured or Measured()
    reason = _too_slow(measured, SLOW_TRIP if now != "thin" else QUICK_TRIP)
    if reason:
        return Choice(THIN, reason)
    return Choice(RICH, "good" if measured.round_trip_ms else "unknown")


def _too_slow(line: Measured, trip: float) -> str:
    """What speaks against the rich profile, "" = nothing."""
    if line.round_trip_ms >= trip:
        return "trip"
    if 0 < line.down < SLOW_RATE or 0 < line.up < SLOW_RATE / 4:
        return "rate"
    return "late" if line.late > LOSSY else ""
