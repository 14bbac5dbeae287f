"""What the nouns of the API share: asking, tagging, batching.

Invariant: ids become URL segments through `address.segment` alone, so no id can leave its endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from tui.core.errors import BadAnswer
from tui.core.models import Json
from tui.core.ports import Tagged
from tui.net.address import segment
from tui.net.answers import Answer
from tui.net.http import NO_BODY, Ask, Http

T = TypeVar("T")
BATCH = 100
"""Ids per request, as the web client does it; servers have no limit of their own that one could ask for."""
PAGE = 200
"""Most rows of a page; more is silently clamped."""
_READS = ("/ids", "/usernames", "/search", "/group_channels", "/view")
"""POST endpoints that may be asked again: they read, or set what is already so."""

Params = Mapping[str, str | int]


class Endpoints:
    """`driver` is mattermostdriver's catalogue of endpoints over `http`; its methods return awaitables."""

    http: Http
    driver: Any

    async def ask(
        self, method: str, path: str, *, params: Params | None = None, body: object = NO_BODY, etag: str = ""
    ) -> Answer:
        """One request below /api/v4, for what the driver has wrong or not at all."""
        return await self.http.ask(
            Ask(
                method,
                path,
                params=params,
                body=body,
                etag=etag,
                login=path == "/users/login",
                repeatable=method in ("GET", "PUT") or path.endswith(_READS),
            )
        )

    async def ask_plugin(self, path: str, body: object) -> Json:
        """`POST /plugins/…`; Refused or NotSupported("tele.refused.plugin") where the plugin says no."""
        return (await self.http.ask(Ask("POST", path, body=body, plugin=True))).value

    async def get(self, path: str, params: Params | None = None) -> Json:
        return (await self.ask("GET", path, params=params)).value

    async def tagged(
        self, path: str, make: Callable[[object], T], etag: str, params: Params | None = None
    ) -> Tagged[T]:
        """A GET with If-None-Match; 304 is a `Tagged` without value."""
        answer = await self.ask("GET", path, params=params, etag=etag)
        if answer.status == 304:
            return Tagged(None, answer.etag or etag)
        return Tagged(make(answer.value), answer.etag)


def path(*parts: str) -> str:
    """ "/a/b" of its segments, each quoted."""
    return "".join(f"/{segment(part)}" for part in parts)


def batches(ids: Sequence[str]) -> Iterator[list[str]]:
    """The distinct ids, in their order, in lists that a server takes at once; nothing for no ids."""
    distinct = list(dict.fromkeys(filter(None, ids)))
    return (distinct[at : at + BATCH] for at in range(0, len(distinct), BATCH))


def whole(row: T, *ids: str) -> T:
    """`row`, which must have these ids. Raises BadAnswer("tele.answer.shape")."""
    if not all(ids):
        raise BadAnswer("tele.answer.shape", "no id")
    return row
