"""Asks the link helper on the person's own computer to open a link, over a forwarded socket.

Invariant: the link is said only to who has proved to know our secret; a socket that nobody listens on any
more is removed, so that the next login can make it anew.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.core import bridge_wire as wire
from tui.core.bridge_wire import Broken, Wish
from tui.core.values import dataclass
from tui.terminal.bridge_places import is_ours
from tui.terminal.bridge_talk import Talk

GREETING_SECONDS = 4.0
ANSWER_SECONDS = 90.0
"""Longest wait while the person is asked on the other computer."""
FRESH_SECONDS = 3.0
"""A socket younger than this may not have its listener yet."""

NONE, UNPAIRED, SILENT, IMPOSTOR = "none", "unpaired", "silent", "impostor"


@dataclass(frozen=True, slots=True)
class Told:
    """`kind`: one of `bridge_wire.ANSWERS`, or none (no socket), unpaired (no secret here), silent (the line
    is there, `teleteam bridge` is not), impostor (what answers does not know our secret).
    """

    kind: str

    @property
    def opened(self) -> bool:
        return self.kind == wire.OPENED


def ready(places: Sequence[Path], known: Sequence[str]) -> Told:
    """Whether a helper answers: kind `opened` would do; nothing is said to it but hello."""
    return _first(places, known, lambda _talk, _secret, _asker, _nonce: wire.OPENED)


def ask(wish: Wish, places: Sequence[Path], known: Sequence[str]) -> Told:
    """Has `wish` opened by the first helper that answers; waits while the person is asked there."""

    def say(talk: Talk, secret: str, asker: str, nonce: str) -> str:
        talk.write(wire.wish(secret, asker, nonce, wish))
        kind = wire.read_answer(talk.read())
        if kind == wire.ASKING:
            talk.allow(ANSWER_SECONDS)
            kind = wire.read_answer(talk.read())
        return kind

    return _first(places, known, say)


_Say = Callable[[Talk, str, str, str], str]


def _first(places: Sequence[Path], known: Sequence[str], say: _Say) -> Told:
    """The first answer that is one; else the one that says most of why there is none."""
    if not known:
        return Told(UNPAIRED if places else NONE)
    kinds = []
    for place in places:
        kind = _one(place, known, say)
        if kind in wire.ANSWERS:
            return Told(kind)
        kinds.append(kind)
    return Told(next((kind for kind in (IMPOSTOR, SILENT) if kind in kinds), NONE))


def _one(place: Path, known: Sequence[str], say: _Say) -> str:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(GREETING_SECONDS)
        try:
            connection.connect(str(place))
        except ConnectionRefusedError:
            _remove(place)
            return NONE
        except OSError:
            return NONE
        try:
            return _talk(Talk(connection, GREETING_SECONDS), known, say)
        except (OSError, Broken):
            return SILENT


def _talk(talk: Talk, known: Sequence[str], say: _Say) -> str:
    asker = secrets.token_hex(wire.NONCE_BYTES)
    talk.write(wire.hello(asker))
    line = talk.read()
    if not line:
        return SILENT
    try:
        nonce, secret = wire.read_greeting(line, known, asker)
    except Broken:
        return IMPOSTOR
    return say(talk, secret, asker, nonce) if secret else IMPOSTOR


def _remove(place: Path) -> None:
    """A stale socket keeps the next `ssh -R` from listening there."""
    with contextlib.suppress(OSError):
        if is_ours(place) and time.time() - place.lstat().st_mtime > FRESH_SECONDS:
            place.unlink()
