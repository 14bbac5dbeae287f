"""How long a meeting may be going on: nobody ever says that a Jitsi meeting has ended.

Invariant: "current" never means "running": it is a meeting that was started so lately that it may be.
"""

from __future__ import annotations

from tui.core.ids import Millis
from tui.core.meetings import Meeting

MINUTE: Millis = 60_000
LIFE: Millis = 120 * MINUTE
"""Hardly a meeting takes longer than two hours."""
AHEAD: Millis = 5 * MINUTE
"""So far may a server's clock be before ours."""
STEPS = (0, 5, 10, 15, 20, 30, 45, 60, 90)
"""Minutes of the ages that are told apart at a glance: each new one costs bytes on the line."""


def is_expired(meeting: Meeting, now: Millis) -> bool:
    """Whether the post's token is too old to enter."""
    return 0 < meeting.valid_until <= now


def is_current(meeting: Meeting, now: Millis) -> bool:
    """Whether it may still be going on and be entered."""
    began = -AHEAD <= now - meeting.started_at < LIFE
    return began and not meeting.ended_at and not is_expired(meeting, now)


def age_step(started_at: Millis, now: Millis) -> int:
    """The age in minutes, rounded down to one of STEPS."""
    minutes = max(0, now - started_at) // MINUTE
    return max(step for step in STEPS if step <= minutes)
