"""One call of the API against one scripted answer, and what went over the wire for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.support.clock import FakeClock
from tests.support.odd_server import OddServer, Step, odd_server, reply
from tui.net.mattermost import MattermostApi

U, T, C, P = "u" * 26, "t" * 26, "c" * 26, "p" * 26
POST = {"id": P, "channel_id": C, "user_id": U, "message": "hi", "metadata": {}}
MEMBER = {"channel_id": C, "user_id": U, "msg_count": 3}
PAGE = {"order": [P], "posts": {P: POST}}

Call = Callable[[MattermostApi], Awaitable[object]]
Case = tuple[Call, object, str, str, object]
"""Call, answer, and the method, target and JSON body that the server must have seen."""


@asynccontextmanager
async def api_to(*script: Step, appear_online: bool = True) -> AsyncIterator[tuple[MattermostApi, OddServer]]:
    async with odd_server(*script) as odd:
        api = MattermostApi(odd.url, clock=FakeClock(), appear_online=appear_online)
        try:
            yield api, odd
        finally:
            await api.close()


async def check(case: Case) -> None:
    """The call is exactly this one request."""
    call, value, method, target, body = case
    async with api_to(reply(value)) as (api, odd):
        await call(api)
        (seen,) = odd.seen
        assert (seen.method, seen.target) == (method, "/api/v4" + target)
        assert (seen.json if seen.body else None) == body
