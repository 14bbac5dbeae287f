from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.makers import ME, NOON, channel, membership, post
from tests.support.mattermost_recordings import bodies, events, steps
from tui.core import wire
from tui.core.models import Post, Preference, ServerConfig
from tui.core.preferences import Preferences
from tui.core.unread import (
    UNCOUNTED_TYPES,
    Unread,
    after_posted,
    after_viewed,
    count,
    crt_enabled,
    is_muted,
)

BEN = "8rkrmkehibbczk7wptp9gdp4nr"
ALPHA = "xiby8w43r3ymumsoiqy51hhtuc"
MUTED = {"mark_unread": "mention"}


def test_counts_follow_the_thread_mode() -> None:
    c = channel(total_msg_count=10, total_msg_count_root=6)
    m = membership(msg_count=7, msg_count_root=5, mention_count=2, mention_count_root=1)
    assert count(c, m, crt=False) == Unread(3, 2)
    assert count(c, m, crt=True) == Unread(1, 1)


def test_counts_are_never_negative_and_nothing_where_i_am_no_member() -> None:
    assert count(channel(total_msg_count=1), membership(msg_count=5, mention_count=-1), crt=False) == Unread(
        0, 0
    )
    assert count(channel(total_msg_count=9), None, crt=False) == Unread()


def test_muted_channels_call_for_mentions_only() -> None:
    m = membership(notify_props=MUTED)
    assert is_muted(m)
    assert not count(channel(total_msg_count=3), m, crt=False).bold
    assert count(channel(), replace(m, mention_count=1), crt=False).bold
    assert Unread(1, 0).bold
    assert not Unread(0, 0).bold
    assert not is_muted(None)


@pytest.mark.parametrize(
    ("mode", "flag", "mine", "wanted"),
    [
        ("disabled", "true", "on", False),
        ("", "true", "on", False),
        (None, "true", "on", False),
        ("default_off", "true", None, False),
        ("default_off", "true", "on", True),
        ("default_on", "true", None, True),
        ("default_on", "true", "off", False),
        ("always_on", "true", "off", True),
        ("always_on", "false", "on", False),
        ("default_on", None, None, True),
    ],
)
def test_collapsed_threads(mode: str | None, flag: str | None, mine: str | None, wanted: bool) -> None:
    values = {"CollapsedThreads": mode, "FeatureFlagCollapsedThreads": flag}
    config = ServerConfig({key: value for key, value in values.items() if value is not None})
    rows = [] if mine is None else [Preference("display_settings", "collapsed_reply_threads", mine)]
    assert crt_enabled(config, Preferences.of(rows)) is wanted


def test_a_post_of_somebody_else_counts() -> None:
    c, m = after_posted(channel(), membership(), post("p"), mentioned=True, me=ME)
    assert count(c, m, crt=False) == count(c, m, crt=True) == Unread(1, 1)
    assert c.last_post_at == c.last_root_post_at == NOON


def test_a_reply_counts_outside_of_threads_only() -> None:
    c, m = after_posted(channel(), membership(), post("p", root_id="r"), mentioned=True, me=ME)
    assert count(c, m, crt=False) == Unread(1, 1)
    assert count(c, m, crt=True) == Unread(0, 0)
    assert c.last_root_post_at == 0


@pytest.mark.parametrize("kind", sorted(UNCOUNTED_TYPES))
def test_join_and_leave_raise_the_time_but_not_the_count(kind: str) -> None:
    c, m = after_posted(channel(), membership(), post("p", type=kind), mentioned=False, me=ME)
    assert count(c, m, crt=False) == Unread(0, 0)
    assert c.last_post_at == NOON


def test_being_added_is_a_mention_without_a_message() -> None:
    c, m = after_posted(
        channel(), membership(), post("p", type="system_add_to_channel"), mentioned=True, me=ME
    )
    assert count(c, m, crt=False) == Unread(0, 1)


def test_changes_of_the_header_count() -> None:
    c, m = after_posted(
        channel(), membership(), post("p", type="system_header_change"), mentioned=False, me=ME
    )
    assert count(c, m, crt=False) == Unread(1, 0)


def test_my_own_post_reads_the_channel() -> None:
    c = channel(total_msg_count=4, total_msg_count_root=4)
    c, m = after_posted(c, membership(mention_count=2), post("p", user_id=ME), mentioned=False, me=ME)
    assert count(c, m, crt=False) == count(c, m, crt=True) == Unread(0, 0)
    assert m.last_viewed_at == NOON


