"""A working day on the network, step by step: what each thing a person does costs.

The bench prints these figures, the tests hold them to their budgets: one procedure, so they cannot disagree.

Invariant: a step begins and ends with a quiet line; waiting is for conditions, never for a time to pass.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.budgets import world
from tests.budgets.ledger import Cost, Ledger
from tests.budgets.reader import Home, Reader, reading
from tui.client.clock import SystemClock
from tui.demo.server import DemoServer
from tui.settings.config import Line
from tui.sync.view import VIEW_AFTER

FIRST, SECOND, ELSEWHERE = "first-20", "first-21", "first-22"
"""Channels with nothing unread: messages come in the first and the last one only."""
HASTE, SPEED = 4.0, 30.0
"""How much faster the engine's own pauses pass: with messages, and while nothing happens."""


@dataclass
class Start:
    """What a start costs: until the first channel stands there with its people, until the line is quiet."""

    ready: Cost
    whole: Cost


class HurryingClock(SystemClock):
    """The real time, until `hurry`; from then on so many times faster, for the engine's own pauses."""

    def __init__(self) -> None:
        self._speed = 1.0
        self._since = self._base = time.monotonic()

    def hurry(self, speed: float) -> None:
        self._base, self._since = self.monotonic(), time.monotonic()
        self._speed = speed

    def monotonic(self) -> float:
        return self._base + (time.monotonic() - self._since) * self._speed

    def now(self) -> int:
        return super().now() + round((self.monotonic() - time.monotonic()) * 1000)

    async def sleep(self, seconds: float) -> None:
        """In short naps, so that hurrying reaches those who sleep already."""
        due = self.monotonic() + seconds
        while (left := due - self.monotonic()) > 0:
            await asyncio.sleep(min(0.1, left / self._speed))


def settle(reader: Reader, ledger: Ledger, seconds: float = 0.7) -> None:
    """Reads on until nothing passes any more."""
    ledger.wait_quiet(seconds, between=reader.read)


def start(reader: Reader, ledger: Ledger, before: Cost | None = None) -> Start:
    """From going online to a quiet line; what is fetched ahead, seconds later, is not in it."""
    reader.wait(reader.is_ready)
    ready = (before or Cost()) + ledger.spent()
    settle(reader, ledger)
    return Start(ready, ready + ledger.spent())


def cold_start(home: Home, ledger: Ledger) -> Start:
    """With name and password, and nothing stored."""
    ledger.spent()
    with reading(home.sign_in_and_open(ledger.url)) as reader:
        return start(reader, ledger)


def token_start(home: Home, ledger: Ledger) -> Start:
    """With a kept token, and nothing stored."""
    account = home.sign_in(ledger.url)
    ledger.spent()
    with reading(home.open(account)) as reader:
        return start(reader, ledger)


def warm_start(home: Home, ledger: Ledger, server: DemoServer, *, resumed: bool) -> Start:
    """With everything stored and nothing new. `resumed` = the server still knows our connection."""
    account = home.sign_in(ledger.url)
    with reading(home.open(account)) as reader:
        start(reader, ledger)
        rest_of(reader, ledger, "/users/me")
        settle(reader, ledger)
    server.faults.forget_connections = not resumed
    ledger.wait_quiet()
    ledger.spent()
    try:
        with reading(home.open(account)) as reader:
            return start(reader, ledger)
    finally:
        server.faults.forget_connections = False


def rest_of(reader: Reader, ledger: Ledger, last: str) -> Cost:
    """What follows a start when the line is idle; `last` is the path of its last request."""
    cost = Cost()

    def all_there() -> bool:
        nonlocal cost
        cost = cost + ledger.spent()
        return bool(cost.only([last]).exchanges)

    reader.wait(all_there)
    settle(reader, ledger)
    return cost + ledger.spent()


def fetched_ahead(reader: Reader, ledger: Ledger) -> Cost:
    """The unread channels, fetched some seconds after the start while nobody waits."""
    store = reader.client.base.store

    def all_there() -> bool:
        known = [channel for channel in store.channels.all() if store.intervals.of(channel.id)]
        return len(known) > world.UNREAD  # and the one that is open

    reader.wait(all_there)
    settle(reader, ledger)
    return ledger.spent()


