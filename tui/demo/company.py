"""Fills a world with a small company: people, teams, channels, six weeks of posts, and anna's place in it.

Invariant: one seed gives one company; only the times move with the day it is built. Nothing is sent while it
is built, and it takes less than half a second.
"""

from __future__ import annotations

from itertools import count

import msgspec

from tui.demo import chatter, images, integrations, jitsi, membership, mentions, sidebar, texts
from tui.demo.records import Channel, Emoji, Post, Status, Team, User
from tui.demo.showcase import PIECES, Piece
from tui.demo.world import World

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SPAN_DAYS = 42
FLAG = ((0, 70, 140), (240, 240, 240), (90, 170, 80))
EMOJI_COLOURS = {"nordlicht": FLAG, "polarstern": ((20, 20, 60), (250, 220, 90)), "passt": ((0, 160, 80),)}


def build(world: World) -> None:
    """The whole company, as `teleteam --demo` shows it."""
    _people(world)
    teams = {name: _team(world, name, title, text) for name, title, text in texts.TEAMS}
    _emojis(world)
    jitsi.switch_on(world)
    for line in texts.CHANNELS.splitlines():
        _channel(world, teams, line.split("|"))
    _private_talks(world)
    _system_posts(world)
    for number, piece in enumerate(PIECES):
        _show(world, piece, number)
    _meetings(world)
    _presence(world)
    _annas_settings(world, teams["nordlicht"])
    for number, piece in enumerate(integrations.PIECES):
        _show(world, piece, number)
    integrations.furnish(world)


def small(world: World) -> None:
    """Three people and a bot in one team with two channels: the least that tests need."""
    for name in ("anna", "ben", "clara"):
        world.add_user(name, name, first_name=name.capitalize(), last_name="Muster")
    world.add_user("baubot", is_bot=True, bot_description="builds")
    team = membership.add_team(world, "nordlicht", "Nordlicht GmbH")
    for user in world.users.values():
        membership.add_to_team(world, team, user, admin=user.username == "anna")


def _people(world: World) -> None:
    born = world.now() - 400 * DAY
    for line in texts.PEOPLE.splitlines():
        name, first, last, position, locale, flag = line.split("|")
        bot = flag == "bot"
        user = world.add_user(
            name,
            "" if bot else name,
            first_name=first,
            last_name=last,
            position=position,
            locale=locale,
            create_at=born,
            update_at=born,
            is_bot=bot,
            bot_description=position if bot else "",
            delete_at=born + 390 * DAY if flag == "gone" else 0,
        )
        user.timezone["automaticTimezone"] = "Europe/London" if locale == "en" else "Europe/Vienna"
    world.user("anna").notify_props["mention_keys"] = "projektleitung"


def _team(world: World, name: str, title: str, text: str) -> Team:
    team = membership.add_team(world, name, title, text)
    for user in world.users.values():
        membership.add_to_team(world, team, user, admin=user.username == "katharina")
    return team


def _emojis(world: World) -> None:
    owner = world.user("ines")
    for name, colours in EMOJI_COLOURS.items():
        picture = images.striped_png(32, 32, colours)
        world.emojis[name] = Emoji(world.new_id(), name, owner.id, world.now() - 200 * DAY, picture)


def _channel(world: World, teams: dict[str, Team], columns: list[str]) -> None:
    team_name, name, title, kind, posts, unread, flag, category, header = columns
    team = teams[team_name]
    if name in ("town-square", "off-topic"):
        channel = world.channel(team_name, name)
    else:
        channel = membership.add_channel(world, team, name, title, kind=kind, creator=world.user("katharina"))
        _fill_members(world, channel)
    channel.header = header
    channel.create_at = channel.update_at = world.now() - 300 * DAY
    _talk(world, channel, int(posts), int(unread))
    anna = channel.members.get(world.user("anna").id)
    if anna is not None and flag == "muted":
        anna.notify_props["mark_unread"] = "mention"
    if flag == "archived":
        channel.delete_at = channel.update_at = world.now() - 5 * DAY
    _place(world, channel, flag, category)


