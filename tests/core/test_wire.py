"""The shapes come from recordings of a real 5.37; what is odd in them is what a hostile server may send."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_fields import json_values
from tui.core import wire
from tui.core.errors import BadAnswer

SINGULAR: list[Callable[[object], object]] = [
    wire.user,
    wire.status,
    wire.preference,
    wire.team,
    wire.channel,
    wire.membership,
    wire.category,
    wire.categories,
    wire.viewed_times,
    wire.post,
    wire.post_page,
    wire.thread_page,
    wire.reaction,
    wire.file_info,
    wire.file_infos,
    wire.thread,
    wire.threads,
    wire.config,
    wire.group_users,
]
PLURAL: list[Callable[[object], object]] = [
    wire.users,
    wire.statuses,
    wire.preferences,
    wire.teams,
    wire.team_unreads,
    wire.channels,
    wire.memberships,
    wire.commands,
    wire.plugin_ids,
]
KEYS = [
    "id",
    "posts",
    "order",
    "props",
    "metadata",
    "participants",
    "files",
    "reactions",
    "timezone",
    "customStatus",
    "create_at",
    "categories",
    "channel_ids",
    "notify_props",
    "threads",
    "post",
    "last_viewed_at_times",
    "file_infos",
]
odd_objects = st.dictionaries(st.sampled_from(KEYS), json_values, max_size=8)


@pytest.mark.parametrize("make", SINGULAR, ids=lambda make: make.__name__)
@settings(max_examples=25)
@given(odd=odd_objects)
def test_no_object_raises(make: Callable[[object], object], odd: dict[str, object]) -> None:
    make(odd)


@pytest.mark.parametrize("make", PLURAL, ids=lambda make: make.__name__)
@settings(max_examples=25)
@given(odd=st.lists(json_values | odd_objects, max_size=4))
def test_no_list_raises(make: Callable[[object], object], odd: list[object]) -> None:
    make(odd)


@pytest.mark.parametrize("make", SINGULAR, ids=lambda make: make.__name__)
@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_anything_but_an_object_is_a_bad_answer(make: Callable[[object], object], value: object) -> None:
    with pytest.raises(BadAnswer) as caught:
        make(value)
    assert caught.value.id == "tele.answer.shape"


@pytest.mark.parametrize("make", PLURAL, ids=lambda make: make.__name__)
def test_null_is_an_empty_list_and_an_object_is_none(make: Callable[[object], object]) -> None:
    assert make(None) == []
    with pytest.raises(BadAnswer):
        make({})


def test_categories_come_in_the_order_named() -> None:
    found = wire.categories(
        {
            "categories": [
                {"id": "channels_u_t", "team_id": "t", "type": "channels", "channel_ids": ["a", None, "b"]},
                {"id": "unnamed", "team_id": "t", "type": "custom", "channel_ids": None},
                {"id": "favorites_u_t", "team_id": "t", "type": "favorites", "collapsed": True},
                {"team_id": "t"},
            ],
            "order": ["favorites_u_t", "channels_u_t"],
        }
    )
    assert [row.id for row in found.categories] == ["favorites_u_t", "channels_u_t", "unnamed"]
    assert found.team_id == "t"
    assert found.categories[0].collapsed
    assert found.categories[1].channel_ids == ("a", "b")


def test_channel_and_membership() -> None:
    channel = wire.channel(
        {"id": "c", "type": "D", "name": "a__b", "display_name": "", "team_id": "", "total_msg_count": 7}
    )
    assert (channel.type, channel.team_id, channel.total_msg_count) == ("D", "", 7)
    member = wire.membership(
        {
            "channel_id": "c",
            "user_id": "u",
            "msg_count": 5,
            "notify_props": {"mark_unread": "all", "x": 1},
        }
    )
    assert member.msg_count == 5
    assert dict(member.notify_props) == {"mark_unread": "all"}


def test_config_leaves_out_foreign_secrets() -> None:
    config = wire.config({"Version": "5.37.0", "GfycatApiSecret": "x", "GfycatApiKey": "y", "Odd": 3})
    assert dict(config.values) == {"Version": "5.37.0"}


def test_team_unreads_and_commands() -> None:
    unreads = wire.team_unreads([{"team_id": "t", "msg_count": 3, "mention_count": 1}, {"msg_count": 3}])
    assert [(row.team_id, row.msg_count, row.mention_count, row.thread_count) for row in unreads] == [
        ("t", 3, 1, 0)
    ]
    commands = wire.commands(
        [{"trigger": "msg", "auto_complete_hint": "@[username] 'message'", "auto_complete_desc": "Send"}, {}]
    )
    assert [(row.trigger, row.hint) for row in commands] == [("msg", "@[username] 'message'")]


def test_view_answer() -> None:
    assert wire.viewed_times({"status": "OK", "last_viewed_at_times": {"c": 17}}) == {"c": 17}
    assert wire.viewed_times({"status": "OK"}) == {}
