from __future__ import annotations

import pytest

from tests.support.api_calls import U, api_to
from tests.support.odd_server import answer, error, reply
from tui.core.errors import Refused, UserMistake


async def test_tagged_answers() -> None:
    async with api_to(reply({"id": U}, headers={"ETag": "e1"}), answer(b"", 304, "")) as (api, odd):
        first = await api.fetch_me()
        assert first.value is not None
        assert (first.value.id, first.etag) == (U, "e1")
        second = await api.fetch_me("e1")
        assert (second.value, second.etag) == (None, "e1")
        assert odd.seen[1].headers["if-none-match"] == "e1"


async def test_ids_go_in_hundreds_and_none_at_all_for_none() -> None:
    async with api_to(reply([])) as (api, odd):
        assert await api.fetch_users([]) == []
        assert await api.fetch_statuses([]) == []
        await api.put_preferences(U, [])
        assert odd.seen == []
        await api.fetch_statuses([str(number) for number in range(250)])
        assert [len(seen.json) for seen in odd.seen if isinstance(seen.json, list)] == [100, 100, 50]


@pytest.mark.parametrize("hostile", ["", ".", ".."])
async def test_ids_that_are_no_segment_go_nowhere(hostile: str) -> None:
    async with api_to(reply({})) as (api, odd):
        with pytest.raises(UserMistake):
            await api.fetch_channel(hostile)
        assert odd.seen == []


async def test_ids_cannot_leave_their_endpoint() -> None:
    async with api_to(error("x", 404)) as (api, odd):
        with pytest.raises(Refused):
            await api.fetch_post("../../users/me?x=1#y")
        assert odd.seen[0].target == "/api/v4/posts/..%2F..%2Fusers%2Fme%3Fx%3D1%23y"
