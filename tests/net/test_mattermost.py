from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from tests.support.clock import FakeClock
from tests.support.odd_server import OddServer, Step, answer, error, odd_server, reply
from tui.core.errors import BadAnswer, Refused, SignInRefused, TeleteamError, UserMistake
from tui.core.models import Preference
from tui.core.ports import NewPost, ServerApi
from tui.net.mattermost import MattermostApi

U, T, C, P = "u" * 26, "t" * 26, "c" * 26, "p" * 26
POST = {"id": P, "channel_id": C, "user_id": U, "message": "hi", "metadata": {}}
MEMBER = {"channel_id": C, "user_id": U, "msg_count": 3}
PAGE = {"order": [P], "posts": {P: POST}}


@asynccontextmanager
async def api_to(*script: Step, appear_online: bool = True) -> AsyncIterator[tuple[MattermostApi, OddServer]]:
    async with odd_server(*script) as odd:
        api = MattermostApi(odd.url, clock=FakeClock(), appear_online=appear_online)
        try:
            yield api, odd
        finally:
            await api.close()


def test_it_is_what_sync_asks_for() -> None:
    api: ServerApi = MattermostApi("https://chat.example/mm", clock=FakeClock())
    assert repr(api) == "MattermostApi(https://chat.example/mm)"


Call = Callable[[MattermostApi], Awaitable[object]]
CALLS: list[tuple[Call, object, str, str, object]] = [
    (lambda api: api.fetch_me(), {"id": U}, "GET", "/users/me", None),
    (lambda api: api.fetch_ping(), {"status": "OK"}, "GET", "/system/ping", None),
    (lambda api: api.fetch_config(), {"Version": "5"}, "GET", "/config/client?format=old", None),
    (lambda api: api.logout(), {"status": "OK"}, "POST", "/users/logout", None),
    (lambda api: api.fetch_preferences(), [], "GET", "/users/me/preferences", None),
    (
        lambda api: api.put_preferences(U, [Preference("a", "b", "c")]),
        {},
        "PUT",
        "/users/me/preferences",
        [{"user_id": U, "category": "a", "name": "b", "value": "c"}],
    ),
    (
        lambda api: api.delete_preferences(U, [Preference("a", "b", "")]),
        {},
        "POST",
        "/users/me/preferences/delete",
        [{"user_id": U, "category": "a", "name": "b", "value": ""}],
    ),
    (lambda api: api.fetch_teams(), [], "GET", "/users/me/teams", None),
    (
        lambda api: api.fetch_team_unreads(),
        [],
        "GET",
        "/users/me/teams/unread?include_collapsed_threads=true",
        None,
    ),
    (lambda api: api.fetch_channels(T), [], "GET", f"/users/me/teams/{T}/channels", None),
    (
        lambda api: api.fetch_channels(T, last_delete_at=5),
        [],
        "GET",
        f"/users/me/teams/{T}/channels?include_deleted=true&last_delete_at=5",
        None,
    ),
    (lambda api: api.fetch_memberships(T), [], "GET", f"/users/me/teams/{T}/channels/members", None),
    (lambda api: api.fetch_categories(T), {}, "GET", f"/users/me/teams/{T}/channels/categories", None),
    (
        lambda api: api.put_category({"id": "favorites_u_t", "collapsed": True}, T),
        {},
        "PUT",
        f"/users/me/teams/{T}/channels/categories/favorites_u_t",
        {"id": "favorites_u_t", "collapsed": True},
    ),
    (lambda api: api.fetch_channel(C), {"id": C}, "GET", f"/channels/{C}", None),
    (
        lambda api: api.fetch_channel_by_name(T, "town-square"),
        {"id": C},
        "GET",
        f"/teams/{T}/channels/name/town-square",
        None,
    ),
    (lambda api: api.fetch_membership(C), MEMBER, "GET", f"/channels/{C}/members/me", None),
    (lambda api: api.fetch_member_count(C), {"member_count": 7}, "GET", f"/channels/{C}/stats", None),
    (
        lambda api: api.view_channel(C, "x"),
        {},
        "POST",
        "/channels/members/me/view",
        {"channel_id": C, "prev_channel_id": "x", "collapsed_threads_supported": True},
    ),
    (
        lambda api: api.set_unread(P),
        MEMBER,
        "POST",
        f"/users/me/posts/{P}/set_unread",
        {"collapsed_threads_supported": True},
    ),
    (lambda api: api.create_direct([U, P]), {"id": C}, "POST", "/channels/direct", [U, P]),
    (lambda api: api.create_group([U, P, T]), {"id": C}, "POST", "/channels/group", [U, P, T]),
    (lambda api: api.search_channels(T, "al"), [], "POST", f"/teams/{T}/channels/search", {"term": "al"}),
    (lambda api: api.join_channel(C, U), MEMBER, "POST", f"/channels/{C}/members", {"user_id": U}),
    (lambda api: api.leave_channel(C, U), {}, "DELETE", f"/channels/{C}/members/{U}", None),
    (
        lambda api: api.put_notify_props(C, U, {"mark_unread": "mention"}),
        {},
        "PUT",
        f"/channels/{C}/members/{U}/notify_props",
        {"mark_unread": "mention"},
    ),
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
    (lambda api: api.fetch_users([U, U, ""]), [], "POST", "/users/ids", [U]),
    (lambda api: api.fetch_users([U], since=4), [], "POST", "/users/ids?since=4", [U]),
    (lambda api: api.fetch_users_by_names(["ann"]), [], "POST", "/users/usernames", ["ann"]),
    (
        lambda api: api.fetch_channel_users(C, 2),
        [],
        "GET",
        f"/users?in_channel={C}&page=2&per_page=200",
        None,
    ),
    (lambda api: api.fetch_group_users([C]), {}, "POST", "/users/group_channels", [C]),
    (
        lambda api: api.autocomplete_users(T, C, "an"),
        {"users": []},
        "GET",
        f"/users/autocomplete?in_team={T}&in_channel={C}&name=an&limit=25",
        None,
    ),
    (lambda api: api.fetch_statuses([U]), [], "POST", "/users/status/ids", [U]),
    (
        lambda api: api.put_status(U, "dnd"),
        {},
        "PUT",
        f"/users/{U}/status",
        {"user_id": U, "status": "dnd"},
    ),
    (lambda api: api.fetch_commands(T), [], "GET", f"/teams/{T}/commands/autocomplete", None),
    (
        lambda api: api.execute_command(C, "/away", T),
        {},
        "POST",
        "/commands/execute",
        {"channel_id": C, "command": "/away", "team_id": T, "root_id": ""},
    ),
    (lambda api: api.fetch_plugins(), [], "GET", "/plugins/webapp", None),
]


