"""Who is told of what."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.makers import ME, MINUTE, NOON, membership, post, user
from tui.core.events import Posted
from tui.core.models import Thread
from tui.core.notify_rules import (
    calls_me,
    in_sight,
    is_fresh,
    topic_calls_me,
    wants_replies,
    wants_to_know,
    wished,
)

NAMED = frozenset({ME, "ben"})


@pytest.mark.parametrize(
    ("mentions", "type_", "wanted"),
    [
        (NAMED, "O", True),
        (NAMED, "", True),
        (frozenset(), "D", True),
        (frozenset(), "G", True),
        (frozenset(), "O", False),
        (frozenset({"ben"}), "P", False),
    ],
)
def test_mentions_and_personal_channels(mentions: frozenset[str], type_: str, wanted: bool) -> None:
    assert calls_me(Posted(post("p"), mentions, channel_type=type_), ME) is wanted


def test_only_the_event_tells_of_a_mention() -> None:
    assert not calls_me(Posted(post("p", message="@me look"), channel_type="O"), ME)


def test_my_own_the_systems_and_deleted_posts_do_not_call() -> None:
    def called(**fields: Any) -> bool:
        return calls_me(Posted(post("p", **fields), NAMED, channel_type="D"), ME)

    assert not called(user_id=ME)
    assert called(user_id=ME, props={"from_webhook": "true"})
    assert not called(type="system_add_to_channel")
    assert called(type="custom_jitsi")
    assert not called(delete_at=NOON)
    assert not called(original_id="older")


def test_mute_and_desktop_none_are_silent() -> None:
    def wants(*, mine: str = "mention", status: str = "online", **props: str) -> bool:
        return wants_to_know(
            membership(notify_props=props), user(notify_props={"desktop": mine}), status=status
        )

    assert wants()
    assert not wants(mark_unread="mention")
    assert wants(mark_unread="all")
    assert not wants(desktop="none")
    assert not wants(desktop="default", mine="none")
    assert wants(desktop="mention", mine="none")
    assert [wants(status=s) for s in ("online", "away", "offline", "", "dnd", "ooo")] == [
        *[True] * 4,
        False,
        False,
    ]


def test_a_channel_and_a_person_not_known_yet() -> None:
    assert wants_to_know(None, None, "")
    assert not wants_to_know(None, None, "dnd")


def test_replayed_history_is_not_fresh() -> None:
    assert is_fresh(post("p", NOON), NOON + MINUTE)
    assert not is_fresh(post("p", NOON), NOON + 3 * MINUTE)


def test_in_sight_means_open_and_somebody_there() -> None:
    assert in_sight("c1", "c1", 59.0)
    assert not in_sight("c1", "c1", 60.0)
    assert not in_sight("c1", "c2", 0.0)


@pytest.mark.parametrize(
    ("type_", "topic", "called"),
    [
        ("custom_jitsi", "Jour fixe @anna", True),
        ("custom_jitsi", "@Anna.", True),
        ("custom_jitsi", "@all: now", True),
        ("custom_jitsi", "mail@anna @annabel", False),
        ("custom_jitsi", "@", False),
        ("custom_jitsi", 7, False),
        ("custom_jitsi", ["@anna"], False),
        ("", "@anna", False),
    ],
)
def test_a_topic_that_names_me_calls_me(type_: str, topic: object, called: bool) -> None:
    made = post("m", 1, type=type_, props={"meeting_topic": topic})
    assert topic_calls_me(made, "anna") is called
    assert not topic_calls_me(post("m", 1, type="custom_jitsi", props={"meeting_topic": "@ x"}), "")


def test_the_channels_wish_goes_before_mine() -> None:
    mine = user(notify_props={"desktop": "all"})
    assert wished(None, None) == "mention"
    assert wished(membership(), mine) == "all"
    assert wished(membership(notify_props={"desktop": "mention"}), mine) == "mention"
    assert wished(membership(notify_props={"desktop": "default"}), mine) == "all"


def test_replies_in_threads_that_i_follow() -> None:
    followed, left = Thread("r", "t1", "c1"), Thread("r", "t1", "c1", is_following=False)
    assert wants_replies(followed, None)
    assert not wants_replies(left, None)
    assert not wants_replies(None, None)
    assert not wants_replies(followed, user(notify_props={"desktop_threads": "mention"}))
