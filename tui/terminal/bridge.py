"""The link helper: listens on the person's own computer and opens what a server asks for, if it may.

Everybody who can write to the forwarded socket on the server could open pages here: so a wish counts only
with the shared secret, only for https, only for hosts that the person has allowed, and only so often.

Invariant: no more than MOST_TALKS connections are listened to at a time, each only for a few seconds, and one
question is asked at a time; whatever is said on the socket, the worst answer is "no".
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import stat
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from tui.core import bridge_wire as wire
from tui.core.bridge_wire import Broken, Wish
from tui.core.errors import UserMistake
from tui.core.links import Link, check_url
from tui.terminal.bridge_talk import Talk

TALK_SECONDS = 5.0
MOST_TALKS = 8
OPENS, OPENS_SECONDS = 6, 60.0
CONNECTIONS, CONNECTIONS_SECONDS = 40, 10.0


class Keeper(Protocol):
    """What the helper asks of the one who runs it; called on threads, one question at a time."""

    def knows(self, link: Link) -> bool:
        """Whether the person has allowed this host before."""
        ...

    def agrees(self, link: Link, wish: Wish) -> bool:
        """Asks the person."""
        ...

    def opens(self, link: Link, wish: Wish) -> bool:
        """Opens it here; False where no browser starts."""
        ...

    def tell(self, answer: str, link: Link | None) -> None:
        """Something was answered."""
        ...


class Limit:
    """At most `most` in any `seconds`."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Whether one more is within the limit; it counts if it is."""
        with self._lock:
            now = self._clock()
            while self._times and now - self._times[0] >= self._seconds:
                self._times.popleft()
            if len(self._times) >= self._most:
                return False
            self._times.append(now)
            return True


class Bridge:
    """Answers on one listening socket until it is closed."""

    def __init__(self, secret: str, keeper: Keeper, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._secret = secret
        self._keeper = keeper
        self._talks = threading.BoundedSemaphore(MOST_TALKS)
        self._connections = Limit(CONNECTIONS, CONNECTIONS_SECONDS, clock)
        self._opens = Limit(OPENS, OPENS_SECONDS, clock)
        self._deciding = threading.Lock()

    def serve(self, listener: socket.socket) -> None:
        """Blocks until `listener` is closed."""
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            if not self._connections.allows() or not self._talks.acquire(blocking=False):
                connection.close()
                continue
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with connection, contextlib.suppress(OSError):
                self._hear(Talk(connection, TALK_SECONDS))
        finally:
            self._talks.release()

    def _hear(self, talk: Talk) -> None:
        link: Link | None = None
        try:
            wish = self._wish(talk)
            if wish is None:
                return
            link = _checked(wish)
            kind = self._decide(talk, link, wish) if link is not None else wire.REFUSED
        except Broken:
            kind = wire.BAD
        self._keeper.tell(kind, link)
        talk.allow(TALK_SECONDS)
        talk.write(wire.answer(kind))

    def _wish(self, talk: Talk) -> Wish | None:
        """What is wanted, after both have proved themselves; None where the other end only looked."""
        asker = wire.read_hello(talk.read())
        nonce = secrets.token_hex(wire.NONCE_BYTES)
        talk.write(wire.greeting(self._secret, asker, nonce))
        line = talk.read()
        if not line:
            return None
        wish = wire.read_wish(line, self._secret, asker, nonce)
        if wish is None:
            raise Broken("proof")
        return wish

    def _decide(self, talk: Talk, link: Link, wish: Wish) -> str:
        if not self._opens.allows() or not self._deciding.acquire(blocking=False):
            return wire.BUSY
        try:
            if not self._allowed(talk, link, wish):
                return wire.REFUSED
            return wire.OPENED if self._keeper.opens(link, wish) else wire.FAILED
        finally:
            self._deciding.release()

    def _allowed(self, talk: Talk, link: Link, wish: Wish) -> bool:
        """Known hosts at once, unless their name may deceive; else what the person says, while one waits."""
        if self._keeper.knows(link) and not link.warnings:
            return True
        talk.write(wire.answer(wire.ASKING))
        return self._keeper.agrees(link, wish) and talk.is_there()


def _checked(wish: Wish) -> Link | None:
    """The link, if it is https."""
    try:
        link = check_url(wish.url)
    except UserMistake:
        return None
    return link if urlsplit(link.url).scheme == "https" else None


def listen(path: Path) -> socket.socket:
    """A listening socket at `path`, 0600. A stale one is replaced; OSError where one is in use, or where
    something else lies there.
    """
    if path.is_socket() and not _in_use(path):
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
        listener.listen(16)
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    return listener


def _in_use(path: Path) -> bool:
    """Whether somebody listens there, or it is not ours to remove."""
    found = path.lstat()
    if not stat.S_ISSOCK(found.st_mode) or found.st_uid != os.getuid():
        return True
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
