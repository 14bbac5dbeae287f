"""Losing the line and getting it back: resume, gap, sign-out, sleep, portals."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.support.quick_clock import QuickClock
from tests.sync.party import Party, a_server, party
from tui.core.errors import BadAnswer, Insecure, Offline, TeleteamError, Throttled

POSTS_CALLS = ("posts", "since", "channels", "memberships")


async def looking_at_town(guest: Party) -> None:
    guest.engine.select_team("t1")
    guest.engine.open_channel("town")
    await guest.settled()
    await guest.eventually(lambda: len(guest.texts("town")) == 5)


async def test_b16_a_short_cut_is_resumed_without_any_request(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        asked = guest.server.count(*POSTS_CALLS)
        guest.server.cut()
        for number in range(20):
            guest.server.say("town", f"while away {number}")
        await guest.eventually(lambda: len(guest.texts("town")) == 25)
        await guest.settled()
        assert guest.same_posts("town")
        await guest.eventually(guest.same_counters)
        assert guest.server.count(*POSTS_CALLS) == asked
        assert guest.server.connects == 2
        assert not any(span.sealed for span in guest.store.intervals.of("town"))


async def test_b16_a_new_process_resumes_too(tmp_path: Path) -> None:
    clock = QuickClock()
    server = a_server(clock)
    first = Party(server, clock, tmp_path / "store")
    first.start()
    await looking_at_town(first)
    await first.settled()
    await first.kill()
    server.cut()
    server.say("town", "while nobody was here")
    asked = server.count()
    async with party(tmp_path, server=server) as second:
        second.engine.open_channel("town")
        await second.eventually(lambda: "while nobody was here" in second.texts("town"))
        await second.settled()
        await second.eventually(second.same_counters)
        assert set(server.requests[asked:]) <= {"view"}


@pytest.mark.parametrize("how", ["jump", "repeat", "backwards", "hello"])
async def test_b19_a_broken_sequence_reconnects_and_catches_up(tmp_path: Path, how: str) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        server = guest.server
        server.say("town", "first")
        [connection] = server.connections.values()
        if how == "hello":
            connection.emit("hello", {"connection_id": "other"})
        else:
            server.say("town", "lost", quiet=True)
            connection.next_seq = {"jump": connection.next_seq + 3, "repeat": 1, "backwards": 0}[how]
        server.say("town", "told")
        await guest.eventually(lambda: server.connects >= 2)
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))
        await guest.eventually(guest.same_counters)


async def test_a_failed_resume_with_two_hellos_ends_on_a_fresh_connection(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        guest.server.cut()
        for number in range(150):
            guest.server.say("town", f"many {number}")
        await guest.eventually(lambda: guest.server.connects >= 3)
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))
        await guest.eventually(guest.same_counters)


async def test_b22_odd_frames_are_skipped_and_the_stream_lives(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                guest.server.emit("posted", {"post": "secret words, not json"}, channel_id="town")
            guest.server.emit("brand_new", {"a": 1})
            guest.server.emit("posted", {})
            [connection] = guest.server.connections.values()
            assert connection.socket is not None
            connection.socket.put("no json at all")
            guest.server.say("town", "after all that")
            await guest.eventually(lambda: guest.texts("town")[-1] == "after all that")
        assert guest.server.connects == 1
        unreadable = [record for record in caplog.records if "unreadable" in record.message]
        assert len(unreadable) == 1
        assert "secret words" not in caplog.text


async def test_b22_a_frame_over_the_cap_is_fetched_instead_and_does_not_loop(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        guest.server.say("town", "x" * 5_000_000)
        await guest.eventually(lambda: len(guest.texts("town")) == 6)
        await guest.settled()
        await guest.clock.sleep(20)
        assert guest.server.connects <= 3
        assert guest.same_posts("town")


async def test_b23_a_revoked_session_is_noticed_on_a_silent_socket(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with party(tmp_path, speed=40) as guest:
        await looking_at_town(guest)
        with caplog.at_level(logging.DEBUG):
            guest.server.token = "secret-token-1"
            guest.api.token = "secret-token-1"
            guest.server.session_dead = True
            begun = guest.clock.monotonic()
            await guest.eventually(lambda: guest.engine.state.kind == "signed_out")
        assert guest.clock.monotonic() - begun < 32
        assert "secret-token" not in caplog.text
        assert "secret-token" not in repr(guest.engine.state)
        assert len(guest.texts("town")) == 5
        guest.server.session_dead = False
        guest.server.token = "new"
        guest.engine.signed_in("me", "new")
        await guest.settled()


async def test_b24_a_server_restart_shows_offline_and_comes_back(tmp_path: Path) -> None:
    async with party(tmp_path, speed=40) as guest:
        await looking_at_town(guest)
        guest.server.down = Offline("reset")
        guest.server.forget_connections()
        await guest.eventually(lambda: guest.engine.state.kind == "offline")
        state = guest.engine.state
        assert state.cause == "tele.offline.reset"
        assert state.next_try_at > state.since > 0
        await guest.eventually(lambda: guest.engine.state.attempt >= 3)
        guest.server.say("town", "after the restart", quiet=True)
        guest.server.down = None
        guest.engine.wake()
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))


async def test_c27_a_stopped_machine_reconnects_at_once_when_it_wakes(tmp_path: Path) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        connects = guest.server.connects
        [connection] = guest.server.connections.values()
        assert connection.socket is not None
        connection.socket.silent = True
        guest.server.say("town", "while asleep")
        guest.clock.jump(600)
        woken = guest.clock.monotonic()
        await guest.eventually(lambda: guest.server.connects > connects)
        assert guest.clock.monotonic() - woken < 8
        await guest.eventually(lambda: "while asleep" in guest.texts("town"))


async def test_c26_a_black_hole_is_noticed(tmp_path: Path) -> None:
    async with party(tmp_path, speed=60) as guest:
        await looking_at_town(guest)
        [connection] = guest.server.connections.values()
        assert connection.socket is not None
        connection.socket.silent = True
        guest.server.say("town", "into the void")
        await guest.eventually(lambda: "into the void" in guest.texts("town"))
        assert guest.same_posts("town")


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [
        (BadAnswer("tele.answer.portal"), "tele.answer.portal"),
        (BadAnswer("tele.answer.redirect"), "tele.answer.redirect"),
        (Offline("proxy", "proxy.example:3128"), "tele.offline.proxy"),
        (Insecure("tele.insecure.certificate", "expired"), "tele.insecure.certificate"),
        (Throttled(5.0), "tele.throttled"),
    ],
)
async def test_c28_every_cause_is_kept_for_the_person_to_see(
    tmp_path: Path, trouble: TeleteamError, cause: str
) -> None:
    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        guest.server.cut()
        guest.server.down = trouble
        await guest.eventually(lambda: guest.engine.state.cause == cause)
        assert guest.engine.state.detail == trouble.detail
        assert len(guest.texts("town")) == 5
        guest.server.down = None
        guest.engine.wake()
        await guest.settled()
        assert guest.engine.state.cause == ""


async def test_c30_a_bad_certificate_is_not_retried_in_a_hurry(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.down = Insecure("tele.insecure.certificate")
        guest.start()
        await guest.eventually(lambda: guest.engine.state.kind == "offline")
        state = guest.engine.state
        assert state.next_try_at - guest.clock.now() > 20_000


async def test_a_wrong_token_at_the_start_is_signed_out(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.token = "changed"
        guest.start()
        await guest.eventually(lambda: guest.engine.state.kind == "signed_out")
        assert guest.engine.state.cause == "api.context.session_expired.app_error"


async def test_another_persons_account_behind_the_token_is_refused(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.users["me"] = guest.server.users["bob"]
        guest.start()
        await guest.eventually(lambda: guest.engine.state.cause == "tele.signin.other_user")
        assert guest.engine.state.kind == "signed_out"


async def test_a_catch_up_that_breaks_is_begun_again(tmp_path: Path) -> None:
    async with party(tmp_path, start=False) as guest:
        guest.server.fail("memberships", Offline("timeout"), Offline("reset"))
        guest.engine.open_channel("town")
        guest.start()
        await guest.settled()
        await guest.eventually(guest.same_counters)
        assert guest.server.connects == 3


async def test_a_writer_that_stumbles_leads_to_a_fresh_start_not_to_a_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.core import events
    from tui.sync import apply

    stumbled: list[object] = []

    def stumble(_batch: object, event: object) -> None:
        if not stumbled:
            stumbled.append(event)
            raise KeyError("unforeseen")

    async with party(tmp_path) as guest:
        await looking_at_town(guest)
        monkeypatch.setitem(apply.WRITERS, events.ReactionAdded, stumble)
        post = next(iter(guest.server.alive("town")))
        guest.server.react(post, "tada")
        await guest.eventually(lambda: guest.server.connects == 2)
        await guest.settled()
        await guest.eventually(lambda: guest.same_posts("town"))


async def test_typing_reaches_the_server_as_often_as_it_wants(tmp_path: Path) -> None:
    from tui.core.models import Target

    async with party(tmp_path) as guest:
        await guest.online()
        for _ in range(5):
            guest.engine.send_typing(Target("town", "root"))
        await guest.eventually(lambda: guest.server.typed)
        await guest.clock.sleep(2)
        assert guest.server.typed == [{"channel_id": "town", "parent_id": "root"}]