def test_my_own_post_does_not_read_what_i_marked_unread() -> None:
    c = channel(total_msg_count=4, total_msg_count_root=4)
    m = membership(msg_count=2, msg_count_root=2, mention_count=1, manually_unread=True)
    c, m = after_posted(c, m, post("p", user_id=ME), mentioned=False, me=ME)
    assert count(c, m, crt=False) == Unread(2, 1)


@pytest.mark.parametrize("fields", [{"type": "system_join_team"}, {"props": {"from_webhook": "true"}}])
def test_the_system_and_webhooks_do_not_read_in_my_name(fields: dict[str, Any]) -> None:
    c = channel(total_msg_count=4)
    c, m = after_posted(c, membership(), post("p", user_id=ME, **fields), mentioned=False, me=ME)
    assert count(c, m, crt=False).messages >= 4


posts = st.builds(
    lambda ident, root, kind, mine: post(ident, root_id=root, type=kind, user_id=ME if mine else "anna"),
    st.text("abc", min_size=1, max_size=3),
    st.sampled_from(["", "r"]),
    st.sampled_from(["", "system_join_channel", "system_header_change"]),
    st.booleans(),
)


@given(st.lists(st.tuples(posts, st.booleans()), max_size=20))
def test_counts_stay_in_bounds_and_viewing_clears_them(history: list[tuple[Post, bool]]) -> None:
    c, m = channel(), membership()
    for p, mentioned in history:
        c, m = after_posted(c, m, p, mentioned, ME)
        for crt in (False, True):
            unread = count(c, m, crt)
            assert 0 <= unread.messages <= len(history)
            assert 0 <= unread.mentions <= len(history)
    read = after_viewed(c, m, c.last_post_at)
    assert not count(c, read, crt=False).bold
    assert not count(c, read, crt=True).bold


def test_recorded_view_is_what_after_viewed_says() -> None:
    before, after = (wire.membership(d) for d in bodies("40-mark-viewed", "GET", "/members/me"))
    seen = next(s for s in steps("40-mark-viewed") if s["kind"] == "http" and s["path"].endswith("/view"))
    at = seen["body"]["last_viewed_at_times"][ALPHA]
    total = channel(ALPHA, total_msg_count=after.msg_count, total_msg_count_root=after.msg_count_root)
    assert after_viewed(total, before, at).msg_count == after.msg_count
    assert after_viewed(total, before, at).last_viewed_at == after.last_viewed_at
    assert count(total, after, crt=False) == Unread()


def test_recorded_mark_unread_counts_what_was_read() -> None:
    row = wire.membership(bodies("41-mark-unread", "GET", "/members/me")[0])
    told = bodies("41-mark-unread", "GET", f"{ALPHA}/unread")[0]
    total = channel(ALPHA, total_msg_count=row.msg_count + told["msg_count"])
    assert count(total, row, crt=False) == Unread(told["msg_count"], told["mention_count"])
    assert told["msg_count"] == 2


def test_recorded_muted_channel_still_counts_mentions() -> None:
    heard = events("42-notify-props-mute", "ben", "posted")
    row = wire.membership(json.loads(_first_frame("channel_member_updated")["channelMember"]))
    c = channel(ALPHA, total_msg_count=row.msg_count, total_msg_count_root=row.msg_count_root)
    m = row
    for event in heard:
        c, m = after_posted(c, m, event.post, BEN in event.mentions, BEN)
    told = wire.membership(bodies("42-notify-props-mute", "GET", "/members/me")[0])
    assert count(c, m, crt=False) == Unread(2, told.mention_count, muted=True)
    assert told.mention_count == row.mention_count + 1


def _first_frame(kind: str) -> dict[str, str]:
    data: dict[str, str] = next(
        s["frame"]["data"]
        for s in steps("42-notify-props-mute")
        if s["kind"] == "ws" and s["frame"].get("event") == kind
    )
    return data


def test_recorded_direct_message_is_a_mention_and_group_message_is_not() -> None:
    dm = events("26-dm-create", "ben", "posted")[0]
    assert BEN in dm.mentions
    gm = events("27-gm-create", "cyd", "posted")[0]
    _c, m = after_posted(channel(), membership(), gm.post, ME in gm.mentions, ME)
    assert m.mention_count == 0
