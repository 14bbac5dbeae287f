from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.client.desk import Desk, a_desk
from tests.support.makers import ME, NOON, post, user
from tui.core.models import Post
from tui.settings.config import Config, Jitsi


def plugin_post(ident: str = "m", at: int = NOON, **fields: Any) -> Post:
    link = "https://video.acme.example/Raum"
    props = {"meeting_link": link, "meeting_id": "Raum", "meeting_topic": "Jour fixe"}
    return post(ident, at, type="custom_jitsi", props=props, **fields)


def test_hosts_come_from_the_settings(tmp_path: Path) -> None:
    config = Config(jitsi=Jitsi(base_url="https://meet.firma.at/x", hosts=("Video.Partner.at",)))
    with a_desk(tmp_path, config=config) as desk:
        assert desk.client.meetings.hosts() == {"meet.firma.at", "video.partner.at"}


def test_hosts_are_learnt_from_my_own_and_bots_posts_alone(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        stranger = desk.client.meetings.of(plugin_post())
        assert stranger is not None
        assert not stranger.certain
        assert desk.client.meetings.hosts() == frozenset()
        desk.put(lambda tx: tx.users.put([user("jitsi", is_bot=True)]))
        desk.client.meetings.of(plugin_post(user_id="jitsi"))
        assert desk.client.meetings.hosts() == {"video.acme.example"}
        known = desk.client.meetings.of(plugin_post())
        assert known is not None
        assert known.certain
    with a_desk(tmp_path) as desk:
        assert desk.client.meetings.hosts() == {"video.acme.example"}


def test_the_person_can_trust_a_host(desk: Desk) -> None:
    desk.client.meetings.trust("video.acme.example")
    desk.client.meetings.trust("video.acme.example")
    desk.client.meetings.trust("")
    assert desk.client.meetings.hosts() == {"video.acme.example"}


def test_the_newest_meeting_of_a_channel(desk: Desk) -> None:
    assert desk.client.meetings.latest("c1") is None
    older, newer = plugin_post("a", NOON, user_id=ME), plugin_post("b", NOON + 1, user_id="anna")
    desk.put(lambda tx: tx.posts.put([older, newer, post("c", NOON + 2)]))
    found = desk.client.meetings.latest("c1")
    assert found is not None
    assert found.started_by == "anna"
    assert found.topic == "Jour fixe"
