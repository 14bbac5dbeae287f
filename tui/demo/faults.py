"""What can go wrong on purpose: a script of faults for tests (and for showing off a bad line).

Invariant: safe to call from any thread; every fault ends by itself after `times`, or by `clear()`. Without
faults the server behaves like the real one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tui.demo.http1 import Request, Response

PORTAL_PAGE = b"<!DOCTYPE html><html><body><h1>Hotel WLAN</h1><form>Zimmernummer</form></body></html>"
GATEWAY_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def nothing() -> None:
    """Until a server takes it over."""


@dataclass(slots=True)
class Fault:
    """One rule: applies to `times` requests whose path matches the pattern (fnmatch, below /api/v4)."""

    path: str
    method: str = ""
    times: int = 1
    before: Response | None = None
    """Answer this and do nothing else."""
    drop_before: bool = False
    drop_after: bool = False
    """Do the work, then cut the line instead of answering."""
    delay: float = 0.0
    """Seconds before the answer."""
    truncate: int = -1
    """≥ 0 = break off after so many bytes of the body."""

    def fits(self, request: Request, path: str) -> bool:
        if self.method and self.method != request.method:
            return False
        return fnmatchcase(path, self.path) or fnmatchcase(request.target, self.path)


@dataclass(slots=True)
class Faults:
    """The switches a test turns. Websocket ones are read by the hub."""

    auth_timeout: float = 5.0
    """Seconds a websocket may stay without signing in."""
    since_rows: int = 1000
    portal_mode: str = ""
    """"", "page" (200 HTML), "redirect" (302 elsewhere) or "gateway" (502 HTML), for everything."""
    frozen: bool = False
    """Connections stay open, nothing is read or answered."""
    lost_events: int = 0
    """So many coming events vanish with a perfect seq."""
    skipped_numbers: int = 0
    """The next event's seq jumps by so much."""
    repeated_events: int = 0
    """So many coming events are sent twice with the same seq."""
    mute_pings: bool = False
    """Application pings are not answered."""
    double_hello: bool = True
    """5.37: after a failed resume hello comes twice and so does every event."""
    forget_connections: bool = False
    """No resume: parked connections are thrown away."""
    on_cut: Callable[[], None] = nothing
    """What `cut_sockets` does; the server puts its own in."""
    _rules: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            self._rules.append(fault)
        return fault

    def status(
        self,
        path: str,
        code: int,
        *,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"{}",
        content_type: str = "application/json",
        method: str = "",
    ) -> Fault:
        """Answers `path` with `code` so many times."""
        response = Response(code, body, content_type, dict(headers or {}))
        return self.add(Fault(path, method, times, before=response))

    def throttle(self, path: str = "*", *, retry_after: int = 1, times: int = 1) -> Fault:
        """429 as Mattermost sends it: plain text, with X-RateLimit headers."""
        headers = {
            "Retry-After": str(retry_after),
            "X-RateLimit-Limit": "100",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": str(retry_after),
        }
        return self.status(
            path, 429, times=times, headers=headers, body=b"limit exceeded\n", content_type="text/plain"
        )

    def drop_reply_after(self, path: str, *, times: int = 1, method: str = "") -> Fault:
        """The work is done, the answer is lost."""
        return self.add(Fault(path, method, times, drop_after=True))

    def drop_request(self, path: str, *, times: int = 1, method: str = "") -> Fault:
        """The line is cut before the work is done."""
        return self.add(Fault(path, method, times, drop_before=True))

    def delay(self, path: str, seconds: float, *, times: int = 1, method: str = "") -> Fault:
        return self.add(Fault(path, method, times, delay=seconds))

    def truncate(self, path: str, size: int, *, times: int = 1) -> Fault:
        """Breaks the answer's body off after `size` bytes."""
        return self.add(Fault(path, times=times, truncate=size))

    def portal(self, mode: str = "page") -> None:
        """A captive portal (or a proxy) answers for the server: "page", "redirect", "gateway", "" = gone."""
        self.portal_mode = mode

    def freeze(self) -> None:
        """Everything stands still; lines stay open, and what is sent waits for `thaw`."""
        self.frozen = True

    def thaw(self) -> None:
        self.frozen = False

    def cut_sockets(self) -> None:
        """Every websocket dies without a close frame."""
        self.on_cut()

    def take(self, request: Request, path: str) -> Fault | None:
        """The fault for this request, counted down."""
        with self._lock:
            for rule in self._rules:
                if rule.fits(request, path):
                    rule.times -= 1
                    if rule.times <= 0:
                        self._rules.remove(rule)
                    return rule
        return None

    def intruder(self) -> Response | None:
        """What the portal answers, None = no portal."""
        if self.portal_mode == "page":
            return Response(200, PORTAL_PAGE, "text/html; charset=utf-8")
        if self.portal_mode == "redirect":
            return Response(302, b"", "text/html", {"Location": "http://portal.invalid/login"})
        if self.portal_mode == "gateway":
            return Response(502, GATEWAY_PAGE, "text/html")
        return None

    def clear(self) -> None:
        """All well again."""
        with self._lock:
            self._rules.clear()
        fresh = Faults()
        for name in SWITCHES:
            setattr(self, name, getattr(fresh, name))


SWITCHES = (
    "auth_timeout",
    "since_rows",
    "portal_mode",
    "frozen",
    "lost_events",
    "skipped_numbers",
    "repeated_events",
    "mute_pings",
    "double_hello",
    "forget_connections",
)
