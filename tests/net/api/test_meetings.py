from __future__ import annotations

import pytest

from tests.support.api_calls import C, api_to
from tests.support.odd_server import Step, answer, reply
from tui.core.errors import BadAnswer, NotSupported, Offline, Refused, ServerTrouble
from tui.net.mattermost import MattermostApi

TEXT = "text/plain; charset=utf-8"


def plain(text: str, status: int = 200) -> Step:
    return answer(text, status, content_type=TEXT)


async def test_a_meeting_is_started_below_the_plugins_path() -> None:
    async with api_to(reply({"meeting_id": "Raum"})) as (api, odd):
        assert await api.start_meeting(C, "Büro") == "Raum"
        (seen,) = odd.seen
    assert (seen.method, seen.target) == ("POST", "/plugins/jitsi/api/v1/meetings")
    assert seen.json == {"channel_id": C, "topic": "Büro"}


async def test_the_plugin_is_below_a_sub_path_too_and_gets_the_token() -> None:
    async with api_to(reply({"naming_scheme": "uuid"})) as (api, odd):
        below = MattermostApi(f"{odd.url}/mm", clock=api.http._clock)
        below.set_token("secret-token")
        assert await below.fetch_meeting_naming() == "uuid"
        await below.close()
        (seen,) = odd.seen
    assert seen.target == "/mm/plugins/jitsi/api/v1/config"
    assert seen.headers["authorization"] == "Bearer secret-token"


async def test_ok_in_plain_text_means_that_the_plugin_asks() -> None:
    async with api_to(plain("OK")) as (api, _):
        assert await api.start_meeting(C) == ""


async def test_json_that_calls_itself_text_is_read() -> None:
    async with api_to(plain('{"meeting_id": "Raum"}')) as (api, _):
        assert await api.start_meeting(C) == "Raum"


async def test_no_plugin_is_no_scheme() -> None:
    async with api_to(plain("404 page not found\n", 404)) as (api, _):
        assert await api.fetch_meeting_naming() == ""
        with pytest.raises(NotSupported):
            await api.start_meeting(C)


async def test_an_old_plugin_without_schemes_names_by_words() -> None:
    async with api_to(reply({"embedded": True})) as (api, _):
        assert await api.fetch_meeting_naming() == "words"


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (plain("Not authorized\n", 401), Refused),
        (plain("Forbidden\n", 403), Refused),
        (plain("secret detail", 500), Refused),
        (plain("bad gateway", 502), ServerTrouble),
        (answer("<html>Sign in</html>", 200, "text/html"), BadAnswer),
        (answer("<html>no</html>", 404, "text/html"), BadAnswer),
        (reply({}), BadAnswer),
        (reply({"jwt": 7}), BadAnswer),
        (reply(None, 407), Offline),
    ],
)
async def test_what_is_not_a_token_is_a_failure_that_tells_nothing(
    step: Step, error: type[Exception]
) -> None:
    async with api_to(step) as (api, _):
        with pytest.raises(error) as failed:
            await api.enrich_meeting_token("eyJhbGciOi.claims.seal")
    assert "eyJ" not in str(failed.value)
    assert "secret detail" not in str(failed.value)


async def test_a_token_is_exchanged_for_my_own() -> None:
    async with api_to(reply({"jwt": "eyJmine.b.c"})) as (api, odd):
        assert await api.enrich_meeting_token("eyJ.a.b") == "eyJmine.b.c"
        assert odd.seen[0].json == {"jwt": "eyJ.a.b"}
