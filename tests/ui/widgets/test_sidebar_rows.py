"""Teams, categories and channels as rows."""

from __future__ import annotations

import pytest

from tests.support.hostile import HOSTILE, raw_controls
from tests.ui.bare import LOOK
from tui.core.sidebar import SidebarRow, SidebarSection
from tui.core.unread import Unread
from tui.ui.widgets.cells import width_of
from tui.ui.widgets.sidebar_rows import ChannelItem, Item, SectionItem, SidebarPainter, TeamItem, items

PAINTER = SidebarPainter()


def drawn(item: Item, width: int = 26) -> str:
    (line,) = PAINTER.paint(item, width, LOOK)
    return "".join(segment.text for segment in line)


def row(**fields: object) -> ChannelItem:
    return ChannelItem(SidebarRow(**{"channel_id": "c", "title": "Town Square", "type": "O", **fields}))  # type: ignore[arg-type]


def test_a_channel_has_its_sign_and_a_person_their_presence() -> None:
    assert drawn(row()).startswith("  # Town Square")
    assert drawn(row(type="P")).startswith("  ◆")
    assert drawn(row(type="G")).startswith("  ≡")
    assert drawn(row(type="D", status="online")).startswith("  ●")
    assert drawn(row(type="D", status="away")).startswith("  ◑")
    assert drawn(row(type="D", status="dnd")).startswith("  ⊖")
    assert drawn(row(type="D", status="")).startswith("  ○")
    assert drawn(row(type="D", bot=True)).startswith("  ◇")
    assert drawn(row(archived=True)).startswith("  ▫")


def test_unread_and_mentions_are_signs_and_not_only_colour() -> None:
    assert drawn(row(unread=Unread(3))).endswith("•")
    assert drawn(row(unread=Unread(3, 2))).endswith(" 2 ")
    assert drawn(row(unread=Unread(3, 0, muted=True))).endswith("∅")
    assert drawn(row(unread=Unread(0, 5_000))).endswith(" 999+ ")
    assert drawn(row(draft=True)).endswith("✎")


def test_the_open_channel_has_a_ground_and_an_unread_one_is_bold() -> None:
    assert PAINTER.ground(row(current=True), LOOK) == LOOK.selection
    assert PAINTER.ground(row(), LOOK) is None
    (line,) = PAINTER.paint(row(unread=Unread(1)), 26, LOOK)
    assert line[1].style == line[-1].style == LOOK.unread


def test_a_folded_category_sums_up_what_it_hides() -> None:
    section = SidebarSection("k", "custom", "Work", True, False, (), Unread(4, 1))
    _space, title = items((), (section,))
    assert drawn(title).startswith("▸ Work")
    assert drawn(title).endswith(" 1 ")
    opened = SidebarSection("k", "custom", "Work", False, True, (row().row,), Unread(4, 1))
    found = items((), (opened,))
    assert drawn(found[1]).rstrip() == "▾ Work ∅"
    assert [type(item) for item in found[1:]] == [SectionItem, ChannelItem]


def test_teams_stand_on_top() -> None:
    here, there = TeamItem("a", "Alpha", Unread(3), True), TeamItem("b", "Beta", Unread(0, 2), False)
    assert drawn(here).rstrip() == "● Alpha"
    assert drawn(there).startswith("○ Beta")
    assert drawn(there).endswith(" 2 ")
    assert PAINTER.selectable(here)


def test_someone_not_known_yet_has_a_word() -> None:
    assert "Unknown person" in drawn(row(title="", type="D"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_f49_hostile_names_stay_marks_on_one_line(text: str) -> None:
    section = SidebarSection("k", "custom", text, False, False, (row(title=text).row,))
    for item in items((TeamItem("t", text, Unread(), True),), (section,)):
        for line in PAINTER.paint(item, 26, LOOK):
            assert raw_controls("".join(segment.text for segment in line)) == []
            assert width_of(line) <= 26


def test_a_meeting_that_may_be_going_on_has_a_sign_and_an_age() -> None:
    assert drawn(row(meeting_age=15)).rstrip().endswith("◈ 15m")
    assert drawn(row(meeting_age=0, unread=Unread(3, 2))).endswith("◈ new  2 ")
    assert "◈" not in drawn(row())
