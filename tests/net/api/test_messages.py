from __future__ import annotations

import pytest

from tests.support.api_calls import PAGE, POST, C, Case, P, T, U, api_to, check
from tests.support.odd_server import reply
from tui.core.dialogs import IntegrationDialog
from tui.core.errors import NotSupported
from tui.core.models import Target

FORM = IntegrationDialog("https://bot.example.org", "cb", "state")
SCHEDULED = {"id": "s", "channel_id": C, "message": "later", "scheduled_at": 9000}
CASES: list[Case] = [
    (
        lambda api: api.press_action(P, "take", selected="x", cookie="secret"),
        {"status": "OK"},
        "POST",
        f"/posts/{P}/actions/take",
        {"selected_option": "x", "cookie": "secret"},
    ),
    (
        lambda api: api.submit_dialog(FORM, {"a": True}, U, (C, T)),
        {},
        "POST",
        "/actions/dialogs/submit",
        {
            "type": "dialog_submission",
            "url": "https://bot.example.org",
            "callback_id": "cb",
            "state": "state",
            "user_id": U,
            "channel_id": C,
            "team_id": T,
            "submission": {"a": True},
            "cancelled": False,
        },
    ),
    (lambda api: api.fetch_edit_history(P), [POST], "GET", f"/posts/{P}/edit_history", None),
    (lambda api: api.acknowledge_post(U, P, True), {}, "POST", f"/users/{U}/posts/{P}/ack", None),
    (lambda api: api.acknowledge_post(U, P, False), {}, "DELETE", f"/users/{U}/posts/{P}/ack", None),
    (
        lambda api: api.remind_of_post(U, P, 9_500),
        {},
        "POST",
        f"/users/{U}/posts/{P}/reminder",
        {"target_time": 9},
    ),
    (
        lambda api: api.schedule_post(Target(C, P), U, "later", 9000),
        SCHEDULED,
        "POST",
        "/posts/schedule",
        {"channel_id": C, "root_id": P, "user_id": U, "message": "later", "scheduled_at": 9000},
    ),
    (
        lambda api: api.fetch_scheduled(T),
        {"directChannels": [SCHEDULED], T: []},
        "GET",
        f"/posts/scheduled/team/{T}?includeDirectChannels=true",
        None,
    ),
    (lambda api: api.delete_scheduled("s"), {}, "DELETE", "/posts/schedule/s", None),
    (lambda api: api.fetch_saved(), PAGE, "GET", "/users/me/posts/flagged?page=0&per_page=200", None),
    (lambda api: api.fetch_emoji_names(), [], "GET", "/emoji?page=0&per_page=200&sort=name", None),
    (lambda api: api.read_all_threads(U, T), {}, "PUT", f"/users/{U}/teams/{T}/threads/read", None),
    (
        lambda api: api.unread_thread(U, T, P, C),
        {},
        "POST",
        f"/users/{U}/teams/{T}/threads/{P}/set_unread/{C}",
        None,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_method_is_one_request(case: Case) -> None:
    await check(case)


async def test_wrong_fields_come_with_200() -> None:
    async with api_to(reply({"errors": {"a": "not that"}})) as (api, _odd):
        told = await api.submit_dialog(FORM, {}, U, (C, T))
    assert (told.ok, dict(told.errors)) == (False, {"a": "not that"})


async def test_emoji_are_read_page_by_page() -> None:
    first = [{"id": str(n), "name": f"e{n}"} for n in range(200)]
    async with api_to(reply(first), reply([{"id": "x", "name": "last"}])) as (api, _odd):
        names = await api.fetch_emoji_names()
    assert (len(names), names[-1]) == (201, "last")


async def test_a_server_without_it_says_so() -> None:
    refusal = {"id": "api.context.404.app_error", "message": "", "status_code": 404}
    async with api_to(reply(refusal, 404)) as (api, _odd):
        with pytest.raises(NotSupported):
            await api.remind_of_post(U, P, 1)
