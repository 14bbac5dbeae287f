"""Runs a program under a pseudo terminal: types into it, reads its screen, counts its bytes.

The terminal it plays answers the queries that full-screen programs ask (device attributes, synchronized
output) and reads as fast as it can, unless `freeze` stops it from reading.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte
from wcwidth import wcwidth

_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[>=<][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|[sr])|\x1b\[2[23];2t|\x1b[P\]_^].*?(?:\x1b\\|\x07)",
    re.S,
)
ANSWERS = (
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[\?2026\$p"), b"\x1b[?2026;2$y"),
    (re.compile(rb"\x1b\[\?2048\$p"), b"\x1b[?2048;0$y"),
)


def _line(cells: Mapping[int, pyte.screens.Char], columns: int) -> str:
    """One line of the screen. The second cell of a wide character is empty, and so is the rest of one that
    was overwritten by half, at which `Screen.display` fails.
    """
    return "".join(
        cells[x].data or ("" if x and wcwidth(cells[x - 1].data[:1] or " ") == 2 else " ")
        for x in range(columns)
    )


class PtyProgram:
    """`with PtyProgram([...]) as p: p.wait_text("ready"); p.send("x")`."""

    def __init__(
        self,
        argv: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 36,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.columns, self.rows = columns, rows
        self.output = bytearray()
        self.marked = 0
        self.exit_code: int | None = None
        self._screen = pyte.Screen(columns, rows)
        self._screen.reset_mode(pyte.modes.DECAWM)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        self._reading = threading.Event()
        self._reading.set()
        self._last = time.monotonic()
        self.pid, self._fd = self._spawn(argv, env or {}, cwd)
        self._thread = threading.Thread(target=self._read_forever, daemon=True)
        self._thread.start()

    def __enter__(self) -> PtyProgram:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _spawn(self, argv: Sequence[str], env: Mapping[str, str], cwd: Path | None) -> tuple[int, int]:
        inherited = {
            k: v
            for k, v in os.environ.items()
            if k not in {"COLORTERM", "LINES", "COLUMNS", "NO_COLOR", "TMUX"}
        }
        environment = {**inherited, "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **env}
        pid, fd = pty.fork()
        if pid == 0:
            if cwd is not None:
                os.chdir(cwd)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
            os.execvpe(argv[0], list(argv), environment)
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        return pid, fd

    def _read_forever(self) -> None:
        while True:
            self._reading.wait()
            try:
                if not select.select([self._fd], [], [], 0.1)[0]:
                    continue
                data = os.read(self._fd, 1 << 16)
            except (OSError, ValueError):
                return
            if not data:
                return
            self.output += data
            self._last = time.monotonic()
            self._answer(data)

    def _answer(self, data: bytes) -> None:
        replies = b"".join(reply for query, reply in ANSWERS if query.search(data))
        if replies:
            with contextlib.suppress(OSError):
                os.write(self._fd, replies)

    def send(self, keys: str | bytes) -> None:
        os.write(self._fd, keys if isinstance(keys, bytes) else keys.encode())

    def freeze(self) -> None:
        """Stops reading, as a terminal does after Ctrl-S."""
        self._reading.clear()

    def thaw(self) -> None:
        self._reading.set()

    def resize(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.pid, signal.SIGWINCH)

    def text(self) -> str:
        """The screen as a person sees it."""
        fresh = bytes(self.output[self._fed :])
        self._fed += len(fresh)
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", fresh))
        return "\n".join(_line(self._screen.buffer[y], self.columns) for y in range(self.rows))

    def column(self, x: int) -> str:
        """What `text` showed last in one column of cells, from top to bottom."""
        return "".join(self._screen.buffer[y][x].data or " " for y in range(self.rows))

    def wait_text(self, pattern: str, *, timeout: float = 20.0) -> str:
        """The screen as soon as it matches; AssertionError with the screen after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while True:
            shown = self.text()
            if re.search(pattern, shown, re.S):
                return shown
            if time.monotonic() > deadline:
                raise AssertionError(f"never saw {pattern!r} on:\n{shown}")
            time.sleep(0.02)

    def quiet(self, seconds: float = 0.4, *, timeout: float = 20.0) -> None:
        """Waits until nothing has been written for `seconds`."""
        begun = time.monotonic()
        while time.monotonic() - max(self._last, begun) < seconds:
            if time.monotonic() - begun > timeout:
                raise AssertionError("the program never falls silent")
            time.sleep(0.02)

    def mark(self) -> None:
        """Counting begins here."""
        self.marked = len(self.output)

    @property
    def since_mark(self) -> int:
        """Bytes written to the terminal since `mark`."""
        return len(self.output) - self.marked

    def wait_exit(self, *, timeout: float = 30.0) -> int:
        """Exit code, 128 + n for a signal; AssertionError where it goes on."""
        deadline = time.monotonic() + timeout
        while self.exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.exit_code = code if code >= 0 else 128 - code
            elif time.monotonic() > deadline:
                raise AssertionError(f"still running; its screen:\n{self.text()}")
            else:
                time.sleep(0.02)
        return self.exit_code

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Closes the terminal, as a line that breaks does."""
        fd, self._fd = self._fd, -1
        self.thaw()
        self._thread.join(1.0)
        os.close(fd)

    def ended(self) -> bool:
        """Whether the program is gone."""
        if self.exit_code is None:
            with contextlib.suppress(AssertionError):
                self.wait_exit(timeout=0.0)
        return self.exit_code is not None

    def close(self) -> None:
        self.thaw()
        if self.exit_code is None:
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
            with contextlib.suppress(OSError, AssertionError):
                self.wait_exit()
        fd, self._fd = self._fd, -1
        if fd >= 0:
            self._thread.join(0.3)
            with contextlib.suppress(OSError):
                os.close(fd)
