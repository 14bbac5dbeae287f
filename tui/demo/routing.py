"""From method and path to a handler, and what a handler gets.

Invariant: an unknown route and a wrong method are the same 404; fixed words win over `{placeholders}`;
ids of a wrong length are 400 before the handler runs (`/users/me` is resolved first).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from tui.demo import refusals
from tui.demo.http1 import Request, Response
from tui.demo.records import Channel, Post, Session, Team, User, Wire
from tui.demo.refusals import Refusal

if TYPE_CHECKING:
    from tui.demo.hub import Hub
    from tui.demo.world import World

MAX_PAGE = 200


@dataclass(slots=True)
class Call:
    """One request on its way through a handler."""

    world: World
    hub: Hub
    request: Request
    params: dict[str, str]
    session: Session | None = None
    since_limit: int = 1000

    @property
    def me(self) -> User:
        """Who asks. Raises Refusal (401) for nobody."""
        if self.session is None:
            raise refusals.signed_out()
        return self.world.users[self.session.user_id]

    def user_id(self, name: str = "user_id") -> str:
        """The user id of the path, `me` resolved."""
        value = self.params[name]
        return self.me.id if value == "me" else checked_id(value, name)

    def own_user(self) -> User:
        """The user of the path, who must be the asker (or the asker an admin)."""
        user = self.world.users.get(self.user_id())
        if user is None or (user.id != self.me.id and not self.me.is_admin):
            raise refusals.forbidden()
        return user

    def team(self) -> Team:
        """The team of the path, of which the asker is a member."""
        team = self.world.teams.get(checked_id(self.params["team_id"], "team_id"))
        if team is None or self.me.id not in team.members:
            raise refusals.forbidden()
        return team

    def channel(self, *, joined: bool = True) -> Channel:
        """The channel of the path; `joined` False also gives public ones of the asker's teams."""
        channel = self.world.channels.get(checked_id(self.params["channel_id"], "channel_id"))
        if channel is None:
            if not joined:
                raise Refusal(
                    404, "app.channel.get.existing.app_error", "Unable to find the existing channel."
                )
            raise refusals.forbidden()
        if self.me.id in channel.members:
            return channel
        team = self.world.teams.get(channel.team_id)
        if joined or channel.type != "O" or team is None or self.me.id not in team.members:
            raise refusals.forbidden()
        return channel

    def post(self) -> Post:
        """The live post of the path, in a channel of the asker."""
        post = self.world.posts.get(checked_id(self.params["post_id"], "post_id"))
        if post is None or post.delete_at:
            raise refusals.no_post()
        if self.me.id not in self.world.channels[post.channel_id].members:
            raise refusals.forbidden()
        return post

    def json(self, name: str = "") -> Any:
        """The JSON body. Raises Refusal (400) naming `name`."""
        try:
            return msgspec.json.decode(self.request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise refusals.bad_body(name) from None

    def object(self, name: str = "") -> Wire:
        """The body as an object."""
        body = self.json(name)
        if not isinstance(body, dict):
            raise refusals.bad_body(name)
        return body

    def objects(self, name: str) -> list[Wire]:
        """The body as a list of objects."""
        body = self.json(name)
        if not isinstance(body, list) or not all(isinstance(row, dict) for row in body):
            raise refusals.bad_body(name)
        return body

    def texts(self, name: str) -> list[str]:
        """The body as a list of texts, not empty."""
        body = self.json(name)
        if not isinstance(body, list) or not body or not all(isinstance(row, str) for row in body):
            raise refusals.bad_body(name)
        return body

    def number(self, name: str, default: int) -> int:
        """A query number; rubbish and negative ones are the default."""
        value = self.request.query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() else default

    def flag(self, name: str) -> bool:
        return self.request.query.get(name) == "true"

    def paging(self, default: int = 60) -> tuple[int, int]:
        """(page, per_page) within the server's limits."""
        return self.number("page", 0), min(self.number("per_page", default), MAX_PAGE)


def checked_id(value: str, name: str) -> str:
    """Raises Refusal (400) unless it looks like an id."""
    if len(value) != 26 or not value.isascii() or not value.isalnum():
        raise refusals.bad_url(name)
    return value


Handler: TypeAlias = Callable[[Call], Response]


@dataclass(frozen=True, slots=True)
class Route:
    method: str
    pattern: str
    handler: Handler
    open: bool = False
    """Works without a session."""
    words: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(self.pattern.strip("/").split("/")))


class Router:
    """All routes, by method and number of words, fixed words first."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._table: dict[tuple[str, int], list[Route]] = {}
        for route in routes:
            self._table.setdefault((route.method, len(route.words)), []).append(route)
        for rows in self._table.values():
            rows.sort(key=lambda route: [word.startswith("{") for word in route.words])

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        words = path.strip("/").split("/")
        for route in self._table.get((method, len(words)), ()):
            params = match(route.words, words)
            if params is not None:
                return route, params
        return None


def match(pattern: Sequence[str], words: Sequence[str]) -> dict[str, str] | None:
    """The placeholders' values, or None."""
    params: dict[str, str] = {}
    for wanted, word in zip(pattern, words, strict=True):
        if wanted.startswith("{"):
            params[wanted[1:-1]] = word
        elif wanted != word:
            return None
    return params


def answer(value: object, status: int = 200, *, etag: str = "", **headers: str) -> Response:
    """A JSON answer."""
    out = {name.replace("_", "-"): text for name, text in headers.items()}
    if etag:
        out["Etag"] = etag
    return Response(status, msgspec.json.encode(value), headers=out)


def ok() -> Response:
    return answer({"status": "OK"})


def tagged(call: Call, etag: str, value: Callable[[], object]) -> Response:
    """304 when the client holds it already; else the value with its ETag."""
    if call.request.header("if-none-match") == etag:
        return Response(304, headers={"Etag": etag})
    return answer(value(), etag=etag)
