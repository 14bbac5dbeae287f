"""The REST side of one Mattermost server: mattermostdriver's catalogue over our own transport.

Invariant: this is the only module that imports mattermostdriver. Of the package only the endpoint classes are
used: they build paths and call the client below, which returns awaitables. Its own client, login, logout and
WebSocket never run (blocking, one connection per call, errors without ids, no TLS for events).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from mattermostdriver import Driver

from tui.core.ports import Clock, Traffic
from tui.net.answers import Answer
from tui.net.api.base import Params
from tui.net.api.channels import Channels
from tui.net.api.company import Company
from tui.net.api.files import Files
from tui.net.api.meetings import Meetings
from tui.net.api.messages import Messages
from tui.net.api.people import People
from tui.net.api.posts import Posts
from tui.net.api.teams import Teams
from tui.net.http import NO_BODY, Http
from tui.net.meter import Meter


class DriverClient:
    """What the driver's endpoint classes call: `options` is the JSON body, a list or an object."""

    def __init__(self, ask: Callable[..., Awaitable[Answer]]) -> None:
        self._ask = ask

    async def make_request(self, method: str, endpoint: str, options: object = None) -> Answer:
        """For signing in alone."""
        return await self._ask(method.upper(), endpoint, body=_body(options))

    async def get(self, endpoint: str, params: Params | None = None) -> Answer:
        return await self._ask("GET", endpoint, params=params)

    async def post(self, endpoint: str, options: object = None, params: Params | None = None) -> Answer:
        return await self._ask("POST", endpoint, params=params, body=_body(options))

    async def put(self, endpoint: str, options: object = None, params: Params | None = None) -> Answer:
        return await self._ask("PUT", endpoint, params=params, body=_body(options))

    async def delete(self, endpoint: str, options: object = None, params: Params | None = None) -> Answer:
        return await self._ask("DELETE", endpoint, params=params, body=_body(options))


def _body(options: object) -> object:
    return NO_BODY if options is None else options


class MattermostApi(Files, People, Teams, Channels, Company, Posts, Messages, Meetings):
    """Implements `core.ports.ServerApi`. Raises Insecure or UserMistake for an unusable address."""

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock,
        ca_file: Path | None = None,
        language: str = "en",
        meter: Meter | None = None,
        appear_online: bool = True,
    ) -> None:
        self.http = Http(base_url, clock=clock, ca_file=ca_file, language=language, meter=meter)
        client = DriverClient(self.ask)
        self.driver = Driver({"url": self.http.address.host}, client_cls=lambda _options: client)
        self.appear_online = appear_online

    def __repr__(self) -> str:
        return f"MattermostApi({self.http.address.base})"

    @property
    def meter(self) -> Meter:
        """Shared with the event stream, so that all bytes are counted in one place."""
        return self.http.meter

    def traffic(self) -> Traffic:
        return self.http.meter.snapshot()

    async def close(self) -> None:
        await self.http.close()
