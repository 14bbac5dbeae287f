"""A client over a real store in a directory, with an engine that only notes what it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

from tests.support.clock import FakeClock
from tests.support.makers import ME, channel, membership, user
from tests.support.waiting import wait_until
from tui.client.client import Client
from tui.client.hub import Hub
from tui.client.lane import NetLane, Wires
from tui.core.connection import ConnectionState
from tui.core.dialogs import IntegrationDialog
from tui.core.errors import Refused
from tui.core.models import Post, ServerConfig, Team
from tui.core.ports import ServerApi, Traffic
from tui.settings.accounts import Account
from tui.settings.config import Config, Syncthing
from tui.store import Store, Tx
from tui.sync.engine import Engine
from tui.sync.lane import Lane

T = TypeVar("T")
ACCOUNT = Account("home", "https://chat.example.org/mm", ME, "me")


class NotingEngine:
    """Every verb that has no result is noted as (name, arguments)."""

    def __init__(self) -> None:
        self.told: list[tuple[str, tuple[Any, ...]]] = []
        self.state = ConnectionState("online")
        self.typists: tuple[str, ...] = ()
        self.whispers: tuple[Post, ...] = ()
        self.busy = False
        self.reached: str | Exception = Refused("app.post.get.app_error")
        self.dialog: IntegrationDialog | None = None
        self._lane = Lane()
        self._stopped = asyncio.Event()

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args: self.told.append((name, args))

    def calls(self, name: str) -> list[tuple[Any, ...]]:
        return [args for told, args in self.told if told == name]

    async def show_post(self, post_id: str) -> str:
        self.told.append(("show_post", (post_id,)))
        if isinstance(self.reached, Exception):
            raise self.reached
        return self.reached

    def take_dialog(self) -> IntegrationDialog | None:
        waiting, self.dialog = self.dialog, None
        return waiting

    def typing(self, _channel_id: str, _root_id: str = "") -> tuple[str, ...]:
        return self.typists

    def ephemerals(self, _channel_id: str) -> tuple[Post, ...]:
        return self.whispers

    def loading(self, _channel_id: str) -> bool:
        return self.busy

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        return self._lane.submit(work)

    async def run(self) -> None:
        self._lane.start()
        await self._stopped.wait()
        self._lane.end()

    def stop(self) -> None:
        self._lane.post(self._stopped.set)


class ScriptedApi:
    """Answers what a test scripts by method name: a value, or an exception to raise. Calls are noted."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.moving: dict[str, tuple[int, int]] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def call(*args: Any, **_options: Any) -> Any:
            self.asked.append((name, args))
            answer = self.answers.get(name)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call

    def calls(self, name: str) -> list[tuple[Any, ...]]:
        return [args for asked, args in self.asked if asked == name]

    def traffic(self) -> Traffic:
        return Traffic(http_down=7)

    def uploads(self) -> dict[str, tuple[int, int]]:
        return self.moving

    def forget_download(self, *args: Any) -> None:
        self.asked.append(("forget_download", args))

    async def close(self) -> None:
        return None


class Desk:
    """The client and everything a test looks at."""

    def __init__(self, directory: Path, *, config: Config | None = None, offline: bool = False) -> None:
        self.clock = FakeClock()
        self.store = Store.open(directory, clock=self.clock)
        self.api = ScriptedApi()
        self.engine = NotingEngine()
        hub = Hub()
        self.lane = NetLane(
            lambda: Wires(cast(ServerApi, self.api), cast(Engine, self.engine)),
            offline=offline,
            publish=hub.announce,
        )
        settings = replace(config or Config(), syncthing=Syncthing(enabled=False))
        self.client = Client(ACCOUNT, self.store, config=settings, clock=self.clock, hub=hub, lane=self.lane)
        self.heard: list[Any] = []
        self.client.subscribe(self.heard.extend)

    def online(self) -> Desk:
        self.client.start()
        wait_until(lambda: self.lane.wires)
        return self

    def put(self, *works: Callable[[Tx], object]) -> None:
        """Writes into the cache, and waits for it."""
        for work in works:
            self.store.write(work).result(10)

    def kinds(self) -> list[str]:
        return [str(change.kind) for change in self.heard]


def furnish(desk: Desk) -> Desk:
    """One team, two channels, two people; I am in both."""

    def put(tx: Tx) -> None:
        tx.config.put(ServerConfig({"TeammateNameDisplay": "username"}))
        tx.teams.replace([Team("t1", "alpha", "Alpha"), Team("t2", "beta", "Beta")])
        tx.users.put([user(), user("anna", first_name="Anna"), user("ben", first_name="Ben")])
        tx.channels.put([channel("c1", name="town-square"), channel("c2"), channel("b1", team_id="t2")])
        tx.memberships.put([membership("c1"), membership("c2"), membership("b1")])

    desk.put(put)
    desk.client.teams.select("t1")
    return desk


@contextmanager
def a_desk(directory: Path, **options: Any) -> Iterator[Desk]:
    desk = furnish(Desk(directory, **options))
    try:
        yield desk
    finally:
        desk.client.close()
