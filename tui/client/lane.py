"""The net lane: one thread with its own event loop, where the engine and the folders live.

Everything heavy (HTTP, WebSocket, keyring) is imported on this thread, after the first frame was painted.

Invariant: what is told to the engine before it exists is kept and told in order; nothing here ever blocks the
caller, but `close`.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tui.core.changes import Change, ChangeKind
from tui.core.connection import ConnectionState
from tui.core.errors import Offline, TeleteamError
from tui.core.ports import ServerApi
from tui.core.values import dataclass

if TYPE_CHECKING:
    from tui.sync.engine import Engine
    from tui.sync.folder_acts import FolderActs
    from tui.sync.sharing import Sharing

T = TypeVar("T")

log = logging.getLogger(__name__)


class FolderTask(Protocol):
    """The part of `sync.folders.FolderWatch` that the lane runs and the client asks."""

    visible: bool
    far: bool

    @property
    def acts(self) -> FolderActs: ...
    def try_again(self) -> None: ...
    def start_over(self) -> None: ...
    async def run_forever(self) -> None: ...


@dataclass(slots=True)
class HeldLine:
    """A connection that signing in has made, with its sleeping event loop: whoever starts goes on with it."""

    runner: asyncio.Runner
    api: ServerApi

    def hang_up(self) -> None:
        """For one that nobody goes on with."""
        self.runner.run(self.api.close())
        self.runner.close()


@dataclass(frozen=True, slots=True)
class Wires:
    """What the net lane works with. `folders` None = no Syncthing wanted."""

    api: ServerApi
    engine: Engine
    folders: FolderTask | None = None
    sharing: Sharing | None = None
    """Pairs and shares; None with `folders`."""


@dataclass(frozen=True, slots=True)
class _Early:
    """Something that waits for the lane; `give_up` is called where it will never run."""

    do: Callable[[Wires], None]
    give_up: Callable[[], None]


class NetLane:
    """`wire` is called on the lane's thread and may import and block as it likes. `runner`: a loop to go on
    with, which nobody else uses any more."""

    def __init__(
        self,
        wire: Callable[[], Wires],
        *,
        offline: bool = False,
        publish: Callable[[tuple[Change, ...]], None] | None = None,
        runner: asyncio.Runner | None = None,
    ) -> None:
        self._wire = wire
        self._runner = runner
        self._publish = publish or (lambda _changes: None)
        self._lock = threading.Lock()
        self._early: list[_Early] = []
        self._wires: Wires | None = None
        self._thread: threading.Thread | None = None
        self._ended = offline
        self._stopped = ConnectionState("stopped")

    @property
    def wires(self) -> Wires | None:
        """None until the lane runs."""
        return self._wires

    @property
    def offline(self) -> bool:
        """Nothing will be sent or fetched by this lane any more."""
        return self._ended

    def start(self) -> None:
        """Begins to work; a second call does nothing, nor does any in offline mode."""
        with self._lock:
            if self._thread is not None or self._ended:
                return
            self._thread = threading.Thread(target=self._main, name="teleteam-net", daemon=True)
        self._thread.start()

    def tell(self, work: Callable[[Engine], None]) -> None:
        """Tells the engine something, now or when it exists. Without effect in offline mode."""
        self._with_wires(lambda wires: work(wires.engine), lambda: None)

    def ask(self, work: Callable[[ServerApi], Coroutine[Any, Any, T]]) -> Future[T]:
        """Asks the server; the future fails with a leaf of `core.errors`."""
        return self.run(lambda wires: work(wires.api))

    def run(self, work: Callable[[Wires], Coroutine[Any, Any, T]]) -> Future[T]:
        """Runs a coroutine on the lane. In offline mode the future has failed with Offline."""
        outcome: Future[T] = Future()
        self._with_wires(
            lambda wires: _chain(wires.engine.submit(lambda: work(wires)), outcome),
            lambda: _fail(outcome, Offline("closed")),
        )
        return outcome

    def state(self) -> ConnectionState:
        wires = self._wires
        if wires is not None and not self._ended:
            return wires.engine.state
        return self._stopped if self._ended else ConnectionState("connecting")

    def close(self, timeout: float = 5.0) -> None:
        """Ends the lane and waits for its thread at most `timeout` seconds."""
        self._end()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout)

    def _end(self) -> None:
        with self._lock:
            self._ended, early, self._early = True, self._early, []
            wires = self._wires
        for waiting in early:
            waiting.give_up()
        if wires is not None:
            wires.engine.stop()

    def _with_wires(self, do: Callable[[Wires], None], give_up: Callable[[], None]) -> None:
        with self._lock:
            wires, ended = self._wires, self._ended
            if wires is None and not ended:
                self._early.append(_Early(do, give_up))
                return
        if wires is None or ended:
            give_up()
        else:
            do(wires)

    def _main(self) -> None:
        """The lane's thread. The boundary of everything on it."""
        try:
            with self._runner or asyncio.Runner() as runner:
                runner.run(self._serve())
        except TeleteamError as error:
            self._stopped = ConnectionState("stopped", cause=error.id, detail=error.detail)
        except Exception as error:  # BLE001: nothing above us could say what happened
            log.exception("the net lane ended")
            self._stopped = ConnectionState("stopped", cause="tele.lane.failed", detail=type(error).__name__)
        self._end()
        self._publish((Change(ChangeKind.CONNECTION),))

    async def _serve(self) -> None:
        wires = self._wire()
        while waiting := self._next_early(wires):
            for early in waiting:
                early.do(wires)
        if self._wires is not None:
            await _together(wires)

    def _next_early(self, wires: Wires) -> list[_Early]:
        """What was told meanwhile; once there is nothing left, whoever tells reaches the engine directly."""
        with self._lock:
            waiting, self._early = self._early, []
            if not waiting and not self._ended:
                self._wires = wires
            return waiting


async def _together(wires: Wires) -> None:
    """Engine and folders live and die together; the folders' task ends when the engine does."""
    watch = asyncio.create_task(wires.folders.run_forever()) if wires.folders else None
    try:
        await wires.engine.run()
    finally:
        if watch is not None:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
        await wires.api.close()


def _chain(source: Future[T], target: Future[T]) -> None:
    """Hands the outcome of `source` on to `target`; a cancelled one becomes Offline."""
    target.add_done_callback(lambda done: source.cancel() if done.cancelled() else None)
    source.add_done_callback(lambda done: _hand_on(done, target))


def _hand_on(source: Future[T], target: Future[T]) -> None:
    if source.cancelled():
        _fail(target, Offline("closed"))
    elif (error := source.exception()) is not None:
        _fail(target, Offline("closed") if isinstance(error, asyncio.CancelledError) else error)
    elif target.set_running_or_notify_cancel():
        target.set_result(source.result())


def _fail(target: Future[T], error: BaseException) -> None:
    if target.set_running_or_notify_cancel():
        target.set_exception(error)
