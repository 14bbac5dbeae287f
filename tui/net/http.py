"""The one HTTP client: pooled, gzip, HTTP/2 over TLS, with limits in time and size and an even pace.

Invariant: the token leaves for the server's own origin alone (no redirect is followed, no cookie is kept or
sent), and every failure is a leaf of `core.errors`. Nothing here repeats a request that could act twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import httpcore
import httpx
import msgspec

from tui import __version__
from tui.core.errors import BadAnswer, Offline, TeleteamError, Throttled, UserMistake
from tui.core.ports import Clock
from tui.core.values import dataclass
from tui.net import address, bodies, failures, proxies, tls
from tui.net.answers import Answer, judged, number, retry_after
from tui.net.gate import Gate
from tui.net.meter import Meter
from tui.net.transport import Transport

USER_AGENT = f"teleteam/{__version__}"
DEADLINE = 30.0
"""Seconds for a whole JSON exchange, however the bytes drip."""
TIMEOUT = httpx.Timeout(connect=10, read=30, write=60, pool=30)
SMALL = 4096
"""Bytes of an answer whose time counts as a round trip."""
SLEPT = 30.0
"""Seconds that the wall clock ran ahead of the monotonic one: the machine was suspended."""
SCARCE = 5
"""So few requests left in the server's rate limit make us slow down."""
NO_BODY = object()
_LOUD = ("httpx", "httpcore", "hpack", "h2", "websockets", "urllib3", "mattermostdriver")


_BROKEN: tuple[type[Exception], ...] = (
    OSError,
    EOFError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    httpx.HTTPError,
    httpx.StreamError,
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One JSON request. `repeatable`: may be sent again if the line breaks before an answer."""

    method: str
    path: str
    """Below /api/v4; with `plugin` below the site: /plugins/…"""
    params: Mapping[str, str | int] | None = None
    body: object = NO_BODY
    etag: str = ""
    login: bool = False
    repeatable: bool = False
    plugin: bool = False
    """A plugin answers: plain text where it refuses."""

    def __repr__(self) -> str:
        return f"Ask({self.method} {self.path})"


class Http:
    """JSON requests to one Mattermost server. Raises Insecure or UserMistake for an unusable address."""

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock,
        ca_file: Path | None = None,
        language: str = "en",
        meter: Meter | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        quieten()
        self.address = address.parse(base_url)
        self.meter = meter or Meter()
        self.tls = tls.context(ca_file) if self.address.secure else None
        self.proxy = proxies.for_server(self.address)
        self._clock = clock
        self._deadline = deadline
        self._token = ""
        self._gate = Gate(eager=6 if self.address.secure else 1)
        self._spacing = 0.0
        self._next_start = 0.0
        self._silent_until = 0.0
        self._last_wall, self._last_monotonic = clock.now(), clock.monotonic()
        self._transport = Transport(self.tls, self.meter, self.proxy)
        self._client = httpx.AsyncClient(
            transport=self._transport,
            base_url=self.address.base + address.API,
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept-Language": language},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,
        )

    def __repr__(self) -> str:
        return f"Http({self.address.base})"

    @property
    def token(self) -> str:
        return self._token

    @token.setter
    def token(self, token: str) -> None:
        """Raises UserMistake("tele.input.token") for what no header may hold."""
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise UserMistake("tele.input.token")
        self._token = token

    async def close(self) -> None:
        await self._client.aclose()

    async def make_way(self, seconds: float) -> None:
        """Waits, before a piece of something large is sent, until nobody waits for an answer."""
        await self._gate.make_way(seconds)

    async def ask(self, ask: Ask) -> Answer:
        """Sends one request and judges its answer; waits for its turn first."""
        async with self._gate.slot():
            await self._pace()
            await self._mind_sleep()
            return await self._exchange(ask)

    async def _exchange(self, ask: Ask) -> Answer:
        try:
            return await self._once(ask)
        except Offline as error:
            if not (ask.repeatable and error.cause == "reset"):
                raise
        # A pooled connection that the server had dropped meanwhile: a fresh one is worth a try.
        return await self._once(replace(ask, repeatable=False))

    async def _once(self, ask: Ask) -> Answer:
        begun = self._clock.monotonic()
        answered: httpx.Response | None = None
        try:
            async with asyncio.timeout(self._deadline), self.stream(self._request(ask)) as response:
                answered = response
                took = self._clock.monotonic() - begun
                body = await bodies.read(response)
        except TimeoutError:
            failure: TeleteamError = Offline("timeout") if answered is None else BadAnswer("tele.answer.slow")
        else:
            if len(body) < SMALL:
                self.meter.round_trip(took)
            return judged(
                response.status_code,
                response.headers,
                body,
                self.address,
                login=ask.login,
                token=self._token,
                plugin=ask.plugin,
            )
        raise failure

    @asynccontextmanager
    async def stream(self, request: httpx.Request) -> AsyncIterator[httpx.Response]:
        """One exchange whose body the caller reads; what breaks, inside too, becomes Offline or Insecure."""
        self.meter.requests += 1
        broken: Exception
        try:
            response = await self._client.send(request, stream=True)
            try:
                self._note_limits(response.status_code, response.headers)
                yield response
            finally:
                await response.aclose()
            return
        except _BROKEN as error:
            broken = error
        raise (await failures.explained(broken, self.address, self.proxy)) from None

    async def _mind_sleep(self) -> None:
        """After a suspend pooled connections look fresh (the monotonic clock stood still) but are dead."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        slept = (wall - self._last_wall) / 1000 - (monotonic - self._last_monotonic)
        self._last_wall, self._last_monotonic = wall, monotonic
        if slept > SLEPT:
            await self._transport.renew()

    def _request(self, ask: Ask) -> httpx.Request:
        headers = {"If-None-Match": ask.etag} if ask.etag else {}
        content = None
        if ask.body is not NO_BODY:
            headers["Content-Type"] = "application/json"
            content = msgspec.json.encode(ask.body)
        where = self.address.base + ask.path if ask.plugin else ask.path
        return self.request(
            ask.method, where, params=ask.params, headers=headers, content=content, signed=not ask.login
        )

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | AsyncIterator[bytes] | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        signed: bool = True,
    ) -> httpx.Request:
        """A request below /api/v4; `signed` = with our token on it."""
        mine = {"Authorization": f"Bearer {self._token}"} if self._token and signed else {}
        return self._client.build_request(
            method, path, params=params, headers={**mine, **(headers or {})}, content=content, timeout=timeout
        )

    def _note_limits(self, status: int, headers: Mapping[str, str]) -> None:
        """Heeds `X-RateLimit-*` (sent with every answer where the limit is on) and 429."""
        now = self._clock.monotonic()
        if status == 429:
            self._silent_until = now + retry_after(headers)
        remaining = number(headers, "x-ratelimit-remaining")
        if remaining is None or remaining > SCARCE:
            self._spacing = 0.0
            return
        used = (number(headers, "x-ratelimit-limit") or 0) - remaining
        refill = (number(headers, "x-ratelimit-reset") or 1) / max(1.0, used)
        self._spacing = min(2.0, max(0.05, refill))

    async def _pace(self) -> None:
        """Waits for our place in the rate limit. Raises Throttled, unsent, while the server wants silence."""
        now = self._clock.monotonic()
        if now < self._silent_until:
            raise Throttled(self._silent_until - now)
        if not self._spacing:
            return
        start = max(now, self._next_start)
        self._next_start = start + self._spacing
        if start > now:
            await self._clock.sleep(start - now)


def quieten() -> None:
    """The wires' own loggers print headers at DEBUG: the token among them."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
