"""Leaving when we are told to: signals, a terminal that is gone, a screen that no longer answers.

Invariant: drafts are given to the store first; the process ends within two seconds with 128 + the signal's
number, whether or not the terminal still reads. Source: reliability-facts §5 (tried in four situations).
"""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Callable
from types import FrameType

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT)
PATIENCE = 1.0
"""Seconds that the screen has to end by itself."""
LOOK_EVERY = 2_000
"""Milliseconds between two looks whether the terminal is still there."""


class Leaving:
    """`keep` saves what is being written (UI thread); `leave` asks the app to end with an exit code;
    `close` is for the watchdog, when the app does not: it saves what it can within half a second.
    """

    def __init__(
        self,
        keep: Callable[[], None],
        leave: Callable[[int], None],
        close: Callable[[], None],
        *,
        end: Callable[[int], None] = os._exit,
    ) -> None:
        self._keep = keep
        self._leave = leave
        self._close = close
        self._end = end
        self._code = 0
        self._done = threading.Event()

    def install(self) -> None:
        """From now on, on the main thread."""
        for number in SIGNALS:
            signal.signal(number, self._signalled)

    def watch_terminal(self, fileno: int = 0) -> None:
        """Ends the program too when the terminal is gone and nobody sent a signal."""
        threading.Thread(target=self._watch, args=(fileno,), name="hangup", daemon=True).start()

    def finished(self) -> None:
        """The app has ended by itself: no need for force."""
        self._done.set()

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        first = not self._code
        self._code = 128 + number
        if not first or self._done.is_set():
            return
        threading.Thread(target=self._force, name="watchdog", daemon=True).start()
        try:
            self._keep()
        finally:
            self._leave(self._code)

    def _force(self) -> None:
        if self._done.wait(PATIENCE):
            return
        self._close()
        self._end(self._code)

    def _watch(self, fileno: int) -> None:
        poll = select.poll()
        poll.register(fileno, select.POLLHUP)
        while not self._done.is_set():
            found = poll.poll(LOOK_EVERY)
            if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _fd, event in found):
                os.kill(os.getpid(), signal.SIGHUP)
                return
