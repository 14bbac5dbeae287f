"""A tiny client that plays a scenario against any server and holds each step against the recording.

Invariant: calls are made in the recorded order (who, method and path are checked too); events are compared
per listener, in order, after the last step.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.recordings import load, misfits, plain_path

PATIENCE = 8.0
QUIET = frozenset({"status_change"})
"""Events that depend on what happened before the scenario."""


@dataclass(slots=True)
class Person:
    name: str
    """As in the recording: ann, ben …"""
    username: str
    password: str
    id: str = ""
    token: str = ""


@dataclass(slots=True)
class Ear:
    """One websocket and what came over it."""

    socket: ClientConnection
    heard: list[dict[str, Any]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None
    closed: int = 0
    """Close code, 0 = open."""
    sent: int = 0

    async def listen(self) -> None:
        try:
            async for text in self.socket:
                self.heard.append(json.loads(text))
        except ConnectionClosed:
            pass
        self.closed = self.socket.close_code or 1006

    async def say(self, action: str, data: object = None, seq: int | None = None) -> None:
        """Sends an action; the answer is heard."""
        self.sent += 1
        message: dict[str, Any] = {"seq": self.sent if seq is None else seq, "action": action}
        if data is not None:
            message["data"] = data
        await self.socket.send(json.dumps(message))

    async def until(self, number: int) -> None:
        """Waits for so many frames, or for the end."""
        deadline = time.monotonic() + PATIENCE
        while len(self.heard) < number and not self.closed:
            if time.monotonic() > deadline:
                names = [frame.get("event", "reply") for frame in self.heard]
                raise AssertionError(f"only {names} came, {number} frames were awaited")
            await asyncio.sleep(0.01)

    async def close(self) -> None:
        await self.socket.close()
        if self.task is not None:
            await self.task


class Stage:
    """What a scenario holds: people, a team, channels, and the calls."""

    def __init__(self, name: str, url: str, people: dict[str, Person]) -> None:
        self.name = name
        self.url = url
        self.people = people
        self.team = ""
        self.team_name = ""
        self.channels: dict[str, str] = {}
        """Name → id: alpha-prime, secret …"""
        recording = self.recording(name)
        self._steps: list[dict[str, Any]] = recording["http"]
        self._events: dict[str, list[dict[str, Any]]] = recording["events"]
        self._at = 0
        self.problems: list[str] = []
        self.http = httpx.AsyncClient(base_url=url, timeout=30.0, trust_env=False)
        self.ears: dict[str, Ear] = {}

    @staticmethod
    def recording(name: str) -> dict[str, Any]:
        """What each step is held against."""
        return load(name)

    def id(self, name: str) -> str:
        return self.people[name].id

    def token(self, name: str) -> str:
        return self.people[name].token

    # calling
    async def quiet(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        """A call that is not part of the recording."""
        headers = dict(more.pop("headers", {}))
        if who in self.people and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token(who)}"
        self.http.cookies.clear()
        return await self.http.request(method, self._full(path), headers=headers, **more)

    def _full(self, path: str) -> str:
        return path if path.startswith("//") else "/api/v4" + path

    async def call(self, who: str, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The next recorded step; answers the decoded body (or the bytes)."""
        return (await self.response(who, method, path, body, **more))[0]

    async def response(
        self, who: str, method: str, path: str, body: Any = None, **more: Any
    ) -> tuple[Any, httpx.Response]:
        if body is not None:
            more["json"] = body
        response = await self.quiet(who, method, path, **more)
        return self._judge(who, method, path, response), response

    def skip(self, number: int = 1) -> None:
        """Leaves recorded steps out."""
        self._at += number

    def _judge(self, who: str, method: str, path: str, response: httpx.Response) -> Any:
        wanted = self._steps[self._at] if self._at < len(self._steps) else {}
        self._at += 1
        where = f"step {self._at}: {who} {method} {path}"
        call = f"{method} {plain_path(self._full(path))}"
        if wanted.get("call") != call or wanted["who"] != who:
            raise AssertionError(f"{where}: the recording has {wanted.get('who')} {wanted.get('call')}")
        value = decoded(response)
        if response.status_code != wanted["status"]:
            self.problems.append(f"{where}: {response.status_code} instead of {wanted['status']} ({value})")
        if "error" in wanted and (not isinstance(value, dict) or value.get("id") != wanted["error"]):
            self.problems.append(f"{where}: {value} instead of {wanted['error']}")
        for name in wanted["headers"]:
            if name not in response.headers:
                self.problems.append(f"{where}: no header {name}")
        if "shape" in wanted and not isinstance(value, bytes):
            self.problems += [f"{where}: {problem}" for problem in misfits(value, wanted["shape"])]
        return value

    # listening
    async def listen(self, *names: str) -> None:
        """Opens one websocket each; hello and what follows from connecting is not part of the recording."""
        for name in names:
            ear = await self.ear(name)
            await ear.until(1)
            ear.heard.clear()

    async def ear(self, name: str, query: str = "", token: str | None = None) -> Ear:
        """A websocket with a Bearer; token "" = none."""
        bearer = self.token(name) if token is None else token
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        url = self.url.replace("http", "ws", 1) + "/api/v4/websocket" + query
        socket = await connect(
            url, additional_headers=headers, compression=None, max_size=2**23, proxy=None, ping_interval=None
        )
        ear = Ear(socket)
        ear.task = asyncio.create_task(ear.listen())
        self.ears[name] = ear
        return ear

    async def settle(self) -> None:
        """Waits until every listener has heard all its recorded events."""
        for name, ear in self.ears.items():
            await ear.until(len(self.expected(name)) + self.noise(ear))

    def noise(self, ear: Ear) -> int:
        return sum(frame.get("event") in QUIET for frame in ear.heard)

    def expected(self, name: str) -> list[dict[str, Any]]:
        return [row for row in self._events.get(name, []) if self._counts(row)]

    def _counts(self, row: dict[str, Any]) -> bool:
        return ("event" in row and row["event"] not in QUIET) or "reply" in row

    async def compare_events(self, *, unordered: bool = False) -> None:
        """Holds what each listener heard against the recording."""
        await self.settle()
        for name, ear in self.ears.items():
            heard = [frame for frame in ear.heard if frame.get("event") not in QUIET]
            self._compare(name, heard, self.expected(name), unordered)

    def _compare(
        self, name: str, heard: list[dict[str, Any]], wanted: list[dict[str, Any]], unordered: bool
    ) -> None:
        if unordered:
            heard.sort(key=_label)
            wanted = sorted(wanted, key=_label)
        if [_label(frame) for frame in heard] != [_label(row) for row in wanted]:
            got = [_label(frame) for frame in heard]
            self.problems.append(f"{name} heard {got} instead of {[_label(row) for row in wanted]}")
            return
        for frame in heard:
            rows = [row for row in wanted if _label(row) == _label(frame)][: None if unordered else 1]
            found = [_event_misfits(name, frame, row) for row in rows]
            best = min(found, key=len)
            self.problems += best
            wanted.remove(rows[found.index(best)])

    # helpers of many scenarios
    async def post(self, who: str, channel: str, message: str, **more: Any) -> Any:
        """Writes, as a recorded step."""
        body = {"channel_id": self.channels[channel], "message": message, **more}
        return await self.call(who, "POST", "/posts", body)

    async def write(self, who: str, channel: str, message: str, **more: Any) -> Any:
        """Writes, besides the recording."""
        body = {"channel_id": self.channels[channel], "message": message, **more}
        response = await self.quiet(who, "POST", "/posts", json=body)
        response.raise_for_status()
        return response.json()

    async def hush(self) -> None:
        """Forgets what was heard so far; a ping makes sure that it has arrived."""
        for ear in self.ears.values():
            before = sum("seq_reply" in frame for frame in ear.heard)
            await ear.say("ping")
            deadline = time.monotonic() + PATIENCE
            while sum("seq_reply" in frame for frame in ear.heard) == before:
                assert time.monotonic() < deadline, "no answer to a ping"
                await asyncio.sleep(0.01)
            ear.heard.clear()

    async def calm(self) -> None:
        """Lets what a step caused arrive everywhere: one protocol ping there and back on each line."""
        for ear in self.ears.values():
            await asyncio.wait_for(await ear.socket.ping(), PATIENCE)

    async def end(self) -> None:
        for ear in self.ears.values():
            await ear.close()
        await self.http.aclose()


def _event_misfits(name: str, frame: dict[str, Any], row: dict[str, Any]) -> list[str]:
    where = f"{name} heard {_label(frame)}"
    if "event" not in row:
        return [f"{where}: {problem}" for problem in misfits(frame, row["shape"])]
    scope = [key for key in ("user_id", "channel_id", "team_id") if frame["broadcast"][key]]
    out = [f"{where}: {problem}" for problem in misfits(frame["data"], row["data"])]
    return out if scope == row["scope"] else [*out, f"{where}: scope {scope} instead of {row['scope']}"]


def _label(row: dict[str, Any]) -> str:
    if "event" in row:
        return str(row["event"])
    error = row.get("error", "")
    return f"reply {error['id'] if isinstance(error, dict) else error}"


def decoded(response: httpx.Response) -> Any:
    """The JSON of an answer, else its bytes."""
    try:
        return response.json()
    except ValueError:
        return response.content
