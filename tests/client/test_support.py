"""Whom to ask, and where to begin."""

from __future__ import annotations

from pathlib import Path

from tests.client.desk import a_desk
from tests.support.makers import channel, post, user
from tui.core.errors import Refused
from tui.core.models import PostPage, ServerConfig
from tui.settings.config import Config
from tui.settings.config import Support as Wish

HELPERS = Config(support=Wish(users=("ben", "zoe", "nobody"), team="Nord", email="help@example.org"))


def test_contacts_come_from_the_settings_and_strangers_are_looked_up(tmp_path: Path) -> None:
    with a_desk(tmp_path, config=HELPERS) as desk:
        desk.api.answers["fetch_users_by_names"] = [user("zoe")]
        desk.online()
        found = desk.client.support.contacts().result(10)
        assert [one.username for one in found.users] == ["ben", "zoe"]
        assert (found.unknown, found.email) == (("nobody",), "help@example.org")
        assert desk.api.calls("fetch_users_by_names") == [(["zoe", "nobody"],)]
        assert desk.client.people.name("zoe") == "zoe"


def test_without_settings_the_server_names_them(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        values = {"SupportEmail": "it@example.org", "HelpLink": "https://help.example.org/x"}
        desk.put(lambda tx: tx.config.put(ServerConfig(values)))
        found = desk.online().client.support.contacts().result(10)
        assert (found.users, found.email, found.link) == ((), "it@example.org", "https://help.example.org/x")


def test_a_help_page_is_only_a_link_of_the_web(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        desk.put(lambda tx: tx.config.put(ServerConfig({"HelpLink": "javascript:alert(1)"})))
        assert not desk.online().client.support.contacts().result(10)


def test_where_to_begin_mine_first_then_the_liveliest(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        desk.api.answers["fetch_public_channels"] = [
            channel("far", name="far", total_msg_count=5),
            channel("c1", name="town-square", total_msg_count=1),
            channel("busy", name="busy", total_msg_count=900),
            channel("gone", name="gone", delete_at=1, total_msg_count=999),
        ]
        desk.api.answers["fetch_pinned"] = PostPage(
            ("a", "b"), {"a": post("a", 1), "b": post("b", 2), "c": post("c", 3, delete_at=4)}
        )
        found = desk.online().client.support.welcome().result(10)
        assert found.team is not None
        assert [one.id for one in found.channels] == ["c1", "busy", "far"]
        assert [one.id for one in found.pinned] == ["b", "a"]
        desk.api.answers["fetch_pinned"] = Refused("api.context.permissions.app_error")
        assert desk.client.support.welcome().result(10).pinned == ()


def test_without_a_team_the_wish_for_one_is_written(tmp_path: Path) -> None:
    with a_desk(tmp_path, config=HELPERS) as desk:
        desk.api.answers["fetch_users_by_names"] = []
        desk.put(lambda tx: tx.teams.replace([]))
        support = desk.online().client.support
        assert support.welcome().result(10).team is None
        assert "“Nord”" in support.wish_for_team(support.team)
        assert "in no team yet" in support.wish_for_team("")
