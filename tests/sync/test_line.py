from __future__ import annotations

import asyncio

from tests.support.clock import FakeClock
from tui.core.changes import Change, ChangeKind
from tui.core.errors import Offline, Refused, SignedOut
from tui.sync.line import Line


async def test_states_are_published_once_and_keep_their_cause() -> None:
    clock, heard = FakeClock(), list[Change]()
    line = Line(clock, heard.extend)
    line.set("offline", Offline("dns", "no such host"), next_try_at=5, attempt=2)
    state = line.state
    assert (state.kind, state.cause, state.detail, state.attempt) == (
        "offline",
        "tele.offline.dns",
        "no such host",
        2,
    )
    line.set("offline", Offline("dns", "no such host"), next_try_at=5, attempt=2)
    assert [change.kind for change in heard] == [ChangeKind.CONNECTION]
    clock.advance(60)
    line.set("offline", Offline("reset"))
    assert line.state.since == state.since


async def test_waiting_for_the_line() -> None:
    line, told = Line(FakeClock(), lambda _changes: None), []
    line.on_online = lambda: told.append("online")
    waiting = asyncio.create_task(line.wait_online())
    line.set("catching_up")
    await asyncio.sleep(0)
    assert not waiting.done()
    line.set("online")
    await asyncio.wait_for(waiting, 1)
    line.set("online")
    assert told == ["online"]
    assert line.online
    line.set("signed_out")
    assert not line.online


async def test_only_the_end_of_the_session_concerns_all() -> None:
    line = Line(FakeClock(), lambda _changes: None)
    line.report(Refused("x"))
    assert not line.ended.is_set()
    line.report(SignedOut("x"))
    assert line.ended.is_set()
