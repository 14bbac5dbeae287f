"""The workspace that every budget is measured in: like the peers' one, built on the demo server.

Two teams and 80 channels, 24 of them direct, 68 people, all read but 8 (29 channels in the first team, 27 in
the second). The direct channels stand in the person's preferences, so that all of them are in the sidebar.

Invariant: one seed gives one workspace, so byte budgets over it are deterministic but for times and ids.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tui.demo import chatter, membership
from tui.demo.records import Channel, Status, User
from tui.demo.server import DemoServer
from tui.demo.world import World

LOGIN = PASSWORD = "perf-80"
TEAMS = (("first", "First Team", 29), ("second", "Second Team", 27))
DIRECTS = 24
PEOPLE = 68
UNREAD = 8
MINUTE = 60_000
YEAR = 365 * 24 * 60 * MINUTE
SYLLABLES = (
    *("al", "an", "auf", "be", "bo", "da", "de", "di", "do", "ei", "el", "er", "fen", "fra", "ge", "gen"),
    *("gut", "ha", "he", "im", "in", "ja", "ka", "kun", "la", "le", "li", "lo", "ma", "me", "mi", "mo"),
    *("nach", "ne", "no", "ob", "or", "pa", "pla", "po", "qua", "re", "rei", "ru", "sa", "schi", "se"),
    *("si", "so", "stel", "ta", "te", "ter", "ti", "tor", "tre", "un", "ver", "vo", "wa", "wer", "zung"),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is. `posts` = in every channel."""

    posts: int = 40
    channels: int = 0
    """More channels in the first team, beyond the usual ones."""


def workspace(world: World, size: Size | None = None) -> None:
    """Fills an empty world; pass it to `DemoServer`."""
    size = size or Size()
    me = world.add_user(LOGIN, PASSWORD, first_name="Petra", last_name="Perf")
    me.update_at -= YEAR
    people = [_person(world, number) for number in range(1, PEOPLE)]
    made = _team_channels(world, me, people, size.channels)
    for other in people[:DIRECTS]:
        made.append(membership.direct(world, me, other))
        world.preferences.setdefault(me.id, {})[("direct_channel_show", other.id)] = "true"
    for number, channel in enumerate(made):
        _talk(world, channel, me, size.posts, unread=0 < number <= UNREAD)


def serve(size: Size | None = None) -> DemoServer:
    """The workspace on a server that has not been started."""
    return DemoServer(80, lambda world: workspace(world, size))


def say(server: DemoServer, channel_id: str, text: str, *, by: str = "person-30") -> str:
    """A colleague writes, live; the post's id."""

    def write() -> str:
        world = server.world
        return world.post(world.channels[channel_id], by, text).id

    return server.call(write)


def on_server(server: DemoServer, pick: Callable[[World], str]) -> str:
    """Looks something up in the world, on the thread that owns it."""
    return server.call(lambda: pick(server.world))


def channel_id(server: DemoServer, name: str, team: str = TEAMS[0][0]) -> str:
    return on_server(server, lambda world: world.channel(team, name).id)


def sentence(world: World, characters: int) -> str:
    """Made-up words of about so many characters; they compress as badly as real ones."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < characters:
        words.append("".join(world.rng.choices(SYLLABLES, k=world.rng.randrange(1, 5))))
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def _person(world: World, number: int) -> User:
    first, last = (sentence(world, 1).rstrip(".") for _ in range(2))
    user = world.add_user(f"person-{number}", first_name=first, last_name=f"{last}er")
    user.create_at = user.update_at = world.now() - YEAR
    world.statuses[user.id] = Status("online" if number % 3 else "away", last_activity_at=world.now())
    return user


def _team_channels(world: World, me: User, people: list[User], more: int) -> list[Channel]:
    found: list[Channel] = []
    for name, title, count in TEAMS:
        team = membership.add_team(world, name, title)
        for user in (me, *people):
            membership.add_to_team(world, team, user)
        found += [world.channel(name, "town-square"), world.channel(name, "off-topic")]
        wanted = count - 2 + (more if name == TEAMS[0][0] else 0)
        for number in range(wanted):
            title = sentence(world, 12).rstrip(".")
            channel = membership.add_channel(world, team, f"{name}-{number}", title)
            channel.header, channel.purpose = sentence(world, 150), sentence(world, 100)
            for user in (me, *people[number % 20 : number % 20 + 30]):
                membership.enter(world, channel, user)
            found.append(channel)
    return found


def _talk(world: World, channel: Channel, me: User, posts: int, *, unread: bool) -> None:
    """One post every eleven minutes, the last one some minutes ago; no two channels at the same time."""
    writers = [world.users[user_id] for user_id in channel.members]
    end = world.now() - world.rng.randrange(2, 60) * MINUTE
    for number in range(posts):
        author = writers[(number * 7 // 2) % len(writers)]
        text = sentence(world, world.rng.choice((20, 40, 70, 100, 150, 300)))
        chatter.say(world, channel, author, text, end - (posts - number) * 11 * MINUTE)
    for row in channel.members.values():
        row.msg_count = channel.total_msg_count
        row.msg_count_root = channel.total_msg_count_root
        row.last_viewed_at = row.last_update_at = channel.last_post_at
    if unread:
        _leave_unread(world, channel, me)


def _leave_unread(world: World, channel: Channel, me: User) -> None:
    """The last message of somebody else is unread."""
    last = world.timelines[channel.id][-1]
    if last.user_id == me.id:
        last.user_id = next(user_id for user_id in channel.members if user_id != me.id)
    row = channel.members[me.id]
    channel.members[me.id] = replace(
        row,
        msg_count=row.msg_count - 1,
        msg_count_root=row.msg_count_root - 1,
        last_viewed_at=last.create_at - 1,
    )
