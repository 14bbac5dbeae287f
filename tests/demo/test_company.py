"""The sample company."""

from __future__ import annotations

import pytest

from tui.demo import company, reading, sidebar
from tui.demo.world import World


@pytest.fixture(scope="module")
def world() -> World:
    world = World(1)
    company.build(world)
    return world


def test_is_as_large_as_promised(world: World) -> None:
    assert len(world.teams) == 2
    assert len(world.channels) >= 40
    assert len(world.users) == 25
    assert len(world.posts) > 3000


def test_one_seed_gives_one_company(world: World) -> None:
    again = World(1)
    company.build(again)
    assert list(again.users) == list(world.users)
    assert [p.message for p in again.posts.values()] == [p.message for p in world.posts.values()]
    other = World(2)
    company.build(other)
    assert list(other.users) != list(world.users)


def test_anna_has_things_to_read_and_to_answer(world: World) -> None:
    anna = world.user("anna")
    rows = [reading.channel_unread(c, c.members[anna.id]) for c in world.channels_of(anna.id)]
    assert sum(row["msg_count"] > 0 for row in rows) > 10
    assert sum(row["mention_count"] for row in rows) > 5


def test_counts_are_those_of_the_posts(world: World) -> None:
    for channel in world.channels.values():
        line = [p for p in world.timelines.get(channel.id, []) if not p.original_id and not p.is_join_leave]
        assert channel.total_msg_count == len(line)
        assert channel.last_post_at <= world.now()
        for row in channel.members.values():
            assert 0 <= row.msg_count <= channel.total_msg_count
            assert 0 <= row.msg_count_root <= channel.total_msg_count_root


def test_every_kind_of_content_is_there(world: World) -> None:
    posts = list(world.posts.values())
    kinds = {post.type for post in posts}
    assert {"me", "slack_attachment", "custom_jitsi", "system_join_channel", "system_header_change"} <= kinds
    for wanted in ("edit_at", "delete_at", "root_id", "is_pinned", "file_ids", "reactions", "hashtags"):
        assert any(getattr(post, wanted) for post in posts), wanted
    assert any("\x1b" in post.message for post in posts)
    assert any(file.is_image for file in world.files.values())
    assert any(channel.delete_at for channel in world.channels.values())
    assert any(user.delete_at for user in world.users.values())


def test_replies_belong_to_roots_of_their_channel(world: World) -> None:
    for post in world.posts.values():
        if post.root_id:
            root = world.posts[post.root_id]
            assert not root.root_id
            assert root.channel_id == post.channel_id


def test_the_sidebar_shows_each_of_annas_channels_once_a_team(world: World) -> None:
    anna = world.user("anna")
    for team in world.teams.values():
        rows = sidebar.categories(world, anna, team.id)
        placed = [i for row in rows for i in row.channel_ids]
        mine = {c.id for c in world.channels_of(anna.id) if c.team_id in ("", team.id)}
        assert sorted(placed) == sorted(mine)