@pytest.mark.parametrize(("call", "value", "method", "target", "body"), CALLS)
async def test_each_method_is_one_request(
    call: Call, value: object, method: str, target: str, body: object
) -> None:
    async with api_to(reply(value)) as (api, odd):
        await call(api)
        (seen,) = odd.seen
        assert (seen.method, seen.target) == (method, "/api/v4" + target)
        assert (seen.json if seen.body else None) == body


async def test_sign_in_takes_the_token_from_the_header() -> None:
    async with api_to(reply({"id": U, "username": "ann"}, headers={"Token": "tok"}), reply({"id": U})) as (
        api,
        odd,
    ):
        api.set_token("old")
        signed_in = await api.login("ann", "secret", "123456")
        assert (signed_in.user.id, signed_in.token) == (U, "tok")
        assert "authorization" not in odd.seen[0].headers
        assert odd.seen[0].json == {
            "login_id": "ann",
            "password": "secret",
            "token": "123456",
            "device_id": "",
        }
        assert "tok" not in repr(signed_in)
        await api.fetch_me()
        assert odd.seen[1].headers["authorization"] == "Bearer tok"


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (error("mfa.validate_token.authenticate.app_error", 401), SignInRefused),
        (error("api.user.login.blank_pwd.app_error", 400), SignInRefused),
        (reply({"id": U}), BadAnswer),
        (answer("<html>", 200, "text/html"), BadAnswer),
    ],
    ids=["mfa", "blank", "no token", "portal"],
)
async def test_a_sign_in_that_fails(step: Step, kind: type[TeleteamError]) -> None:
    async with api_to(step) as (api, _):
        with pytest.raises(kind):
            await api.login("ann", "secret")


async def test_logout_of_a_dead_session_is_done_too() -> None:
    async with api_to(error("api.context.session_expired.app_error", 401)) as (api, _):
        api.set_token("x")
        await api.logout()
        assert api.http.token == ""


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


async def test_the_licence_is_read_from_the_version() -> None:
    versioned = reply({"MaxFileSize": "1000"}, headers={"X-Version-Id": "5.37.0..abc.true"})
    async with api_to(versioned) as (api, _):
        assert (await api.fetch_config()).flag("IsLicensed")
        assert api.largest_upload == 1000


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


async def test_no_plugins_where_they_are_disabled() -> None:
    async with api_to(error("app.plugin.disabled.app_error", 501)) as (api, _):
        assert await api.fetch_plugins() == []


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
