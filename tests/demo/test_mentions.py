"""Who and what a text names."""

from __future__ import annotations

import pytest

from tui.demo import company, mentions
from tui.demo.world import World


@pytest.fixture
def world() -> World:
    world = World(1)
    company.small(world)
    return world


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ben bitte", {"ben"}),
        ("@ben.", {"ben"}),
        ("(@BEN)", {"ben"}),
        ("mail@ben", set()),
        ("`@ben`", set()),
        ("```\n@ben\n```", set()),
        ("@all", {"ben", "clara", "baubot"}),
        ("@nobody", set()),
    ],
)
def test_names(world: World, text: str, names: set[str]) -> None:
    channel = world.channel("nordlicht", "town-square")
    found = mentions.mentioned(world, channel, world.user("anna").id, text)
    assert {world.users[i].username for i in found} == names


def test_keywords_and_ignored_channel_mentions(world: World) -> None:
    channel = world.channel("nordlicht", "town-square")
    ben = world.user("ben")
    ben.notify_props["mention_keys"] = "bericht, server"
    channel.members[ben.id].notify_props["ignore_channel_mentions"] = "on"
    author = world.user("anna").id
    assert mentions.mentioned(world, channel, author, "Der Server.") == [ben.id]
    assert ben.id not in mentions.mentioned(world, channel, author, "@channel Servers")


def test_hashtags_and_channel_links(world: World) -> None:
    assert mentions.hashtags("#eins und #zw nicht `#code` #drei-vier") == "#eins #drei-vier"
    channel = world.channel("nordlicht", "town-square")
    named = mentions.channel_mentions(world, channel, "siehe ~off-topic und ~nirgends")
    assert named == {"off-topic": {"display_name": "Off-Topic", "team_name": "nordlicht"}}
