"""The plugin's REST side refuses in plain text, as Go does."""

from __future__ import annotations

import httpx
import pytest

from tests.demo.conftest import Person
from tui.demo import jitsi

PLUGIN = "/plugins/jitsi/api/v1"


@pytest.mark.parametrize("call", ["config", "meetings", "meetings/enrich"])
def test_strangers_are_not_authorized(anna: Person, call: str) -> None:
    jitsi.switch_on(anna.server.world, tokens=True)
    answer = httpx.post(f"{anna.server.url}{PLUGIN}/{call}", json={}, trust_env=False)
    assert (answer.status_code, answer.text) == (401, "Not authorized\n")
    assert answer.headers["content-type"].startswith("text/plain")


def test_other_peoples_channels_are_forbidden(anna: Person) -> None:
    jitsi.switch_on(anna.server.world)
    answer = anna.http.post(f"{anna.server.url}{PLUGIN}/meetings", json={"channel_id": "x" * 26})
    assert (answer.status_code, answer.text) == (403, "Forbidden\n")


def test_without_tokens_nothing_is_enriched(anna: Person) -> None:
    jitsi.switch_on(anna.server.world)
    answer = anna.http.post(f"{anna.server.url}{PLUGIN}/meetings/enrich", json={"jwt": "a.b.c"})
    assert (answer.status_code, answer.text) == (401, "Not authorized\n")
