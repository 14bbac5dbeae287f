"""People who act."""

from __future__ import annotations

import asyncio
import random

from tests.support.recordings import ID
from tui.demo import company
from tui.demo.actors import Actors
from tui.demo.faults import Faults
from tui.demo.hub import Hub
from tui.demo.world import Happening, World


async def test_every_act_is_played_and_none_as_anna() -> None:
    world = World(1)
    company.build(world)
    told: list[Happening] = []
    hub = Hub(world, Faults())
    world.publish = told.append
    actors = Actors(world, hub, random.Random(5), pace=0.0001)
    task = asyncio.create_task(actors.play_forever())
    known = set(world.posts)
    while actors.done < 120:
        assert not task.done()
        await asyncio.sleep(0.01)
    task.cancel()
    events = {happening.event for happening in told}
    assert {"typing", "posted", "reaction_added", "post_edited", "post_deleted"} <= events
    anna = world.user("anna").id
    new = [post for post in world.posts.values() if post.id not in known]
    assert not [post for post in new if post.user_id == anna and not post.original_id]
    assert any(post.type == "custom_jitsi" for post in new)
    assert all(ID.fullmatch(post.id) for post in new)
    assert sum(channel.members[anna].mention_count for channel in world.channels_of(anna)) > 0
