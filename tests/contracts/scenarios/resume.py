"""Websockets: connecting, protocol errors, resuming (recordings 14–16, 68–70)."""

from __future__ import annotations

import asyncio

from tests.contracts.stage import PATIENCE, Stage


async def bearer(s: Stage) -> None:
    ear = await s.ear("ann")
    await ear.until(1)
    assert ear.heard[0]["seq"] == 0
    await ear.say("ping")
    await s.compare_events()


async def challenge(s: Stage) -> None:
    """Hello comes before the OK."""
    ear = await s.ear("ben", token="")
    await ear.say("authentication_challenge", {"token": s.token("ben")})
    await ear.until(2)
    await ear.say("ping")
    await ear.say("get_statuses")
    ids = [s.id("ann"), s.id("ben"), s.id("dot"), "z" * 26]
    await ear.say("get_statuses_by_ids", {"user_ids": ids})
    await s.compare_events()
    answer = ear.heard[-1]["data"]
    assert (answer[s.id("ben")], answer["z" * 26]) == ("online", "offline")


async def protocol_errors(s: Stage) -> None:
    s.people["x"] = s.people["ann"]
    ear = await s.ear("x")
    await ear.until(1)
    await ear.say("ping", seq=0)
    await ear.say("", seq=3)
    await ear.say("no_such_action", seq=3)
    await ear.say("user_typing", {"channel_id": "bad"}, seq=4)
    await ear.say("authentication_challenge", {"token": "whatever"}, seq=5)
    await ear.say("ping", seq=6)
    await s.compare_events()
    await ear.say("ping", {"x": "y" * 8300}, seq=9)
    await _ended(ear.task)
    assert ear.closed == 1009
    bad = await s.ear("x-bad", token="")
    await bad.say("authentication_challenge", {"token": "z" * 26})
    await _ended(bad.task)
    assert bad.closed == 1006


async def _ended(task: asyncio.Task[None] | None) -> None:
    assert task is not None
    await asyncio.wait_for(task, PATIENCE)


async def resume_ok(s: Stage) -> None:
    """No hello; what was missed is replayed and the numbers go on."""
    s.people["cyd-r"] = s.people["cyd"]
    ear = await s.ear("cyd-r")
    await ear.until(1)
    old = ear.heard[0]["data"]["connection_id"]
    await s.post("ann", "alpha-prime", "live 1")
    await ear.until(2 + s.noise(ear))
    heard, number = ear.heard, ear.heard[-1]["seq"] + 1
    await ear.close()
    await s.post("ann", "alpha-prime", "missed 1")
    await s.post("ann", "alpha-prime", "missed 2")
    again = await s.ear("cyd-r", f"?connection_id={old}&sequence_number={number}")
    await again.until(2)
    await s.post("ann", "alpha-prime", "live 2")
    again.heard[:0] = heard
    await s.compare_events()
    assert [frame["seq"] for frame in again.heard] == list(range(len(again.heard)))


async def resume_lost(s: Stage) -> None:
    """A number the server does not hold: hello with a new id, and on 5.37 everything twice."""
    s.people["cyd-l"] = s.people["cyd"]
    ear = await s.ear("cyd-l")
    await ear.until(1)
    old = ear.heard[0]["data"]["connection_id"]
    first = ear.heard[:1]
    await ear.close()
    await s.post("ann", "alpha-prime", "missed")
    again = await s.ear("cyd-l", f"?connection_id={old}&sequence_number=999")
    await again.until(3)
    assert again.heard[0]["data"]["connection_id"] != old
    await s.post("ann", "alpha-prime", "live after loss")
    again.heard[:0] = first
    await s.compare_events()


async def resume_unknown(s: Stage) -> None:
    s.people["cyd-u"] = s.people["cyd-v"] = s.people["cyd"]
    ear = await s.ear("cyd-u", f"?connection_id={'z' * 26}&sequence_number=7")
    await s.compare_events()
    real = ear.heard[0]["data"]["connection_id"]
    await ear.close()
    without = await s.ear("cyd-v", f"?connection_id={real}")
    await _ended(without.task)
    assert without.closed == 1006


SCENARIOS = {
    "14-ws-connect-bearer": bearer,
    "15-ws-connect-challenge": challenge,
    "16-ws-errors": protocol_errors,
    "68-ws-resume-ok": resume_ok,
    "69-ws-resume-lost": resume_lost,
    "70-ws-resume-unknown": resume_unknown,
}
