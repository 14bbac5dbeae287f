"""Frames as a real 5.37 sent them, and frames nobody should send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core import events
from tui.core.frames import Event, Hello, Reply, Unknown, parse_frame

RECORDED = [
    json.loads(line)
    for line in (Path(__file__).parent / "recordings" / "frames.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


def recorded(name: str, **fields: Any) -> Event:
    """The recorded frame of that event whose data has `fields`."""
    for frame in RECORDED:
        if frame.get("event") == name and all((key in frame["data"]) is kept for key, kept in fields.items()):
            read = parse_frame(json.dumps(frame))
            assert isinstance(read, Event)
            return read
    raise AssertionError(name)


def an_event(name: str, data: Any, **scope: str) -> str:
    return json.dumps({"event": name, "data": data, "broadcast": scope, "seq": 7})


def body(name: str, data: Any, **scope: str) -> events.EventBody:
    read = parse_frame(an_event(name, data, **scope))
    assert isinstance(read, Event)
    return read.body


@pytest.mark.parametrize("frame", RECORDED, ids=lambda frame: frame.get("event", "reply"))
def test_reads_every_recorded_frame(frame: dict[str, Any]) -> None:
    read = parse_frame(json.dumps(frame))
    assert not isinstance(read, Unknown)
    if isinstance(read, Event):
        assert not isinstance(read.body, events.UnknownEvent) or not read.body.reason


def test_unused_events_alone_are_unknown() -> None:
    names = set()
    for frame in RECORDED:
        read = parse_frame(json.dumps(frame))
        if isinstance(read, Event) and isinstance(read.body, events.UnknownEvent):
            names.add(read.body.name)
    assert names == {"memberrole_updated"}


def test_hello_names_the_connection() -> None:
    frame = next(frame for frame in RECORDED if frame.get("event") == "hello")
    read = parse_frame(json.dumps(frame))
    assert read == Hello(0, frame["data"]["connection_id"], "5.37.0..dd0bd349c9849c87e8719b1c0de5bf81.false")


def test_a_failed_ping_keeps_its_status_and_drops_the_text_that_holds_the_token() -> None:
    frame = next(frame for frame in RECORDED if frame.get("status") == "FAIL")
    read = parse_frame(json.dumps(frame))
    assert read == Reply(False, 1, "api.context.invalid_token.error", 401)
    assert "TOKEN" not in repr(read)


def test_posted_carries_its_post_and_mentions() -> None:
    read = recorded("posted").body
    assert isinstance(read, events.Posted)
    assert read.post.id
    assert read.post.channel_id
    mentioned = body("posted", {"post": json.dumps({"id": "p", "channel_id": "c"}), "mentions": '["a","b"]'})
    assert isinstance(mentioned, events.Posted)
    assert mentioned.mentions == {"a", "b"}


def test_the_removed_person_is_not_named() -> None:
    victim = recorded("user_removed", channel_id=True).body
    others = recorded("user_removed", user_id=True).body
    assert isinstance(victim, events.UserRemoved)
    assert isinstance(others, events.UserRemoved)
    assert (victim.user_id, bool(victim.channel_id)) == ("", True)
    assert others.user_id
    assert others.channel_id


def test_ids_that_stand_in_the_scope_are_found() -> None:
    for name in ("typing", "user_added", "direct_added", "group_added"):
        read: Any = recorded(name).body
        assert read.channel_id


def test_user_updated_carries_an_object() -> None:
    read = recorded("user_updated").body
    assert isinstance(read, events.UserUpdated)
    assert read.user.username
    assert read.user.custom_status is not None


def test_a_removed_reaction_has_its_time() -> None:
    read = recorded("reaction_removed").body
    assert isinstance(read, events.ReactionRemoved)
    assert read.reaction.create_at == 0
    assert read.reaction.update_at > 0


def test_post_unread_counts_what_was_read() -> None:
    read = recorded("post_unread").body
    assert isinstance(read, events.PostUnread)
    assert (read.membership.msg_count, read.membership.msg_count_root) == (15, 14)
    assert read.membership.channel_id
    assert read.has_root_counts
    old = body("post_unread", {"msg_count": 3, "post_id": "p"}, channel_id="c")
    assert isinstance(old, events.PostUnread)
    assert not old.has_root_counts


def test_channels_viewed_in_both_dialects() -> None:
    assert body("channel_viewed", {"channel_id": "c"}) == events.ChannelViewed({"c": 0})
    newer = body("multiple_channels_viewed", {"channel_times": {"a": 5, "b": 6}})
    assert newer == events.ChannelViewed({"a": 5, "b": 6})


def test_preferences_may_be_a_null_in_a_string() -> None:
    assert body("preferences_changed", {"preferences": "null"}) == events.PreferencesChanged(())


def test_all_threads_read_has_no_thread() -> None:
    read = body("thread_read_changed", {}, team_id="t")
    assert read == events.ThreadReadChanged("", "t", "", 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("posted", None),
        ("posted", {}),
        ("posted", {"post": "not json"}),
        ("posted", {"post": "[]"}),
        ("posted", {"post": '{"id":""}'}),
        ("reaction_added", {"reaction": "{}"}),
        ("user_updated", {"user": 5}),
        ("post_unread", {"post_id": "p"}),
        ("channel_updated", {"channel": "null"}),
        ("typing", {"user_id": "u"}),
        ("thread_updated", {"thread": "{}"}),
        ("something_new", {"a": 1}),
    ],
)
def test_b22_unreadable_events_still_count_in_the_sequence(name: str, data: Any) -> None:
    read = parse_frame(an_event(name, data))
    assert isinstance(read, Event)
    assert read.seq == 7
    assert isinstance(read.body, events.UnknownEvent)


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", "null", "{}", '{"event":"posted"}', '{"event":"posted","seq":"1"}', "[" * 200_000],
)
def test_b22_frames_that_are_none_are_unknown(text: str) -> None:
    assert isinstance(parse_frame(text), Unknown)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(sorted({frame.get("event", "reply") for frame in RECORDED} | {"hello", "new"}))
keys = st.sampled_from(["post", "reaction", "user", "channel", "thread", "preferences", "channelMember", "x"])


@given(names, st.dictionaries(keys, json_values | json_values.map(json.dumps)) | json_values, json_values)
def test_no_frame_raises(name: str, data: Any, scope: Any) -> None:
    frame = {"event": name, "data": data, "broadcast": scope, "seq": 1}
    assert parse_frame(json.dumps(frame)) is not None


@given(st.text())
def test_no_text_raises(text: str) -> None:
    assert parse_frame(text) is not None


def test_a_form_comes_as_a_text_in_a_text() -> None:
    inner = json.dumps({"url": "https://x.example.org", "dialog": {"title": "T"}})
    frame = parse_frame(
        json.dumps({"event": "open_dialog", "data": {"dialog": inner}, "broadcast": {}, "seq": 3})
    )
    assert isinstance(frame, Event)
    assert isinstance(frame.body, events.DialogOpened)
    assert frame.body.dialog.title == "T"
    odd = parse_frame(json.dumps({"event": "open_dialog", "data": {"dialog": "{}"}, "seq": 4}))
    assert isinstance(odd, Event)
    assert isinstance(odd.body, events.UnknownEvent)


def test_acknowledgements() -> None:
    row = json.dumps({"post_id": "p", "user_id": "u", "acknowledged_at": 7})
    for name, at in (("post_acknowledgement_added", 7), ("post_acknowledgement_removed", 0)):
        frame = parse_frame(json.dumps({"event": name, "data": {"acknowledgement": row}, "seq": 1}))
        assert isinstance(frame, Event)
        assert frame.body == events.PostAcknowledged("p", "u", at)