class Day:
    """What is done after the start, with one reader in a channel that is read. Each method is one step."""

    def __init__(self, reader: Reader, ledger: Ledger, server: DemoServer) -> None:
        self.reader, self.ledger, self.server = reader, ledger, server

    def begin(self) -> None:
        """Ready, and everything that is fetched ahead is there."""
        self.reader.wait(self.reader.is_ready)
        fetched_ahead(self.reader, self.ledger)

    def first_visit(self, name: str = FIRST) -> Cost:
        return self._cost(lambda: self.reader.open_named(name), self.reader.names_everybody)

    def later_visit(self) -> Cost:
        """A channel visited before, on an unbroken line."""
        self.first_visit(SECOND)
        return self._cost(lambda: self.reader.open_named(FIRST), self.reader.names_everybody)

    def resume(self) -> Cost:
        """The line comes back after a short break; one message was missed."""
        text = world.sentence(self.server.world, 60)

        def blink() -> None:
            self.ledger.refuse = True
            self.ledger.cut()
            self.reader.wait(lambda: self.reader.client.connection().kind == "offline")
            world.say(self.server, self.reader.channel_id, text)
            self.ledger.refuse = False
            self.reader.client.wake()

        return self._cost(blink, lambda: self.reader.shows(text), told=True)

    def visit_after_break(self) -> Cost:
        """A channel visited before, when the line was away longer than the server remembers: its posts."""
        self.reader.open_named(FIRST)
        self._break()
        self.reader.open_named(SECOND)
        found = Cost()

        def asked() -> bool:
            nonlocal found
            found = found + self.ledger.spent().only([f"{self.reader.channel_id}/posts?since"])
            return bool(found.exchanges and found.exchanges[0].answer)

        self.reader.wait(asked)
        return found

    def catch_up(self) -> Cost:
        """The line comes back after such a break, and nothing is new."""
        return self._cost(self._break, lambda: True)

    def incoming(self, *, here: bool) -> Cost:
        """A colleague writes 60 characters, in the open channel or in another."""
        channel_id = self.reader.channel_id if here else world.channel_id(self.server, ELSEWHERE)
        text = world.sentence(self.server.world, 60)

        def arrived() -> object:
            client = self.reader.client
            return self.reader.shows(text) if here else client.channels.unread(channel_id).messages

        return self._cost(lambda: world.say(self.server, channel_id, text), arrived, told=here)

    def send(self) -> Cost:
        """I write 60 characters; with whatever follows until reading would have been told."""
        text = world.sentence(self.server.world, 60)
        return self._cost(
            lambda: self.reader.send(text), lambda: self.reader.shows(text), quiet=VIEW_AFTER / HASTE + 0.7
        )

    def idle(self, clock: HurryingClock, seconds: float = 120.0) -> Cost:
        """Nothing happens for `seconds` of the engine's time."""
        settle(self.reader, self.ledger)
        self.ledger.spent()
        end = clock.monotonic() + seconds
        clock.hurry(SPEED)
        self.reader.wait(lambda: clock.monotonic() >= end)
        return self.ledger.spent()

    def _cost(
        self,
        do: Callable[[], object],
        probe: Callable[[], object],
        *,
        told: bool = False,
        quiet: float = 0.7,
    ) -> Cost:
        """`told`: it is over when the server has been told that it was read."""
        self.ledger.spent()
        do()
        self.reader.wait(probe)
        cost = self.ledger.spent()

        def viewed() -> bool:
            nonlocal cost
            cost = cost + self.ledger.spent()
            return bool(cost.only(["/members/me/view"]).exchanges)

        if told:
            self.reader.wait(viewed)
        settle(self.reader, self.ledger, quiet)
        return cost + self.ledger.spent()

    def _break(self) -> None:
        """The line breaks and comes back; the server has forgotten the connection meanwhile."""
        client = self.reader.client
        before = client.connection().since
        self.server.faults.forget_connections = True
        self.ledger.cut()
        self.reader.wait(lambda: client.connection().since != before)
        client.wake()
        self.reader.wait(self.reader.is_online)
        self.server.faults.forget_connections = False


@dataclass
class Office:
    """A server with its workspace, and the proxy in front of it."""

    server: DemoServer
    ledger: Ledger
    directory: Path
    homes: int = 0

    def home(self) -> Home:
        """A fresh one, with nothing stored."""
        self.homes += 1
        return Home(self.directory / f"home-{self.homes}")


def starts(office: Office) -> dict[str, Cost]:
    """Every kind of start. `limits.figures` makes the keys of `limits.NETWORK` of it."""
    ledger = office.ledger
    cold, token = cold_start(office.home(), ledger), token_start(office.home(), ledger)
    return {
        "cold.ready": cold.ready,
        "cold": cold.whole,
        "token": token.whole,
        "warm": warm_start(office.home(), ledger, office.server, resumed=False).whole,
        "resumed": warm_start(office.home(), ledger, office.server, resumed=True).whole,
    }


def thin(office: Office) -> dict[str, Cost]:
    """On a thin line: what waits until a first start is over, and doing nothing."""
    home, clock = office.home(), HurryingClock()
    home.config = replace(home.config, line=Line("thin"))
    account = home.sign_in(office.ledger.url)
    with reading(home.open(account, clock=clock)) as reader:
        start(reader, office.ledger)
        clock.hurry(HASTE)
        rest = rest_of(reader, office.ledger, "/users/me")
        return {"rest": rest, "idle_thin": Day(reader, office.ledger, office.server).idle(clock)}


def visits(office: Office) -> dict[str, Cost]:
    """Going to channels, on an unbroken line and after a break."""
    home = office.home()
    account = home.sign_in(office.ledger.url)
    with reading(home.open(account)) as reader:
        day = Day(reader, office.ledger, office.server)
        start(reader, office.ledger)
        return {
            "ahead": fetched_ahead(reader, office.ledger),
            "first_visit": day.first_visit(),
            "later_visit": day.later_visit(),
            "catch_up": day.catch_up(),
            "visit_after_break": day.visit_after_break(),
        }


def messages(office: Office) -> dict[str, Cost]:
    """Getting and sending, a short break, and doing nothing; the engine's pauses are shortened."""
    home, clock = office.home(), HurryingClock()
    account = home.sign_in(office.ledger.url)
    with reading(home.open(account, clock=clock)) as reader:
        day = Day(reader, office.ledger, office.server)
        start(reader, office.ledger)
        fetched_ahead(reader, office.ledger)
        day.first_visit()
        clock.hurry(HASTE)
        costs = {
            "blink": day.resume(),
            "incoming": day.incoming(here=True),
            "elsewhere": day.incoming(here=False),
        }
        day.send()
        return costs | {"send": day.send(), "idle": day.idle(clock)}


@contextmanager
def an_office(directory: Path) -> Iterator[Office]:
    """The workspace, served."""
    server = world.serve()
    server.start()
    try:
        with Ledger(server.url) as ledger:
            yield Office(server, ledger, directory)
    finally:
        server.stop()
