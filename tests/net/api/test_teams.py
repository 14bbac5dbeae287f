from __future__ import annotations

import pytest

from tests.support.api_calls import C, Case, T, api_to, check
from tests.support.odd_server import error

CASES: list[Case] = [
    (lambda api: api.fetch_teams(), [], "GET", "/users/me/teams", None),
    (
        lambda api: api.fetch_team_unreads(),
        [],
        "GET",
        "/users/me/teams/unread?include_collapsed_threads=true",
        None,
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


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_method_is_one_request(case: Case) -> None:
    await check(case)


async def test_no_plugins_where_they_are_disabled() -> None:
    async with api_to(error("app.plugin.disabled.app_error", 501)) as (api, _):
        assert await api.fetch_plugins() == []