def _fill_members(world: World, channel: Channel) -> None:
    people = list(world.users.values())
    share = 0.4 if channel.type == "P" else 0.8
    for user in people:
        if user.username == "anna":
            wanted = channel.name not in texts.NOT_JOINED
        else:
            wanted = user.username == "katharina" or world.rng.random() < share
        if wanted:
            membership.enter(world, channel, user, admin=user.username == "katharina")


def _place(world: World, channel: Channel, flag: str, category: str) -> None:
    """Puts the channel into anna's favourites or own category."""
    anna = world.user("anna")
    if anna.id not in channel.members or not (flag == "fav" or category):
        return
    rows = sidebar.categories(world, anna, channel.team_id)
    title = "Favorites" if flag == "fav" else category
    row = next((r for r in rows if r.display_name == title), None)
    if row is None:
        row = sidebar.add(world, anna, channel.team_id, title, [])
    for other in rows:
        if channel.id in other.channel_ids:
            other.channel_ids.remove(channel.id)
    row.channel_ids.append(channel.id)
    if flag == "fav":
        world.preferences.setdefault(anna.id, {})[("favorite_channel", channel.id)] = "true"


def _talk(world: World, channel: Channel, number: int, unread: int) -> None:
    """Writes a channel's past, then lets anna have read all but the last `unread`."""
    end = world.now() - world.rng.randrange(2, 50) * 60_000
    if channel.name in ("sommerfest-2025", "projekt-altmuehl", "alte-halle"):
        end -= 10 * DAY
    chatter.talk(world, channel, number, end - SPAN_DAYS * DAY, end)
    _read(world, channel, unread)


def _read(world: World, channel: Channel, unread: int) -> None:
    for row in channel.members.values():
        row.msg_count = channel.total_msg_count
        row.msg_count_root = channel.total_msg_count_root
        row.last_viewed_at = row.last_update_at = channel.last_post_at
    anna_id = world.user("anna").id
    anna = channel.members.get(anna_id)
    line = [post for post in world.timelines.get(channel.id, ()) if not post.is_join_leave]
    if anna is None or not unread or len(line) < unread:
        return
    late = line[-unread:]
    _address(world, channel, late)
    anna.msg_count -= len(late)
    anna.msg_count_root -= sum(not post.root_id for post in late)
    anna.last_viewed_at = late[0].create_at - 1
    meant = [p for p in late if anna_id in mentions.mentioned(world, channel, p.user_id, p.message)]
    anna.mention_count = 0 if channel.type == "G" else len(meant)
    anna.mention_count_root = sum(not post.root_id for post in meant)


def _address(world: World, channel: Channel, late: list[Post]) -> None:
    """What anna has not read is by others, and in some channels one of it is for her."""
    anna = world.user("anna")
    others = [world.users[i] for i in channel.members if i != anna.id and not world.users[i].is_bot]
    for post in late:
        if post.user_id == anna.id and others:
            post.user_id = others[0].id
    call = texts.CALLS_FOR_ANNA.get(channel.name)
    if call and others:
        late[0].message = chatter.sentence(world, others[0], others, call)


def _private_talks(world: World) -> None:
    anna = world.user("anna")
    mine = world.preferences.setdefault(anna.id, {})
    for name, number, unread in texts.DIRECTS:
        channel = membership.direct(world, anna, world.user(name))
        _talk(world, channel, number, unread)
        mine[("direct_channel_show", world.user(name).id)] = "true"
    for names, number, unread in texts.GROUPS:
        channel = membership.group(world, anna, [world.user(name) for name in names])
        _talk(world, channel, number, unread)
        mine[("group_channel_show", channel.id)] = "true"


def _show(world: World, piece: Piece, number: int) -> None:
    """Puts one showcase message among the last days of its channel."""
    team = next(t for t in ("nordlicht", "werkstatt") if _has(world, t, piece.channel))
    channel = world.channel(team, piece.channel)
    author = world.user(piece.author)
    membership.enter(world, channel, author)
    anna = channel.members.get(world.user("anna").id)
    seen = anna.last_viewed_at if anna else channel.last_post_at
    at = seen - (len(PIECES) - number) * 30 * MINUTE
    post = chatter.say(world, channel, author, piece.message, at, type=piece.type, props=dict(piece.props))
    post.is_pinned = piece.pinned
    for step, (name, text) in zip(count(1), piece.replies, strict=False):
        replier = world.user(name)
        membership.enter(world, channel, replier)
        chatter.say(world, channel, replier, text, at + step * 4 * MINUTE, root=post)
    _seen_already(channel, len(piece.replies) + 1)


