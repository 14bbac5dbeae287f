"""Keeps a connection: connects, waits, connects again, and stops when the session has ended.

Invariant: whatever ends a connection becomes a state with its cause; nothing but `signed_in` leads out of
"signed out". A certificate that we refuse is told and tried again slowly, never passed over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from tui.core.backoff import Backoff
from tui.core.errors import BadAnswer, Insecure, Offline, SignedOut, StoreTrouble, TeleteamError, Throttled
from tui.core.ports import EventStream
from tui.sync import marks
from tui.sync.batch import Aftermath
from tui.sync.context import Context
from tui.sync.link import Link, SessionDoubted
from tui.sync.tasks import Alarm, first_of

HEALTHY = 30.0
"""Seconds of a live connection after which the back-off begins anew."""
INSECURE_PAUSE = 30.0
TICK = 1.5
ASLEEP = 30.0
"""A tick that is so many seconds late, by either clock, means that the machine or the process was stopped."""

log = logging.getLogger(__name__)


class Connection:
    """Used on the net lane."""

    def __init__(
        self,
        context: Context,
        stream: Callable[[], EventStream],
        *,
        fill_gap: Callable[[], Awaitable[None]],
        handle: Callable[[Aftermath], None],
    ) -> None:
        self._context = context
        self._stream = stream
        self._fill_gap = fill_gap
        self._handle = handle
        self._wake = Alarm()
        self._signed_in = Alarm()
        self._backoff = Backoff(context.clock.random)
        self._trouble: TeleteamError | None = None
        self.link: Link | None = None

    def wake(self) -> None:
        """Connect anew at once; a resume loses nothing."""
        self._wake.ring()

    def signed_in(self) -> None:
        self._signed_in.ring()

    async def run_forever(self) -> None:
        while True:
            self._context.line.set("connecting", self._trouble, attempt=self._backoff.attempt)
            trouble = self._trouble = await self._once()
            if isinstance(trouble, SignedOut):
                await self._stay_out(trouble)
            elif trouble is not None:
                await self._pause(trouble)

    async def _stay_out(self, trouble: SignedOut) -> None:
        self._signed_in = Alarm()
        self._context.line.set("signed_out", trouble)
        await self._signed_in.wait()
        self._trouble = None
        self._backoff.reset()

    async def _pause(self, trouble: TeleteamError) -> None:
        clock = self._context.clock
        delay = self._delay(trouble)
        self._context.line.set(
            "offline",
            trouble,
            next_try_at=clock.now() + round(delay * 1000),
            attempt=self._backoff.attempt,
        )
        await first_of(clock.sleep(delay), self._wake.wait(), self._signed_in.wait(), self._notice_sleep())

    def _delay(self, trouble: TeleteamError) -> float:
        delay = self._backoff.next_delay()
        if isinstance(trouble, Throttled):
            return max(delay, trouble.retry_after)
        return max(delay, INSECURE_PAUSE) if isinstance(trouble, Insecure) else delay

    async def _once(self) -> TeleteamError | None:
        """One connection to its end; None = connect again at once. The boundary of its tasks."""
        self._context.line.ended.clear()
        self._wake = Alarm()
        link = self.link = Link(self._context, self._stream(), fill_gap=self._fill_gap, handle=self._handle)
        try:
            await first_of(link.run(), self._doubted(), self._wake.wait(), self._notice_sleep())
        except SessionDoubted:
            return await self._verdict()
        except TeleteamError as error:
            return await self._explained(error, link)
        except Exception as error:  # BLE001: the boundary of a task
            log.exception("a connection failed")
            await self._start_fresh()
            return BadAnswer("tele.engine.failed", type(error).__name__)
        finally:
            self.link = None
            self._rate(link)
        return None

    def _rate(self, link: Link) -> None:
        since = link.live_since
        if since is not None and self._context.clock.monotonic() - since >= HEALTHY:
            self._backoff.reset()

    async def _doubted(self) -> None:
        await self._context.line.ended.wait()
        raise SessionDoubted

    async def _explained(self, error: TeleteamError, link: Link) -> TeleteamError:
        """A socket that was opened and closed without a hello is what a dead token gets, too: ask."""
        silent = link.live_since is None and isinstance(error, Offline) and error.cause in ("closed", "reset")
        if not silent:
            return error
        verdict = await self._verdict()
        return verdict if isinstance(verdict, SignedOut) else error

    async def _verdict(self) -> TeleteamError:
        """Asks over HTTP whether the session has really ended."""
        try:
            told = await self._context.api.fetch_me("")
        except TeleteamError as error:
            return error
        if told.value is not None and told.value.id != self._context.me:
            return SignedOut("tele.signin.other_user")
        return Offline("closed", "session doubted")

    async def _start_fresh(self) -> None:
        """An event that we cannot apply must not come again on a resume."""
        try:
            await self._context.write(lambda tx: marks.write_socket(tx, marks.SocketMark()))
        except StoreTrouble as trouble:
            log.error("the store refuses: %s", trouble.id)

    async def _notice_sleep(self) -> None:
        """Returns when the machine was asleep, or the process stopped: the socket may be dead without a
        word."""
        clock = self._context.clock
        while True:
            wall, steady = clock.now(), clock.monotonic()
            await clock.sleep(TICK)
            by_wall, by_steady = (clock.now() - wall) / 1000, clock.monotonic() - steady
            if max(by_wall, by_steady) - TICK > ASLEEP:
                log.info("woke up after %.0f s", max(by_wall, by_steady))
                self._backoff.reset()
                return


Work = Callable[[], Awaitable[None]]


async def forever(name: str, work: Work, rest: Callable[[float], Awaitable[None]]) -> None:
    """Runs a part of the engine; one that fails for a reason nobody foresaw is logged and begun again."""
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except TeleteamError as error:
            log.warning("%s: %s", name, error.id)
        except Exception:  # BLE001: the boundary of a task
            log.exception("%s failed", name)
        await rest(5.0)
