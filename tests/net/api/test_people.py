from __future__ import annotations

import pytest

from tests.support.api_calls import C, Case, T, U, check
from tui.core.models import Preference

CASES: list[Case] = [
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
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_method_is_one_request(case: Case) -> None:
    await check(case)
