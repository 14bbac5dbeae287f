from __future__ import annotations

import pytest

from tests.support.api_calls import C, Case, T, U, check

CATEGORIES = f"/users/me/teams/{T}/channels/categories"
CASES: list[Case] = [
    (
        lambda api: api.create_channel(T, "news", "News", private=True, purpose="p", header="h"),
        {"id": C},
        "POST",
        "/channels",
        {"team_id": T, "name": "news", "display_name": "News", "type": "P", "purpose": "p", "header": "h"},
    ),
    (
        lambda api: api.patch_channel(C, {"header": ""}),
        {"id": C},
        "PUT",
        f"/channels/{C}/patch",
        {"header": ""},
    ),
    (lambda api: api.make_private(C), {"id": C}, "PUT", f"/channels/{C}/privacy", {"privacy": "P"}),
    (
        lambda api: api.invite_by_mail(T, ["a@b.example"]),
        [{"email": "a@b.example", "error": None}],
        "POST",
        f"/teams/{T}/invite/email?graceful=true",
        ["a@b.example"],
    ),
    (lambda api: api.archive_channel(C), {}, "DELETE", f"/channels/{C}", None),
    (lambda api: api.restore_channel(C), {"id": C}, "POST", f"/channels/{C}/restore", None),
    (
        lambda api: api.fetch_public_channels(T, 2),
        [],
        "GET",
        f"/teams/{T}/channels?page=2&per_page=200",
        None,
    ),
    (
        lambda api: api.fetch_archived_channels(T),
        [],
        "GET",
        f"/teams/{T}/channels/deleted?page=0&per_page=200",
        None,
    ),
    (
        lambda api: api.fetch_channel_members(C),
        [],
        "GET",
        f"/channels/{C}/members?page=0&per_page=200",
        None,
    ),
    (
        lambda api: api.put_channel_admin(C, U, True),
        {},
        "PUT",
        f"/channels/{C}/members/{U}/schemeRoles",
        {"scheme_user": True, "scheme_admin": True},
    ),
    (
        lambda api: api.create_category(U, T, "Work", [C]),
        {"id": "k", "channel_ids": None},
        "POST",
        CATEGORIES,
        {"user_id": U, "team_id": T, "display_name": "Work", "channel_ids": [C]},
    ),
    (lambda api: api.put_categories(T, [{"id": "k"}]), [], "PUT", CATEGORIES, [{"id": "k"}]),
    (lambda api: api.delete_category(T, "k"), {}, "DELETE", f"{CATEGORIES}/k", None),
    (lambda api: api.put_category_order(T, ["b", "a"]), [], "PUT", f"{CATEGORIES}/order", ["b", "a"]),
    (lambda api: api.fetch_team(T), {"id": T}, "GET", f"/teams/{T}", None),
    (lambda api: api.fetch_open_teams(), [], "GET", "/teams?page=0&per_page=200", None),
    (lambda api: api.fetch_invited_team("i1"), {"name": "x"}, "GET", "/teams/invite/i1", None),
    (
        lambda api: api.join_team(T, U),
        {},
        "POST",
        f"/teams/{T}/members",
        {"team_id": T, "user_id": U},
    ),
    (
        lambda api: api.join_team_by_invite("a&b"),
        {"team_id": T},
        "POST",
        "/teams/members/invite?invite_id=a%26b",
        None,
    ),
    (lambda api: api.leave_team(T, U), {}, "DELETE", f"/teams/{T}/members/{U}", None),
    (
        lambda api: api.search_users("be", team_id=T, not_in_channel=C),
        [],
        "POST",
        "/users/search",
        {"term": "be", "team_id": T, "limit": 50, "not_in_channel_id": C},
    ),
    (
        lambda api: api.put_status_until(U, "dnd", 5_000),
        {},
        "PUT",
        f"/users/{U}/status",
        {"user_id": U, "status": "dnd", "dnd_end_time": 5},
    ),
    (
        lambda api: api.fetch_groups("de"),
        [{"id": "g", "name": "devs", "member_count": 3}, {"id": "silent", "name": None}],
        "GET",
        "/groups?filter_allow_reference=true&include_member_count=true&q=de&per_page=100",
        None,
    ),
    (
        lambda api: api.fetch_group_members("g"),
        {"members": None},
        "GET",
        "/groups/g/members?per_page=200",
        None,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_call_is_one_request(case: Case) -> None:
    await check(case)
