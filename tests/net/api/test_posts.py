from __future__ import annotations

import pytest

from tests.support.api_calls import PAGE, POST, C, Case, P, T, U, api_to, check
from tests.support.odd_server import reply
from tui.core.errors import BadAnswer
from tui.core.ports import NewPost

CASES: list[Case] = [
    (
        lambda api: api.fetch_posts(C, per_page=500, before=P),
        PAGE,
        "GET",
        f"/channels/{C}/posts?page=0&per_page=200&skipFetchThreads=true&before={P}",
        None,
    ),
    (
        lambda api: api.fetch_posts_since(C, 99),
        PAGE,
        "GET",
        f"/channels/{C}/posts?since=99&skipFetchThreads=true",
        None,
    ),
    (lambda api: api.fetch_post(P), POST, "GET", f"/posts/{P}", None),
    (lambda api: api.fetch_thread(P), PAGE, "GET", f"/posts/{P}/thread", None),
    (lambda api: api.fetch_pinned(C), PAGE, "GET", f"/channels/{C}/pinned", None),
    (
        lambda api: api.create_post(NewPost(C, "hi")),
        POST,
        "POST",
        "/posts",
        {"channel_id": C, "message": "hi"},
    ),
    (
        lambda api: api.create_post(NewPost(C, "hi", "", ("f",), {"cid": "1"}, "u:1")),
        POST,
        "POST",
        "/posts",
        {
            "channel_id": C,
            "message": "hi",
            "file_ids": ["f"],
            "props": {"cid": "1"},
            "pending_post_id": "u:1",
        },
    ),
    (lambda api: api.patch_post(P, "new"), POST, "PUT", f"/posts/{P}/patch", {"message": "new"}),
    (lambda api: api.delete_post(P), {}, "DELETE", f"/posts/{P}", None),
    (lambda api: api.pin_post(P, True), {}, "POST", f"/posts/{P}/pin", None),
    (lambda api: api.pin_post(P, False), {}, "POST", f"/posts/{P}/unpin", None),
    (
        lambda api: api.add_reaction(U, P, "+1"),
        {"user_id": U, "post_id": P, "emoji_name": "+1", "create_at": 1},
        "POST",
        "/reactions",
        {"user_id": U, "post_id": P, "emoji_name": "+1", "create_at": 0},
    ),
    (
        lambda api: api.remove_reaction(P, "+1"),
        {},
        "DELETE",
        f"/users/me/posts/{P}/reactions/%2B1",
        None,
    ),
    (
        lambda api: api.search_posts(T, "from:ann x", time_zone_offset=3600),
        PAGE,
        "POST",
        f"/teams/{T}/posts/search",
        {
            "terms": "from:ann x",
            "is_or_search": False,
            "time_zone_offset": 3600,
            "include_deleted_channels": True,
            "page": 0,
            "per_page": 100,
        },
    ),
    (
        lambda api: api.fetch_threads(U, T, since=9, unread=True, before=P),
        {"threads": []},
        "GET",
        f"/users/{U}/teams/{T}/threads?pageSize=60&per_page=60&since=9&deleted=true&unread=true&before={P}",
        None,
    ),
    (
        lambda api: api.read_thread(U, T, P, 17),
        {},
        "PUT",
        f"/users/{U}/teams/{T}/threads/{P}/read/17",
        None,
    ),
    (
        lambda api: api.follow_thread(U, T, P, False),
        {},
        "DELETE",
        f"/users/{U}/teams/{T}/threads/{P}/following",
        None,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_method_is_one_request(case: Case) -> None:
    await check(case)


async def test_posting_without_turning_online() -> None:
    async with api_to(reply(POST, 201), appear_online=False) as (api, odd):
        await api.create_post(NewPost(C, "hi"))
        assert odd.seen[0].target == "/api/v4/posts?set_online=false"


@pytest.mark.parametrize("value", [{}, {**POST, "channel_id": "other"}, {**POST, "id": ""}, [], "x"])
async def test_a15_a_reply_about_something_else_is_no_reply(value: object) -> None:
    async with api_to(reply(value, 201)) as (api, odd):
        with pytest.raises(BadAnswer):
            await api.create_post(NewPost(C, "hi"))
        assert len(odd.seen) == 1
