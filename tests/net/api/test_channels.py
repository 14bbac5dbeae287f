from __future__ import annotations

import pytest

from tests.support.api_calls import MEMBER, C, Case, P, T, U, check

CASES: list[Case] = [
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
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_method_is_one_request(case: Case) -> None:
    await check(case)
