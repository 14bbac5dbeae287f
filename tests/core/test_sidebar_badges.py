from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_sidebar import MUTED, category, data, prefs, sample, some_channels
from tests.support.makers import channel, membership
from tui.core.sidebar import SidebarInput, build
from tui.core.sidebar_badges import with_badges, with_current


def test_a_badge_changes_its_row_alone() -> None:
    before = data([channel("a"), channel("b")])
    sections = build(before)
    grown = data([channel("a", total_msg_count=3), channel("b")])
    after = with_badges(sections, grown, {"a"})
    assert after == build(grown)
    assert after is not None
    assert after[0].rows[1] is sections[0].rows[1]


def test_a_badge_that_moves_rows_asks_for_a_new_sidebar() -> None:
    cats = (category("channels", "a", "b", sorting="recent"),)
    given_ = [channel("a", last_post_at=5), channel("b", last_post_at=1)]
    sections = build(data(given_, categories=cats))
    moved = data([given_[0], channel("b", last_post_at=9, total_msg_count=1)], categories=cats)
    assert with_badges(sections, moved, {"b"}) is None
    muted = data(given_, [membership("a", notify_props=MUTED)], categories=cats)
    assert with_badges(sections, muted, {"a"}) is None
    assert with_badges(sections, moved, {"unknown"}) is None


sortings = st.sampled_from(["", "alpha", "recent", "manual"])


@given(some_channels, sortings, st.booleans(), st.booleans(), st.data())
def test_badges_equal_a_new_sidebar_or_say_none(
    rows: list[tuple[int, str, int, bool]], sorting: str, collapsed: bool, gathered: bool, pick: st.DataObject
) -> None:
    cats = (
        category("custom", "c0", "c1", "c2", sorting=sorting, collapsed=collapsed),
        category("channels", "c3", "c4", sorting=sorting),
        category("direct_messages", sorting="recent"),
    )
    wants = prefs(
        direct_channel_show={f"uc{n}": "true" for n in range(0, 8, 2)},
        sidebar_settings={"show_unread_section": "true" if gathered else "false"},
    )
    ids = [f"c{row[0]}" for row in rows]
    touched = set(pick.draw(st.lists(st.sampled_from(ids), max_size=3))) if ids else set()
    options = {"categories": cats, "preferences": wants, "current": "c1"}
    before, told = sample(rows, {}, **options), sample(rows, dict.fromkeys(touched, 1), **options)
    for old, new in ((before, told), (told, read_in(told, touched))):
        quick = with_badges(build(old), new, touched)
        assert quick is None or quick == build(new)


def read_in(data: SidebarInput, channel_ids: set[str]) -> SidebarInput:
    """After the channels were read."""
    read = {
        one: replace(
            data.memberships.get(one) or membership(one),
            msg_count=data.channels[one].total_msg_count,
            msg_count_root=data.channels[one].total_msg_count_root,
            mention_count=0,
            mention_count_root=0,
        )
        for one in channel_ids
    }
    return replace(data, memberships={**data.memberships, **read})


@given(some_channels, sortings, st.booleans(), st.booleans(), st.integers(0, 7), st.integers(0, 7))
def test_another_open_channel_equals_a_new_sidebar_or_says_none(
    rows: list[tuple[int, str, int, bool]], sorting: str, collapsed: bool, gathered: bool, old: int, new: int
) -> None:
    cats = (
        category("custom", "c0", "c1", "c2", sorting=sorting, collapsed=collapsed),
        category("channels", "c3", "c4", sorting=sorting),
        category("direct_messages", sorting="recent"),
    )
    wants = prefs(
        direct_channel_show={f"uc{n}": "true" for n in range(0, 8, 2)},
        sidebar_settings={"show_unread_section": "true" if gathered else "false"},
    )
    before = build(sample(rows, {}, categories=cats, preferences=wants, current=f"c{old}"))
    after = build(sample(rows, {}, categories=cats, preferences=wants, current=f"c{new}"))
    quick = with_current(before, f"c{old}", f"c{new}")
    assert quick is None or quick == after


def test_switching_between_ordinary_channels_is_quick() -> None:
    sections = build(data([channel("a"), channel("b")], current="a"))
    quick = with_current(sections, "a", "b")
    assert quick is not None
    assert [row.current for row in quick[0].rows] == [False, True]
    assert with_current(sections, "", "b") is not None
    assert with_current(sections, "a", "gone") is None


def test_a_group_among_other_channels_goes_when_it_is_left_or_read() -> None:
    cats = (category("custom", "a", "g"),)
    group = channel("g", type="G", display_name="x, y")
    given_ = [channel("a"), group]
    opened = data(given_, categories=cats, current="g")
    assert with_current(build(opened), "g", "a") is None
    unread = data([channel("a"), replace(group, total_msg_count=1)], categories=cats)
    assert [row.channel_id for row in build(unread)[0].rows] == ["a", "g"]
    assert with_badges(build(unread), data(given_, categories=cats), {"g"}) is None


def test_an_archived_channel_goes_when_it_is_left() -> None:
    sections = build(data([channel("a", delete_at=5), channel("b")], current="a"))
    assert with_current(sections, "a", "b") is None
