"""Brings a grid to a terminal from a thread of its own, so that a terminal that does not read stalls
nobody.

Invariant: `feed` and `control` never block and hold bounded memory: while the terminal does not read,
frames melt into the one grid, and when it reads again one current frame goes out. Order is kept between
frames and modes.
"""

from __future__ import annotations

import os
import select
import threading
from collections import deque

from tui.ui.thin_grid import Grid
from tui.ui.thin_paint import Painter

PAINT = ""
"""The queue's sign for "bring the grid up to date here"."""
MOST_CONTROLS = 64
SYNCHRONIZE_FROM = 600
"""Frames longer than this are wrapped in synchronized output (mode 2026) where the terminal has it."""
SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
HIDE_CURSOR_FROM = 120
"""Longer frames hide a visible cursor meanwhile, so that it is not seen running about."""
ALT_SCREEN, MAIN_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
CURSOR_ON, CURSOR_OFF = "\x1b[?25h", "\x1b[?25l"
STOP_SECONDS = 1.0


class ThinWriter:
    """One terminal, by file descriptor. Counts what it wrote in `bytes_written`.

    `shown` is what a writer before this one (`grid`) was to show: after `fg` it is drawn again, though
    Textual writes only what changes. `standing` is the first paint, which is on the terminal's alternate
    screen already: it stays until `release` says that the frame is complete; only differences are written.
    """

    def __init__(
        self,
        fileno: int,
        width: int,
        height: int,
        painter: Painter,
        shown: Grid | None = None,
        standing: Grid | None = None,
    ) -> None:
        self._fileno = fileno
        self._painter = painter
        fits = shown is not None and (shown.width, shown.height) == (width, height)
        self._grid = shown if shown is not None and fits else Grid(width, height)
        self._queue: deque[str] = deque()
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._stopping = False
        self._dead = False
        self._cursor = False
        self._ours = False
        self._standing = standing is not None and (standing.width, standing.height) == (width, height)
        self._held = self._standing
        if standing is not None and self._standing:
            painter.show(standing)
        self.synchronized = False
        self.bytes_written = 0
        self._thread = threading.Thread(target=self._run, name="teleteam-terminal", daemon=True)

    @property
    def grid(self) -> Grid:
        """What is to be seen."""
        return self._grid

    def start(self) -> None:
        self._thread.start()

    def feed(self, frame: str) -> None:
        """Takes a frame of Textual."""
        with self._lock:
            self._grid.feed(frame)
            self._want_painting()
        self._wanted.set()

    def release(self) -> None:
        """The frame is complete: it may take the place of the first paint."""
        with self._lock:
            self._held = False
            self._want_painting()
        self._wanted.set()

    def _want_painting(self) -> None:
        if not self._held and (not self._queue or self._queue[-1] != PAINT):
            self._queue.append(PAINT)

    def control(self, sequence: str) -> None:
        """Takes a mode, a query or a sequence of ours, to be written as it is."""
        with self._lock:
            if len(self._queue) >= MOST_CONTROLS:
                return
            if sequence == CURSOR_OFF and not self._ours:
                return  # a late blur must not take the shell's cursor away
            if sequence == ALT_SCREEN and self._standing:
                self._ours = True  # it is on: a second time would clear the first paint away
                return
            self._queue.append(sequence)
            if sequence in {ALT_SCREEN, MAIN_SCREEN}:
                self._ours = sequence == ALT_SCREEN
                self._standing = self._held = False
            if self._ours and sequence in {ALT_SCREEN, CURSOR_ON} and not self._held:
                self._queue.append(PAINT)
        self._wanted.set()

    def resize(self, width: int, height: int) -> None:
        """The window changed: what it shows is unknown, the next frames fill it."""
        with self._lock:
            if (width, height) != (self._grid.width, self._grid.height):
                self._grid = Grid(width, height)
                self._held = False

    def redraw(self) -> None:
        """Writes everything once more, for a terminal that something else has written to."""
        with self._lock:
            self._painter.forget(0, 0)
            self._held = False
            self._queue.append(PAINT)
        self._wanted.set()

    def stop(self) -> None:
        """Writes what is queued and ends; gives up on a terminal that does not read within a second."""
        self._stopping = True
        self._wanted.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._dead:
            self._wanted.wait()
            self._wanted.clear()
            while self._queue and self._writable():
                self._write(self._next())
            if self._stopping and not self._queue:
                return

    def _writable(self) -> bool:
        """Waits until the terminal takes bytes, so that a frame is made as late as can be."""
        try:
            while not select.select([], [self._fileno], [], 0.5)[1]:
                if self._stopping:
                    self._dead = True
                    return False
        except (OSError, ValueError):
            self._dead = True
        return not self._dead

    def _next(self) -> str:
        with self._lock:
            entry = self._queue.popleft()
            if entry != PAINT:
                return self._noted(entry)
            frame = self._painter.paint(self._grid, cursor=self._cursor)
        if self._cursor and len(frame) > HIDE_CURSOR_FROM:
            frame = f"{CURSOR_OFF}{frame}{CURSOR_ON}"
        if self.synchronized and len(frame) > SYNCHRONIZE_FROM:
            return f"{SYNC_START}{frame}{SYNC_END}"
        return frame

    def _noted(self, sequence: str) -> str:
        """Remembers what a mode does to our knowledge of the screen."""
        if sequence == ALT_SCREEN:
            self._painter.forget(0, 0)
        elif sequence in {CURSOR_ON, CURSOR_OFF}:
            self._cursor = sequence == CURSOR_ON
        return sequence

    def _write(self, text: str) -> None:
        data = memoryview(text.encode("utf-8", "replace"))
        self.bytes_written += len(data)
        try:
            while data:
                data = data[os.write(self._fileno, data) :]
        except BlockingIOError:
            self._write_rest(data)
        except OSError:
            self._dead = True

    def _write_rest(self, data: memoryview) -> None:
        """For a descriptor that somebody made non-blocking (it may be shared with the shell)."""
        while data and self._writable():
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                continue
            except OSError:
                self._dead = True
