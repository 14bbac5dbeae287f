"""The Jitsi plugin."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.demo.conftest import Person
from tui.demo import jitsi, posts
from tui.demo.records import Channel, Post

RECORDED = {
    entry["name"]: entry["response"]
    for entry in json.loads((Path(__file__).parents[1] / "contracts/jitsi_posts.json").read_text("utf-8"))
}
PLUGIN = "/plugins/jitsi/api/v1"


def test_without_the_plugin_there_is_nothing(anna: Person) -> None:
    assert anna.get("/plugins/webapp").json() == []
    response = anna.http.post(anna.server.url + PLUGIN + "/config", json={})
    assert (response.status_code, response.text) == (404, "404 page not found\n")


def test_starting_posts_the_meeting_and_answers_its_room(anna: Person) -> None:
    world = anna.server.world
    jitsi.switch_on(world)
    channel = world.channel("nordlicht", "town-square")
    body = {"channel_id": channel.id, "topic": "Büro heute"}
    answer = anna.http.post(anna.server.url + PLUGIN + "/meetings", json=body).json()
    post = world.timelines[channel.id][-1]
    assert answer == {"meeting_id": post.props["meeting_id"]}
    assert (post.type, post.message) == ("custom_jitsi", "")
    assert post.props["meeting_id"].startswith("Bro-heute-")
    assert post.props["jwt_meeting_valid_until"] == jitsi.NO_TIME
    assert set(post.props) == WRITTEN_BY_THE_PLUGIN


WRITTEN_BY_THE_PLUGIN = {
    "attachments",
    "default_meeting_topic",
    "jwt_meeting",
    "jwt_meeting_valid_until",
    "meeting_id",
    "meeting_jwt",
    "meeting_link",
    "meeting_personal",
    "meeting_topic",
}


def test_a_token_is_enriched_with_the_persons_name(anna: Person) -> None:
    world = anna.server.world
    jitsi.switch_on(world, tokens=True)
    channel = world.channel("nordlicht", "town-square")
    post = anna.server.call(lambda: jitsi.start(world, channel, world.user("ben"), "Thema"))
    body = {"jwt": post.props["meeting_jwt"]}
    own = anna.http.post(anna.server.url + PLUGIN + "/meetings/enrich", json=body).json()["jwt"]
    assert own != body["jwt"]
    assert own.count(".") == 2


def test_the_command_starts_explains_and_sets(anna: Person) -> None:
    world = anna.server.world
    jitsi.switch_on(world)
    channel = world.channel("nordlicht", "town-square")
    body = {"channel_id": channel.id, "team_id": channel.team_id, "command": "/jitsi start Jour fixe"}
    assert anna.post("/commands/execute", body).status_code == 200
    assert world.timelines[channel.id][-1].props["meeting_topic"] == "Jour fixe"
    anna.post("/commands/execute", {**body, "command": "/jitsi settings naming_scheme uuid"})
    config = anna.http.post(anna.server.url + PLUGIN + "/config", json={}).json()
    assert config["naming_scheme"] == "uuid"


def test_the_manifest_is_listed(anna: Person) -> None:
    jitsi.switch_on(anna.server.world)
    assert [row["id"] for row in anna.get("/plugins/webapp").json()] == ["jitsi"]
    team = anna.server.world.team("nordlicht").id
    triggers = {row["trigger"] for row in anna.get(f"/teams/{team}/commands/autocomplete").json()}
    assert "jitsi" in triggers


def ask(anna: Person, scheme: str, channel: Channel, topic: str = "") -> Any:
    """Starts a meeting by REST; the plain text or the JSON that is answered."""
    anna.server.world.jitsi_scheme = scheme
    body = {"channel_id": channel.id, "topic": topic}
    answer = anna.http.post(anna.server.url + PLUGIN + "/meetings", json=body)
    return answer.text if "text/plain" in answer.headers["content-type"] else answer.json()


def newest(anna: Person, channel: Channel) -> Post:
    return anna.server.world.timelines[channel.id][-1]


@pytest.mark.parametrize(
    ("name", "tokens"), [("custom_jitsi-without-jwt", False), ("custom_jitsi-with-jwt", True)]
)
def test_its_post_is_the_recorded_one(anna: Person, name: str, tokens: bool) -> None:
    """Same keys and types all the way down, as a Mattermost 5.37 stored them."""
    world = anna.server.world
    jitsi.switch_on(world, tokens=tokens)
    channel = world.channel("nordlicht", "town-square")
    post = anna.server.call(lambda: jitsi.start(world, channel, world.user("ben"), "Telearbeit"))
    assert shape_of(posts.shape(world, post, replies=0)) == shape_of(RECORDED[name])


def shape_of(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shape_of(inner) for key, inner in sorted(value.items())}
    return [shape_of(inner) for inner in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize(
    ("scheme", "pattern", "topic"),
    [
        ("words", r"([A-Z][a-z]+){4}", ""),
        ("uuid", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", ""),
        ("mattermost", r"nordlicht-town-square-[a-z]{10}", "Town Square Channel Meeting"),
    ],
)
def test_rooms_follow_the_naming_scheme(anna: Person, scheme: str, pattern: str, topic: str) -> None:
    world = anna.server.world
    jitsi.switch_on(world)
    channel = world.channel("nordlicht", "town-square")
    room = ask(anna, scheme, channel)["meeting_id"]
    assert re.fullmatch(pattern, room)
    assert newest(anna, channel).props["meeting_topic"] == topic


def test_in_a_direct_channel_the_scheme_mattermost_makes_a_personal_room(anna: Person) -> None:
    world = anna.server.world
    jitsi.switch_on(world)
    made = anna.post("/channels/direct", [anna.id, world.user("ben").id]).json()
    room = ask(anna, "mattermost", world.channels[made["id"]])["meeting_id"]
    assert re.fullmatch(r"anna-[a-z]{20}", room)
    assert newest(anna, world.channels[made["id"]]).props["meeting_personal"] is True


def test_ask_gives_buttons_to_the_asker_and_they_work_once(anna: Person) -> None:
    world = anna.server.world
    jitsi.switch_on(world)
    channel = world.channel("nordlicht", "town-square")
    before = len(world.timelines.get(channel.id, ()))
    assert ask(anna, "ask", channel, "even with a topic") == "OK"
    assert len(world.timelines.get(channel.id, ())) == before
    assert len(world.buttons) == 4
    (post_id, action_id), (cookie, _act) = next(iter(world.buttons.items()))
    where = f"/posts/{post_id}/actions/{action_id}"
    assert anna.post(where, {"cookie": "another"}).status_code == 400
    assert anna.post(where, {"cookie": cookie}).json()["status"] == "OK"
    assert newest(anna, channel).type == "custom_jitsi"
    assert anna.post(where, {"cookie": cookie}).status_code in (400, 404)


def test_the_command_loses_start_as_the_plugin_does(anna: Person) -> None:
    world = anna.server.world
    jitsi.switch_on(world)
    channel = world.channel("nordlicht", "town-square")
    body = {"channel_id": channel.id, "team_id": channel.team_id}
    anna.post("/commands/execute", {**body, "command": "/jitsi startup"})
    assert newest(anna, channel).props["meeting_topic"] == "up"
    root = newest(anna, channel)
    anna.post("/commands/execute", {**body, "command": "/jitsi start here", "root_id": root.id})
    assert newest(anna, channel).root_id == root.id


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "eyJ.W10.ZGVtbw", 7, None])
def test_only_its_own_tokens_are_enriched(anna: Person, token: object) -> None:
    jitsi.switch_on(anna.server.world, tokens=True)
    answer = anna.http.post(anna.server.url + PLUGIN + "/meetings/enrich", json={"jwt": token})
    assert (answer.status_code, answer.text) == (500, "Internal error\n")
