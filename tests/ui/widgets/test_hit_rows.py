"""Messages as short entries."""

from __future__ import annotations

from datetime import UTC

from tests.support.hostile import HOSTILE, raw_controls
from tests.support.makers import MINUTE, NOON
from tests.ui.bare import LOOK
from tui.settings.formats import Formats
from tui.ui.widgets.hit_rows import HitPainter, HitRow


def drawn(row: HitRow, width: int = 30) -> list[str]:
    painter = HitPainter(Formats("en", UTC))
    painter.now = NOON + MINUTE
    return ["".join(s.text for s in line).rstrip() for line in painter.paint(row, width, LOOK)]


def test_who_where_when_and_the_first_words() -> None:
    row = HitRow("p", "c", "u", "Ben", "~Town Square", NOON, "The **plan** is ready", "2 new replies")
    assert drawn(row) == [
        "Ben                      12:00",
        "~Town Square",
        "The plan is ready",
        "2 new replies",
        "",
    ]


def test_a_long_message_takes_two_lines() -> None:
    lines = drawn(HitRow("p", "c", "u", "Ben", "", NOON, "word " * 100))
    assert len(lines) == 4
    assert lines[2].endswith("…")


def test_f49_hostile_texts_stay_marks() -> None:
    for text in HOSTILE:
        assert raw_controls("".join(drawn(HitRow("p", "c", text, text, text, NOON, text, text)))) == []