def _system_posts(world: World) -> None:
    """Joining, being added, leaving, a new header: what servers write by themselves."""
    boss = world.user("katharina")
    for channel in list(world.channels.values()):
        line = world.timelines.get(channel.id, [])
        if not channel.team_id or len(line) < 40:
            continue
        guest, other = world.rng.sample([world.users[i] for i in channel.members], 2)
        _note(world, channel, guest, line[1], "system_join_channel", {"username": guest.username})
        added = {"addedUserId": other.id, "addedUsername": other.username, "userId": boss.id}
        _note(world, channel, boss, line[20], "system_add_to_channel", {**added, "username": boss.username})
        if channel.header:
            change = {"old_header": "", "new_header": channel.header, "username": boss.username}
            _note(world, channel, boss, line[30], "system_header_change", change)
            _seen_already(channel, 1)


WORDING = {
    "system_join_channel": "{username} joined the channel.",
    "system_add_to_channel": "{addedUsername} added to the channel by {username}.",
    "system_header_change": "{username} updated the channel header to: {new_header}",
}


def _note(
    world: World, channel: Channel, author: User, before: Post, kind: str, props: dict[str, str]
) -> None:
    text = WORDING[kind].format(**props)
    chatter.say(world, channel, author, text, before.create_at - 1000, type=kind, props=dict(props))


def _has(world: World, team: str, name: str) -> bool:
    team_id = world.team(team).id
    return any(c.team_id == team_id and c.name == name for c in world.channels.values())


def _seen_already(channel: Channel, number: int) -> None:
    """What was slipped into the past counts as read."""
    for row in channel.members.values():
        row.msg_count = min(channel.total_msg_count, row.msg_count + number)
        row.msg_count_root = min(channel.total_msg_count_root, row.msg_count_root + 1)


def _meetings(world: World) -> None:
    """A meeting started a few minutes ago, and one from last week."""
    now = world.now()
    channel = world.channel("nordlicht", "projekt-polarstern")
    for name, topic, at in (
        ("felix", "Jour fixe Polarstern", now - 7 * DAY),
        ("katharina", "", now - 9 * 60_000),
    ):
        jitsi.start(world, channel, world.user(name), topic, at=at)
        if at < now - DAY:
            _seen_already(channel, 1)


def _presence(world: World) -> None:
    states = ("online", "online", "online", "away", "dnd", "offline")
    for user in world.users.values():
        gone = user.is_bot or user.delete_at
        state = "offline" if gone or user.username == "anna" else world.rng.choice(states)
        world.statuses[user.id] = Status(state, state == "dnd", world.now() - world.rng.randrange(HOUR))
    _custom_status(world.user("clara"), "palm_tree", "Urlaub bis Montag")
    _custom_status(world.user("simon"), "hammer_and_wrench", "on call")


def _custom_status(user: User, emoji: str, text: str) -> None:
    row = {"emoji": emoji, "text": text, "duration": "", "expires_at": "0001-01-01T00:00:00Z"}
    user.props["customStatus"] = msgspec.json.encode(row).decode()


def _annas_settings(world: World, team: Team) -> None:
    anna = world.user("anna")
    mine = world.preferences.setdefault(anna.id, {})
    mine[("display_settings", "use_military_time")] = "true"
    mine[("display_settings", "name_format")] = "full_name"
    mine[("tutorial_step", anna.id)] = "999"
    pinned = [
        p for p in world.posts.values() if p.is_pinned and anna.id in world.channels[p.channel_id].members
    ]
    for post in pinned[:4]:
        mine[("flagged_post", post.id)] = "true"
    ids = [t.id for t in sorted(world.teams.values(), key=lambda t: t.name != team.name)]
    mine[("teams_order", "")] = ",".join(ids)
