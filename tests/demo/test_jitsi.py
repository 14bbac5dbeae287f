"""The Jitsi plugin."""

from __future__ import annotations

from tests.demo.conftest import Person
from tui.demo import jitsi

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
