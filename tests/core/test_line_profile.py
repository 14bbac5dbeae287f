"""Which profile suits a place and a line."""

from __future__ import annotations

import pytest

from tui.core.line_profile import (
    PROFILES,
    QUICK_TRIP,
    RICH,
    SLOW_RATE,
    SLOW_TRIP,
    THIN,
    LineProfile,
    Measured,
    choose,
)

SLOW, QUICK = Measured(round_trip_ms=SLOW_TRIP), Measured(round_trip_ms=10)


@pytest.mark.parametrize("remote", [True, False])
@pytest.mark.parametrize(("wish", "profile"), [("thin", THIN), ("rich", RICH)])
def test_a_wish_wins_over_everything(wish: str, profile: LineProfile, remote: bool) -> None:
    for measured in (SLOW, QUICK):
        choice = choose(wish, remote=remote, measured=measured)
        assert (choice.profile, choice.reason) == (profile, "wish")


def test_behind_ssh_the_line_is_thin_however_quick() -> None:
    assert choose("auto", remote=True, measured=QUICK).profile is THIN


@pytest.mark.parametrize(
    ("measured", "name", "reason"),
    [
        (Measured(), "rich", "unknown"),
        (QUICK, "rich", "good"),
        (SLOW, "thin", "trip"),
        (Measured(10, down=SLOW_RATE - 1), "thin", "rate"),
        (Measured(10, up=SLOW_RATE / 4 - 1), "thin", "rate"),
        (Measured(10, late=0.2), "thin", "late"),
        (Measured(10, down=SLOW_RATE, up=SLOW_RATE), "rich", "good"),
    ],
)
def test_what_was_measured_decides(measured: Measured, name: str, reason: str) -> None:
    choice = choose("auto", remote=False, measured=measured)
    assert (choice.profile.name, choice.reason) == (name, reason)


def test_between_the_limits_all_stays_as_it_is() -> None:
    between = Measured(round_trip_ms=(SLOW_TRIP + QUICK_TRIP) / 2)
    assert choose("auto", remote=False, measured=between, now="thin").profile is THIN
    assert choose("auto", remote=False, measured=between, now="rich").profile is RICH
    assert choose("auto", remote=False, measured=QUICK, now="thin").profile is RICH


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_dead_line_is_noticed_within_thirty_seconds(profile: LineProfile) -> None:
    assert profile.line_check + profile.line_patience < 30


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_the_end_of_a_session_is_noticed_within_thirty_seconds(profile: LineProfile) -> None:
    assert profile.session_check + 2 < 30
