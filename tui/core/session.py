"""The state machine of the event socket, without the socket: hello, sequence numbers, resume and checks.

Invariant: every event of one connection is delivered exactly once and in its order, or `Reconnect` is
said; whether events were missed before it is said by `Resumed` (none) or `Gap` (unknown). Time comes in
as monotonic seconds. Source: Mattermost's WebSocket API (5.37 and 11.x), traps in facts §12.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from tui.core.frames import Event, Hello, Reply, Unknown
from tui.core.models import Json
from tui.core.values import dataclass

CHECK_EVERY = 26.0
"""Seconds between two checks of the session. Events go on after a logout, so only the answer to a request
proves it: a revoked one is noticed within 30 s. The line itself is watched by the stream's own pings."""
CHECK = "user_update_active_status"
"""The request with the shortest answer (32 bytes; that to `ping` has 115). It only does what the server does
by itself: with true what it does at a connection, with false what it does at each pong (who was idle for five
minutes is away); a status that was chosen by hand stays."""
SILENCE_LIMIT = 15.0
"""Seconds without any frame after a check until the line counts as dead. A pong that is late because
other frames come first is no loss."""
HELLO_LIMIT = 12.0
"""Seconds to wait for the first proof of life; the server itself drops unauthenticated sockets after 5."""


@dataclass(frozen=True, slots=True)
class Deliver:
    """The next event of the stream; `seq` is its number."""

    event: Event


@dataclass(frozen=True, slots=True)
class Resumed:
    """The old connection goes on: nothing was missed that will not now be delivered."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A new connection begins: whatever happened before it must be fetched."""

    connection_id: str
    version: str = ""
    """Of the server and its configuration, as in `X-Version-Id`; it changes with either."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a request of ours that was no check."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The server says that the token of this socket is dead (answered FAIL 401)."""


@dataclass(frozen=True, slots=True)
class Reconnect:
    """Close and connect again; `fresh` = do not try to resume. `reason`: hello, sequence, silence."""

    reason: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Send:
    """A text frame to send."""

    text: str


Output: TypeAlias = Deliver | Resumed | Gap | Answered | SessionEnded | Reconnect | Send
Step: TypeAlias = "tuple[Session, tuple[Output, ...]]"


@dataclass(frozen=True, slots=True)
class Session:
    """One socket's state; every method returns the next state and what to do."""

    connection_id: str = ""
    """Of the connection that we are on, or ask to resume; "" = not known yet."""
    next_seq: int = 0
    """Number of the event that must come next."""
    phase: Literal["new", "opening", "resuming", "live", "over"] = "new"
    last_frame: float = 0.0
    last_check: float = 0.0
    check_seq: int = 0
    """Request number of the unanswered check; 0 = none is under way."""
    requests: int = 0
    check_every: float = CHECK_EVERY

    def opened(self, now: float) -> Step:
        """The upgrade succeeded. A first check tells whether the token lives, and proves a silent resume."""
        phase: Literal["opening", "resuming"] = "resuming" if self.connection_id else "opening"
        return replace(self, phase=phase, last_frame=now)._check(now, active=True)

    def received(self, frame: Event | Hello | Reply | Unknown, now: float) -> Step:
        """One frame of the server."""
        if self.phase == "over":
            return self, ()
        heard = replace(self, last_frame=now)
        match frame:
            case Hello():
                return heard._hello(frame)
            case Event():
                return heard._event(frame)
            case Reply():
                return heard._reply(frame)
            case Unknown():
                return heard, ()

    def ticked(self, now: float) -> Step:
        """Time passes: checks that are due, and lines that have died."""
        if self.phase in ("new", "over"):
            return self, ()
        if self.phase in ("opening", "resuming") and now - self.last_check >= HELLO_LIMIT:
            return self._over("silence", fresh=False)
        if self.check_seq and now - max(self.last_frame, self.last_check) >= SILENCE_LIMIT:
            return self._over("silence", fresh=False)
        if self.phase == "live" and now - self.last_check >= self.check_every:
            return self._check(now, active=False)
        return self, ()

    def request(self, action: str, data: Mapping[str, Json] | None = None) -> tuple[Session, str]:
        """Numbers a request to the server and gives its frame."""
        number = self.requests + 1
        frame: dict[str, object] = {"seq": number, "action": action}
        if data is not None:
            frame["data"] = dict(data)
        return replace(self, requests=number), json.dumps(frame, separators=(",", ":"))

    def _check(self, now: float, *, active: bool) -> Step:
        """A request whose answer proves session and line."""
        after, text = self.request(CHECK, {"user_is_active": active})
        return replace(after, check_seq=after.requests, last_check=now), (Send(text),)

    def _hello(self, hello: Hello) -> Step:
        if self.phase == "live":
            return self._over("hello", fresh=True)
        begun = replace(self, phase="live", connection_id=hello.connection_id, next_seq=hello.seq + 1)
        return begun, (Gap(hello.connection_id, hello.server_version),)

    def _event(self, event: Event) -> Step:
        if self.phase == "opening" or event.seq != self.next_seq:
            return self._over("sequence", fresh=True)
        after = replace(self, phase="live", next_seq=event.seq + 1)
        if self.phase == "resuming":
            return after, (Resumed(), Deliver(event))
        return after, (Deliver(event),)

    def _reply(self, reply: Reply) -> Step:
        if not reply.ok and reply.status == 401:
            return replace(self, phase="over"), (SessionEnded(),)
        if reply.seq_reply != self.check_seq:
            return self, (Answered(reply),)
        answered = replace(self, check_seq=0)
        if self.phase == "resuming":
            return replace(answered, phase="live"), (Resumed(),)
        return answered, ()

    def _over(self, reason: str, *, fresh: bool) -> Step:
        return replace(self, phase="over"), (Reconnect(reason, fresh),)
