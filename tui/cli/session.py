"""One account for the time of one command: the client, whether it is online, and why not.

Invariant: the store answers in any case; what the exit code and the note on standard error say is whether the
server was asked. No wait is longer than its limit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.client.client import Client, open_client
from tui.client.wording.states import connection_long
from tui.core.connection import ConnectionState
from tui.core.errors import Offline, TeleteamError
from tui.core.ports import ServerApi
from tui.core.values import dataclass
from tui.settings.i18n import _

T = TypeVar("T")
CATCH_UP_SECONDS = 20.0
"""Longest wait for the server to have told what is new."""
ANSWER_SECONDS = 15.0
QUIET_SECONDS = 0.15
"""So long without a change means that what was missed has been written."""
MOST_ROUNDS = 20


@dataclass(frozen=True)
class Session:
    """A client that has been given its time to catch up."""

    client: Client
    context: Context

    @property
    def state(self) -> ConnectionState:
        return self.client.connection()

    @property
    def live(self) -> bool:
        """Whether the server can be asked."""
        return self.state.live

    def ask(self, work: Callable[[ServerApi], Coroutine[Any, Any, T]]) -> T:
        """Asks the server and waits; raises leaves of `core.errors`."""
        return self.wait(self.client.base.lane.ask(work))

    def wait(self, future: Future[T], seconds: float = ANSWER_SECONDS) -> T:
        """The outcome of `future`; Offline("timeout") where it takes too long."""
        try:
            return future.result(seconds)
        except FutureTimeout:
            raise Offline("timeout") from None

    def verdict(self) -> int:
        """The exit code for an answer given now; notes on standard error where it is from the store alone."""
        if self.live:
            return Exit.DONE
        note = self.context.output.note
        if self.client.read_only:
            note(_("teleteam is open elsewhere here; this is what it has stored."))
            return Exit.DONE
        note(_("From what is stored here. {why}").format(why=connection_long(self.state)).rstrip())
        return Exit.SIGNED_OUT if self.state.kind == "signed_out" else Exit.OFFLINE


@contextmanager
def open_session(context: Context, *, online: bool = True) -> Iterator[Session]:
    """The chosen account; with `online` after the server has been reached, or has not within the limit."""
    config = replace(context.config, syncthing=replace(context.config.syncthing, enabled=False))
    client = open_client(context.account(), context.paths, config, context.keeper(), offline=not online)
    try:
        if online and not client.read_only:
            client.start()
            settle(client, CATCH_UP_SECONDS)
            _let_arrive(client)
        yield Session(client, context)
    finally:
        client.close()


def settle(client: Client, seconds: float) -> ConnectionState:
    """Waits until the line is up to date, or down, at most `seconds`."""
    moved = threading.Event()
    unhook = client.subscribe(lambda _changes: moved.set())
    try:
        return _settled(client, moved, seconds)
    finally:
        unhook()


def _let_arrive(client: Client) -> None:
    """After a resume the missed events follow the greeting: waits for a round trip, and until it is quiet."""
    if not client.connection().live:
        return
    moved = threading.Event()
    unhook = client.subscribe(lambda _changes: moved.set())
    try:
        client.base.lane.ask(lambda api: api.fetch_ping()).result(ANSWER_SECONDS)
        for _round in range(MOST_ROUNDS):
            moved.clear()
            if not moved.wait(QUIET_SECONDS):
                break
        client.base.store.flush()
    except (TeleteamError, FutureTimeout):
        return
    finally:
        unhook()


def _settled(client: Client, moved: threading.Event, seconds: float) -> ConnectionState:
    clock = client.base.clock
    deadline = clock.monotonic() + seconds
    while True:
        state = client.connection()
        left = deadline - clock.monotonic()
        if state.kind not in ("connecting", "catching_up") or left <= 0:
            return state
        moved.wait(min(left, 1.0))
        moved.clear()
