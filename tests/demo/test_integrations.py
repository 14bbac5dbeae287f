"""The demo's poll and form, by the calls a client makes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.demo.conftest import Person
from tui.demo import company
from tui.demo.integrations import FORM_URL
from tui.demo.server import DemoServer


@pytest.fixture(scope="module")
def firm() -> Iterator[DemoServer]:
    server = DemoServer(1, company.build)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def person(firm: DemoServer) -> Iterator[Person]:
    made = Person(firm, "anna")
    yield made
    made.close()


def post_with(firm: DemoServer, action: str) -> str:
    return next(post_id for post_id, action_id in firm.world.apps if action_id == action)


def test_a_vote_changes_the_poll_for_everybody(firm: DemoServer, person: Person) -> None:
    poll = post_with(firm, "vote1")
    assert person.post(f"/posts/{poll}/actions/vote1", {}).json()["status"] == "OK"
    card = person.get(f"/posts/{poll}").json()["props"]["attachments"][0]
    assert (card["text"], card["actions"][1]["name"]) == ("**Stimmen**: 1", "Mittwoch (1)")
    person.post(f"/posts/{poll}/actions/vote0", {})
    card = person.get(f"/posts/{poll}").json()["props"]["attachments"][0]
    assert [a["name"] for a in card["actions"]] == ["Montag (1)", "Mittwoch (0)", "Freitag (0)"]


def test_a_form_is_checked(firm: DemoServer, person: Person) -> None:
    channel = firm.world.posts[post_with(firm, "apply")].channel_id
    body = {"url": FORM_URL, "state": channel, "submission": {"town": "Atlantis", "nights": 1}}
    wrong = person.post("/actions/dialogs/submit", body)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (200, ["town"])
    body["submission"] = {"town": "Graz", "nights": 1}
    assert person.post("/actions/dialogs/submit", body).json() == {}
    newest = person.get(f"/channels/{channel}/posts?per_page=1").json()
    assert "**Graz**" in newest["posts"][newest["order"][0]]["message"]


def test_an_integration_that_is_down(person: Person) -> None:
    assert person.post("/actions/dialogs/submit", {"url": "https://nobody.example.org"}).status_code == 400
