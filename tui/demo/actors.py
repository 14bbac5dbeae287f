"""People of the demo company who act while one watches: they type, write, react, edit, delete, meet.

Invariant: a few things a minute, in channels anna is in; nothing is done as anna.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tui.demo import chatter, jitsi, posting, reading
from tui.demo.hub import Hub
from tui.demo.records import Channel, Post, User
from tui.demo.world import World

LIVELY = (
    "town-square",
    "projekt-polarstern",
    "entwicklung",
    "kundendienst",
    "telearbeit",
    "betrieb",
    "off-topic",
    "montage",
)
FOR_ANNA = (
    "@anna hast du kurz Zeit?",
    "@anna der Kunde wartet auf die Übergabemappe, kannst du heute noch antworten?",
    "Das kann @anna am besten beantworten.",
    "@anna could you have a look at the slides before lunch?",
    "Danke @anna, genau so :+1:",
)
Act: TypeAlias = "Callable[[], Awaitable[None]]"


class Actors:
    """The troupe. `pace` 1.0 = real life; tests use a small one. Lives on the server's loop."""

    def __init__(self, world: World, hub: Hub, dice: random.Random, pace: float = 1.0) -> None:
        self.world = world
        self.hub = hub
        self.dice = dice
        self.pace = pace
        self.done = 0
        """How many acts were played."""

    async def play_forever(self) -> None:
        acts: tuple[tuple[Act, int], ...] = (
            (self.write, 9),
            (self.call_anna, 2),
            (self.direct, 2),
            (self.react, 5),
            (self.edit, 2),
            (self.delete, 1),
            (self.meet, 1),
        )
        bag = [act for act, weight in acts for _ in range(weight)]
        while True:
            await asyncio.sleep(self.dice.uniform(5, 16) * self.pace)
            await self.dice.choice(bag)()
            self.done += 1

    # choosing
    def _channel(self) -> Channel:
        anna = self.world.user("anna")
        rows = [c for c in self.world.channels_of(anna.id) if c.name in LIVELY and not c.delete_at]
        return self.dice.choice(rows)

    def _person(self, channel: Channel) -> User:
        people = [self.world.users[i] for i in channel.members]
        return self.dice.choice(
            [u for u in people if u.username != "anna" and not u.is_bot and not u.delete_at]
        )

    def _recent(self, channel: Channel) -> list[Post]:
        line = self.world.timelines.get(channel.id, [])[-12:]
        return [post for post in line if not post.delete_at and not post.type]

    def _people(self, channel: Channel) -> list[User]:
        return [self.world.users[i] for i in channel.members]

    # acting
    async def _say(self, channel: Channel, author: User, text: str, root_id: str = "") -> Post:
        """Types for a while, then writes."""
        for _ in range(1 + min(len(text) // 60, 2)):
            self.hub.typing(author.id, channel.id, root_id)
            await asyncio.sleep(2.0 * self.pace)
        post = posting.write(self.world, channel, author, text, root_id=root_id)
        reading.view(self.world, author, [channel.id])
        return post

    async def write(self) -> None:
        channel = self._channel()
        author = self._person(channel)
        recent = self._recent(channel)
        root_id = ""
        if recent and self.dice.random() < 0.25:
            chosen = self.dice.choice(recent)
            root_id = chosen.root_id or chosen.id
        await self._say(channel, author, chatter.sentence(self.world, author, self._people(channel)), root_id)

    async def call_anna(self) -> None:
        channel = self._channel()
        await self._say(channel, self._person(channel), self.dice.choice(FOR_ANNA))

    async def direct(self) -> None:
        """Somebody writes to anna alone."""
        anna = self.world.user("anna")
        rows = [c for c in self.world.channels_of(anna.id) if c.type == "D" and len(c.members) == 2]
        rows = [c for c in rows if any(self._may_write(i) for i in c.members if i != anna.id)]
        channel = self.dice.choice(rows)
        author = self._person(channel)
        await self._say(channel, author, chatter.sentence(self.world, author, self._people(channel)))

    def _may_write(self, user_id: str) -> bool:
        user = self.world.users[user_id]
        return not user.is_bot and not user.delete_at

    async def react(self) -> None:
        channel = self._channel()
        recent = self._recent(channel)
        if recent:
            name = self.dice.choice(("+1", "tada", "heart", "eyes", "white_check_mark"))
            posting.react(self.world, self.dice.choice(recent), self._person(channel), name)

    async def edit(self) -> None:
        post = self._last_of_somebody()
        if post is not None:
            posting.edit(self.world, post, post.message + " (ergänzt)")

    async def delete(self) -> None:
        channel = self._channel()
        author = self._person(channel)
        post = await self._say(channel, author, "Sorry, falscher Kanal!")
        await asyncio.sleep(6.0 * self.pace)
        if not post.delete_at:
            posting.delete(self.world, post, author.id)

    def _last_of_somebody(self) -> Post | None:
        anna_id = self.world.user("anna").id
        rows = [
            post for post in self._recent(self._channel()) if post.user_id != anna_id and not post.edit_at
        ]
        return rows[-1] if rows else None

    async def meet(self) -> None:
        """Starts a Jitsi meeting."""
        channel = self._channel()
        topic = self.dice.choice(("", "Kurze Abstimmung", "Jour fixe", "Stand-up"))
        jitsi.start(self.world, channel, self._person(channel), topic)
