from __future__ import annotations

import pytest

from tests.support.api_calls import Case, U, api_to, check
from tests.support.odd_server import Step, answer, error, reply
from tui.core.errors import BadAnswer, SignInRefused, TeleteamError

CASES: list[Case] = [
    (lambda api: api.fetch_me(), {"id": U}, "GET", "/users/me", None),
    (lambda api: api.fetch_ping(), {"status": "OK"}, "GET", "/system/ping", None),
    (lambda api: api.fetch_config(), {"Version": "5"}, "GET", "/config/client?format=old", None),
    (lambda api: api.logout(), {"status": "OK"}, "POST", "/users/logout", None),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[2]} {case[3]}")
async def test_each_method_is_one_request(case: Case) -> None:
    await check(case)


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


async def test_the_licence_is_read_from_the_version() -> None:
    versioned = reply({"MaxFileSize": "1000"}, headers={"X-Version-Id": "5.37.0..abc.true"})
    async with api_to(versioned) as (api, _):
        assert (await api.fetch_config()).flag("IsLicensed")
        assert api.largest_upload == 1000
