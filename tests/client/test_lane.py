from __future__ import annotations

import threading
from concurrent.futures import CancelledError, Future
from typing import cast

import pytest

from tests.client.desk import NotingEngine, ScriptedApi
from tests.support.waiting import wait_until
from tui.client.lane import NetLane, Wires
from tui.core.changes import Change, ChangeKind
from tui.core.errors import Insecure, Offline
from tui.core.ports import ServerApi
from tui.sync.engine import Engine


class Rig:
    def __init__(self, trouble: Exception | None = None, offline: bool = False) -> None:
        self.trouble = trouble
        self.api = ScriptedApi(fetch_member_count=7)
        self.engine: NotingEngine | None = None
        self.threads: list[str] = []
        self.heard: list[Change] = []
        self.lane = NetLane(self.wire, offline=offline, publish=self.heard.extend)

    def wire(self) -> Wires:
        self.threads.append(threading.current_thread().name)
        if self.trouble is not None:
            raise self.trouble
        self.engine = NotingEngine()
        return Wires(cast(ServerApi, self.api), cast(Engine, self.engine))

    def load(self, channel_id: str) -> None:
        self.lane.tell(lambda engine: engine.load_older(channel_id))

    def ask(self) -> Future[int]:
        return self.lane.ask(lambda api: api.fetch_member_count("c"))


def test_what_was_told_early_comes_first_and_in_order() -> None:
    rig = Rig()
    for n in range(5):
        rig.load(str(n))
    early = rig.ask()
    assert rig.lane.state().kind == "connecting"
    rig.lane.start()
    rig.lane.start()
    assert early.result(10) == 7
    assert rig.engine is not None
    assert rig.engine.calls("load_older") == [(str(n),) for n in range(5)]
    assert rig.threads == ["teleteam-net"]
    assert rig.lane.state().kind == "online"
    rig.lane.close()
    assert rig.lane.state().kind == "stopped"


def test_offline_mode_fails_questions_at_once_and_never_starts() -> None:
    rig = Rig(offline=True)
    rig.lane.start()
    rig.lane.tell(lambda engine: engine.wake())
    with pytest.raises(Offline):
        rig.ask().result(1)
    assert rig.threads == []
    assert rig.lane.offline


def test_questions_of_a_lane_that_was_never_started_fail_when_it_closes() -> None:
    rig = Rig()
    asked = rig.ask()
    rig.lane.close()
    with pytest.raises(Offline):
        asked.result(1)


def test_wires_that_cannot_be_made_become_a_state_with_its_cause() -> None:
    rig = Rig(trouble=Insecure("tele.insecure.http"))
    asked = rig.ask()
    rig.lane.start()
    with pytest.raises(Offline):
        asked.result(10)
    wait_until(lambda: rig.heard)
    assert (rig.lane.state().kind, rig.lane.state().cause) == ("stopped", "tele.insecure.http")
    assert rig.heard == [Change(ChangeKind.CONNECTION)]
    with pytest.raises(Offline):
        rig.ask().result(1)


def test_an_unforeseen_failure_is_told_by_its_kind_alone() -> None:
    rig = Rig(trouble=ValueError("secret"))
    rig.lane.start()
    wait_until(lambda: rig.heard)
    assert (rig.lane.state().cause, rig.lane.state().detail) == ("tele.lane.failed", "ValueError")


def test_answers_and_failures_come_through() -> None:
    rig = Rig()
    rig.lane.start()
    assert rig.ask().result(10) == 7
    rig.api.answers["fetch_member_count"] = Offline("dns")
    with pytest.raises(Offline) as caught:
        rig.ask().result(10)
    assert caught.value.cause == "dns"
    rig.lane.close()
    with pytest.raises(Offline):
        rig.ask().result(10)


def test_a_cancelled_question_is_not_answered() -> None:
    rig = Rig()
    asked = rig.ask()
    assert asked.cancel()
    rig.lane.start()
    wait_until(lambda: rig.lane.wires)
    with pytest.raises(CancelledError):
        asked.result(1)
    rig.lane.close()
