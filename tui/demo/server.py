"""The Mattermost side of the demo: HTTP and websocket on one loopback port, in a thread of its own.

Invariant: the world is touched on the server's thread only (`call`); every answer carries the headers of
Mattermost 5.37; events leave before the answer that caused them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from tui.demo import http1, refusals
from tui.demo.faults import Fault, Faults
from tui.demo.http1 import Request, Response
from tui.demo.hub import SERVER_VERSION, Hub
from tui.demo.listener import Listener, send
from tui.demo.records import Session
from tui.demo.refusals import Refusal
from tui.demo.routes import ROUTES
from tui.demo.routing import Call, Route, Router
from tui.demo.sockets import Socket
from tui.demo.world import World

T = TypeVar("T")
API = "/api/v4"
NO_COOKIE = "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly"


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of the request log."""

    method: str
    target: str
    status: int


class DemoServer(Listener):
    """A pretended Mattermost. `company` fills the world (see `company.build`); None leaves it empty."""

    def __init__(
        self,
        seed: int = 1,
        company: Callable[[World], None] | None = None,
        *,
        subpath: str = "",
        world: World | None = None,
    ) -> None:
        super().__init__("demo-mattermost")
        self.world = world or World(seed)
        self.faults = Faults()
        self.hub = Hub(self.world, self.faults)
        self.faults.on_cut = self.cut_sockets
        self.subpath = subpath.rstrip("/")
        self.log: list[Seen] = []
        """Every request answered, oldest first."""
        self._router = Router(ROUTES)
        if company is not None:
            company(self.world)
        self.world.publish = self.hub.publish

    @property
    def url(self) -> str:
        return super().url + self.subpath

    @property
    def max_size(self) -> int:
        return int(self.world.config["MaxFileSize"])

    def start(self) -> str:
        url = super().start()
        self.call(self._note_url)
        return url

    def _note_url(self) -> None:
        self.world.site_url = self.world.config["SiteURL"] = self.url
        self.max_body = self.max_size

    def call(self, work: Callable[[], T]) -> T:
        """Runs `work` on the server's thread and waits for its value."""
        return self.lane.call(work)

    def cut_sockets(self) -> None:
        """Every websocket dies without a close frame."""
        self.call(self.hub.cut_all)

    def revoke(self, username: str) -> None:
        """All sessions of a person end; open websockets stay silent, as on the real server."""

        def forget() -> None:
            user_id = self.world.user(username).id
            dead = [token for token, row in self.world.sessions.items() if row.user_id == user_id]
            for token in dead:
                del self.world.sessions[token]

        self.call(forget)

    # serving
    async def serve(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        await self._thawed()
        intruder = self.faults.intruder()
        path = self._below(request.path)
        fault = None if intruder else self.faults.take(request, path)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.drop_before:
            writer.transport.abort()
            return False
        response = intruder or (fault.before if fault else None)
        if response is None and path == "/websocket" and "upgrade" in request.headers:
            return await self._socket(request, reader, writer)
        if response is None:
            response = self._respond(request, path)
        self.log.append(Seen(request.method, request.target, response.status))
        await self._thawed()
        return await _deliver(writer, request, response, fault)

    async def _thawed(self) -> None:
        while self.faults.frozen:  # noqa: ASYNC110  (set from any thread)
            await asyncio.sleep(0.05)

    async def _socket(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        await Socket(self.hub, reader, writer, request).serve(bearer(request))
        return False

    def _below(self, path: str) -> str:
        """The path below /api/v4; other places keep their whole path."""
        if self.subpath and path.startswith(self.subpath + "/"):
            path = path[len(self.subpath) :]
        elif self.subpath:
            return "/elsewhere" + path
        return path[len(API) :] if path.startswith(API + "/") else "/:" + path.lstrip("/")

    def _respond(self, request: Request, path: str) -> Response:
        if "//" in request.path:
            while "//" in (clean := request.path.replace("//", "/")):
                request.path = clean
            return self._finish(Response(301, b"", "text/html", {"Location": clean}))
        try:
            response = self._handle(request, path)
        except Refusal as refusal:
            response = self._refused(refusal)
        if request.method == "GET":
            response.headers.setdefault("Expires", "0")
        return self._finish(response)

    def _handle(self, request: Request, path: str) -> Response:
        found = None if path.endswith("/") else self._router.find(request.method, path)
        if found is None:
            raise refusals.no_page(request.path)
        route, params = found
        session = self._session(request, route)
        call = Call(self.world, self.hub, request, params, session, self.faults.since_rows)
        return route.handler(call)

    def _session(self, request: Request, route: Route) -> Session | None:
        """Who asks; a cookie wins over a Bearer and then wants its CSRF token. Raises Refusal (401)."""
        cookie = request.cookies.get("MMAUTHTOKEN", "")
        token = cookie or bearer(request)
        if not token and request.query.get("access_token") and not route.open:
            raise Refusal(
                401,
                "api.context.token_provided.app_error",
                "Session is not OAuth but token was provided in the query string.",
            )
        session = self.world.sessions.get(token)
        if session and self.world.users[session.user_id].delete_at:
            session = None
        if session and cookie and request.method != "GET" and request.header("x-csrf-token") != session.csrf:
            session = None
            token = ""
        if session is None and not route.open:
            refusal = refusals.signed_out()
            raise DeadToken(refusal) if token else refusal
        return session

    def _refused(self, refusal: Refusal) -> Response:
        body = {
            "id": refusal.error_id,
            "message": refusal.message,
            "detailed_error": refusal.detail,
            "request_id": self.world.new_id(),
            "status_code": refusal.status,
        }
        kind = "application/json"
        if refusal.error_id == "api.context.404.app_error":
            del body["request_id"]
            kind = "text/plain; charset=utf-8"
        cookies = (NO_COOKIE,) if isinstance(refusal, DeadToken) else ()
        return Response(refusal.status, msgspec.json.encode(body), kind, cookies=cookies)

    def _finish(self, response: Response) -> Response:
        response.headers.setdefault("X-Request-Id", self.world.new_id())
        response.headers["X-Version-Id"] = SERVER_VERSION
        return response

    def too_large(self, length: int) -> Response:
        limit = self.max_size
        return self._refused(
            Refusal(
                413,
                "api.file.upload_file.too_large_detailed.app_error",
                f"Unable to upload file. {length} bytes exceeds the maximum allowed {limit} bytes.",
            )
        )


class DeadToken(Refusal):
    """401 for a token that was given but is not (or no longer) known: also takes the cookie away."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.status, refusal.error_id, refusal.message)


def bearer(request: Request) -> str:
    """The token of `Authorization: Bearer …` or `token …`, "" = none."""
    scheme, _, token = request.header("authorization").partition(" ")
    return token.strip() if scheme.lower() in ("bearer", "token") else ""


async def _deliver(
    writer: asyncio.StreamWriter, request: Request, response: Response, fault: Fault | None
) -> bool:
    """Sends the answer, or spoils it as the fault wants; False = the connection is at its end."""
    if fault is not None and fault.drop_after:
        writer.transport.abort()
        return False
    if fault is not None and fault.truncate >= 0:
        whole = http1.encode(response)
        head_size = whole.index(b"\r\n\r\n") + 4
        writer.write(whole[: head_size + fault.truncate])
        await writer.drain()
        return False
    await send(writer, request, response)
    return True
