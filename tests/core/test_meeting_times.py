from __future__ import annotations

import pytest

from tui.core.meeting_times import AHEAD, LIFE, MINUTE, STEPS, age_step, is_current, is_expired
from tui.core.meetings import Meeting

NOW = 1_800_000_000_000


@pytest.mark.parametrize(
    ("meeting", "current"),
    [
        (Meeting("jitsi", started_at=NOW), True),
        (Meeting("jitsi", started_at=NOW - LIFE + 1), True),
        (Meeting("jitsi", started_at=NOW - LIFE), False),
        (Meeting("jitsi", started_at=NOW + AHEAD), True),
        (Meeting("calls", started_at=NOW + AHEAD + 1), False),
        (Meeting("zoom", started_at=NOW - MINUTE, ended_at=NOW), False),
        (Meeting("jitsi", started_at=NOW - MINUTE, valid_until=NOW), False),
        (Meeting("jitsi", started_at=NOW - MINUTE, valid_until=NOW + 1), True),
    ],
)
def test_a_meeting_is_current_for_its_plausible_life(meeting: Meeting, current: bool) -> None:
    assert is_current(meeting, NOW) is current


def test_only_tokens_expire() -> None:
    assert not is_expired(Meeting("jitsi"), NOW)
    assert is_expired(Meeting("jitsi", valid_until=NOW), NOW)


@pytest.mark.parametrize(
    ("minutes", "step"), [(-9, 0), (0, 0), (4, 0), (5, 5), (19, 15), (59, 45), (89, 60), (500, 90)]
)
def test_ages_come_in_few_steps(minutes: int, step: int) -> None:
    assert age_step(NOW - minutes * MINUTE, NOW) == step
    assert step in STEPS
