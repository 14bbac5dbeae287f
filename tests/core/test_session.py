"""The socket's state machine: no event is skipped, doubled or reordered without being told."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tui.core.connection import ConnectionState
from tui.core.events import UnknownEvent
from tui.core.frames import Event, Hello, Reply, Unknown
from tui.core.session import (
    CHECK_EVERY,
    HELLO_LIMIT,
    SILENCE_LIMIT,
    Answered,
    Deliver,
    Gap,
    Output,
    Reconnect,
    Resumed,
    Send,
    Session,
    SessionEnded,
)


def event(seq: int) -> Event:
    return Event(seq, UnknownEvent("e"))


def opened(connection_id: str = "", next_seq: int = 0, now: float = 0.0) -> Session:
    session, outputs = Session(connection_id, next_seq).opened(now)
    assert [type(output) for output in outputs] == [Send]
    return session


def live(now: float = 0.0) -> Session:
    session, outputs = opened(now=now).received(Hello(0, "c1"), now)
    assert outputs == (Gap("c1"),)
    session, _ = session.received(Reply(True, 1), now)
    return session


def test_a_fresh_connection_is_a_gap() -> None:
    session = live()
    assert (session.connection_id, session.next_seq, session.phase) == ("c1", 1, "live")


def test_events_are_delivered_in_their_order() -> None:
    session, outputs = live().received(event(1), 1)
    assert outputs == (Deliver(event(1)),)
    assert session.next_seq == 2


def test_b16_a_resume_needs_no_hello() -> None:
    session, outputs = opened("c1", 7).received(event(7), 1)
    assert outputs == (Resumed(), Deliver(event(7)))
    assert session.connection_id == "c1"


def test_b16_a_silent_resume_is_proved_by_the_ping() -> None:
    _, outputs = opened("c1", 7).received(Reply(True, 1), 1)
    assert outputs == (Resumed(),)


def test_a_resume_that_failed_is_a_gap_under_a_new_id() -> None:
    session, outputs = opened("c1", 7).received(Hello(0, "c2"), 1)
    assert outputs == (Gap("c2"),)
    assert (session.connection_id, session.next_seq) == ("c2", 1)


def test_b19_a_second_hello_ends_the_connection() -> None:
    _, outputs = live().received(Hello(0, "c2"), 1)
    assert outputs == (Reconnect("hello", fresh=True),)


def test_b19_jump_repeat_and_backwards_end_the_connection() -> None:
    session, _ = live().received(event(1), 1)
    for seq in (1, 0, -1, 3, 99):
        _, outputs = session.received(event(seq), 2)
        assert outputs == (Reconnect("sequence", fresh=True),)


def test_a_resume_at_the_wrong_number_ends_the_connection() -> None:
    _, outputs = opened("c1", 7).received(event(0), 1)
    assert outputs == (Reconnect("sequence", fresh=True),)


def test_nothing_comes_out_of_a_connection_that_is_over() -> None:
    session, _ = live().received(event(5), 1)
    assert session.received(event(1), 2) == (session, ())
    assert session.ticked(1000) == (session, ())


def test_b23_a_dead_session_is_noticed_within_thirty_seconds() -> None:
    session = live(now=100)
    sent_at = 0.0
    for second in range(1, 31):
        session, outputs = session.received(event(second), 100 + second)
        session, pings = session.ticked(100 + second)
        if pings:
            sent_at = second
            break
    assert 0 < sent_at < 29
    number = session.check_seq
    session, outputs = session.received(Reply(False, number, "api.context.invalid_token.error", 401), 130)
    assert outputs == (SessionEnded(),)


def test_a_ping_is_sent_often_enough_and_not_more() -> None:
    session = live()
    session, outputs = session.ticked(CHECK_EVERY - 1)
    assert outputs == ()
    session, outputs = session.ticked(CHECK_EVERY)
    assert [json.loads(output.text) for output in outputs if isinstance(output, Send)] == [
        {"seq": 2, "action": "user_update_active_status", "data": {"user_is_active": False}}
    ]
    session, _ = session.received(Reply(True, 2), CHECK_EVERY + 1)
    assert session.check_seq == 0


def test_c26_silence_after_a_ping_ends_the_connection() -> None:
    session, _ = live().ticked(CHECK_EVERY)
    _, outputs = session.ticked(CHECK_EVERY + SILENCE_LIMIT)
    assert outputs == (Reconnect("silence", fresh=False),)


def test_a_late_pong_behind_other_frames_is_no_loss() -> None:
    session, _ = live().ticked(CHECK_EVERY)
    session, _ = session.received(event(1), CHECK_EVERY + SILENCE_LIMIT - 1)
    session, outputs = session.ticked(CHECK_EVERY + SILENCE_LIMIT + 5)
    assert not any(isinstance(output, Reconnect) for output in outputs)


def test_a_socket_that_says_nothing_at_all_is_given_up() -> None:
    _, outputs = opened().ticked(HELLO_LIMIT)
    assert outputs == (Reconnect("silence", fresh=False),)


def test_other_replies_and_unknown_frames_change_nothing() -> None:
    session = live()
    refused = Reply(False, 99, "x", 400)
    assert session.received(refused, 0) == (session, (Answered(refused),))
    for frame in (Reply(True, 0), Unknown("json")):
        assert session.received(frame, 0) == (session, ())


def test_the_session_is_checked_as_often_as_the_profile_says() -> None:
    session = replace(live(), check_every=115.0)
    assert session.ticked(114)[1] == ()
    assert len(session.ticked(115)[1]) == 1


def test_a_gap_says_which_server_and_configuration_it_is() -> None:
    _, outputs = opened().received(Hello(0, "c1", "5.37.0..abc.false"), 0)
    assert outputs == (Gap("c1", "5.37.0..abc.false"),)


def test_requests_are_numbered_together_with_pings() -> None:
    session, text = live().request("user_typing", {"channel_id": "c"})
    assert json.loads(text) == {"seq": 2, "action": "user_typing", "data": {"channel_id": "c"}}
    _, outputs = session.ticked(CHECK_EVERY)
    assert [json.loads(output.text)["seq"] for output in outputs if isinstance(output, Send)] == [3]


def test_connection_state_is_live_where_answers_may_come() -> None:
    assert [ConnectionState(kind).live for kind in ("online", "catching_up", "offline", "signed_out")] == [
        True,
        True,
        False,
        False,
    ]


frames = st.one_of(
    st.integers(-1, 8).map(event),
    st.builds(Hello, st.just(0), st.sampled_from(["c1", "c2", ""])),
    st.builds(Reply, st.booleans(), st.integers(0, 4), st.just(""), st.sampled_from([0, 400, 401])),
    st.builds(Unknown, st.just("json")),
)


@given(st.sampled_from([("", 0), ("c1", 3)]), st.lists(frames, max_size=30), st.lists(st.floats(0, 30)))
def test_b19_what_is_delivered_is_gapless_from_where_it_was_said_to_begin(
    resume: tuple[str, int], heard: list[Event | Hello | Reply | Unknown], pauses: list[float]
) -> None:
    session = opened(*resume)
    outputs: list[Output] = []
    now = 0.0
    for number, frame in enumerate(heard):
        session, some = session.received(frame, now)
        outputs += some
        now += pauses[number % len(pauses)] if pauses else 1
        session, some = session.ticked(now)
        outputs += some
    delivered = [output.event.seq for output in outputs if isinstance(output, Deliver)]
    begun = [output for output in outputs if isinstance(output, Resumed | Gap)]
    if delivered:
        first = resume[1] if isinstance(begun[0], Resumed) else 1
        assert delivered == list(range(first, first + len(delivered)))
        assert outputs.index(begun[0]) < next(
            index for index, output in enumerate(outputs) if isinstance(output, Deliver)
        )
    assert len(begun) <= 1
    ends = [index for index, output in enumerate(outputs) if isinstance(output, Reconnect | SessionEnded)]
    assert len(ends) <= 1
    assert not ends or ends[0] == len(outputs) - 1
