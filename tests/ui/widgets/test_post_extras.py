"""What hangs below a message: limits and odd values. How it looks is in test_post_strips."""

from __future__ import annotations

from tests.support.makers import ME, MINUTE, NOON, post, queued
from tests.ui.bare import LOOK
from tests.ui.widgets.test_post_strips import FORMATS, SOURCES, only
from tui.core.meetings import Meeting
from tui.core.models import FileInfo, OutboxItem
from tui.core.timeline import ReactionCount
from tui.ui.widgets.cells import Line, width_of
from tui.ui.widgets.post_extras import file_lines, meeting_lines, queue_lines, reaction_lines


def said(lines: list[Line]) -> list[str]:
    return ["".join(segment.text for segment in line).rstrip() for line in lines]


def test_only_so_many_files_are_named() -> None:
    files = [FileInfo(f"f{n}", f"{n}.txt") for n in range(12)]
    assert said(file_lines(files, 3, FORMATS, 40, LOOK))[-1] == "▤ 5 more files"


def test_a_long_file_name_keeps_its_size() -> None:
    (line,) = file_lines([FileInfo("f", "x" * 300 + ".pdf", "pdf", 5_000)], 0, FORMATS, 30, LOOK)
    assert width_of(line) <= 30
    assert said([line])[0].endswith("5.0 kB")


def test_reactions_go_on_in_the_next_line() -> None:
    many = [ReactionCount(f"emoji_{n}", 1, False) for n in range(6)]
    lines = reaction_lines(many, 40, LOOK)
    assert len(lines) == 3
    assert all(width_of(line) <= 40 for line in lines)


def test_a_change_that_waits_is_said_below_its_message() -> None:
    item: OutboxItem = queued("q", kind="edit", post_id="p", text="new")
    row = only(post("p", user_id=ME, message="old"), pending=[item])
    assert said(queue_lines(row, SOURCES, 40, LOOK)) == ["○ waits for the line"]


def test_a_meeting_that_is_over_or_expired_says_so() -> None:
    ended = Meeting("zoom", "Weekly", host="zoom.us", ended_at=NOON)
    assert "over since 12:00" in said(meeting_lines(ended, post("p"), SOURCES, 80, LOOK))[1]
    assert len(meeting_lines(ended, post("p"), SOURCES, 80, LOOK)) == 2
    expired = Meeting("jitsi", "Weekly", host="meet.jit.si", valid_until=NOON - MINUTE)
    assert "expired" in said(meeting_lines(expired, post("p"), SOURCES, 80, LOOK))[1]
