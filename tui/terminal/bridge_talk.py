"""Lines over the link helper's socket, with an end in time and in length.

Invariant: no more than `core.bridge_wire.MAX_LINE` bytes are kept of what the other end says, and no wait is
longer than the deadline, however slowly it says it.
"""

from __future__ import annotations

import socket
import time

from tui.core.bridge_wire import MAX_LINE, Broken


class Talk:
    """One connection. Methods raise OSError (TimeoutError among them) where the other end is gone or slow."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._socket = connection
        self._kept = b""
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """From now on so long."""
        self._end = time.monotonic() + seconds

    def read(self) -> bytes:
        """The next line with its end; b"" where the other end has hung up; Broken for one too long."""
        while b"\n" not in self._kept:
            if len(self._kept) >= MAX_LINE:
                raise Broken("length")
            self._socket.settimeout(self._left())
            data = self._socket.recv(MAX_LINE)
            if not data:
                return b""
            self._kept += data
        line, _end, self._kept = self._kept.partition(b"\n")
        return line + b"\n"

    def write(self, line: bytes) -> None:
        self._socket.settimeout(self._left())
        self._socket.sendall(line)

    def is_there(self) -> bool:
        """Whether the other end still listens."""
        try:
            self._socket.settimeout(0)
            return self._socket.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left
