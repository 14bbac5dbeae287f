"""Teams and channels: founding, joining, leaving, archiving, renaming.

Invariant: each step leaves the system post and sends the events of Mattermost 5.37, in its order
(recordings 19–22, 26, 27).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tui.demo import posting, posts, shapes
from tui.demo.records import Channel, Member, Team, User
from tui.demo.refusals import Refusal

if TYPE_CHECKING:
    from tui.demo.world import World


def add_team(world: World, name: str, display_name: str, description: str = "") -> Team:
    """A team with its two channels that cannot be left behind."""
    now = world.now()
    team = Team(
        world.new_id(),
        name,
        display_name,
        description,
        invite_id=world.new_id(),
        create_at=now,
        update_at=now,
    )
    world.teams[team.id] = team
    for channel_name, title in (("town-square", "Town Square"), ("off-topic", "Off-Topic")):
        add_channel(world, team, channel_name, title)
    return team


def add_to_team(world: World, team: Team, user: User, *, admin: bool = False) -> None:
    """Joins the team and its default channels; quiet (no system posts)."""
    team.members[user.id] = admin
    for name in ("town-square", "off-topic"):
        enter(world, world.channel(team.name, name), user)
    world.emit("added_to_team", {"team_id": team.id, "user_id": user.id}, user=user.id)


def add_channel(
    world: World,
    team: Team,
    name: str,
    display_name: str,
    *,
    kind: str = "O",
    creator: User | None = None,
) -> Channel:
    """A new channel of a team, without anybody in it."""
    now = world.now()
    channel = Channel(
        world.new_id(),
        kind,
        name,
        display_name,
        team.id,
        creator_id=creator.id if creator else "",
        create_at=now,
        update_at=now,
    )
    world.channels[channel.id] = channel
    return channel


def enter(world: World, channel: Channel, user: User, *, admin: bool = False) -> Member:
    """A membership row, no post, no event; what was written before counts as unread only from now on."""
    row = channel.members.get(user.id)
    if row is None:
        row = Member(channel.id, user.id, admin=admin, last_update_at=world.now())
        row.msg_count = channel.total_msg_count
        row.msg_count_root = channel.total_msg_count_root
        channel.members[user.id] = row
    return row


def create(world: World, team: Team, creator: User, name: str, display_name: str, kind: str) -> Channel:
    """`POST /channels`: the creator is in it and is its admin."""
    if any(c.team_id == team.id and c.name == name for c in world.channels.values()):
        raise Refusal(
            400,
            "store.sql_channel.save_channel.exists.app_error",
            "A channel with that name already exists on the same team.",
        )
    channel = add_channel(world, team, name, display_name, kind=kind, creator=creator)
    enter(world, channel, creator, admin=True)
    _joined(world, channel, creator)
    world.emit("channel_created", {"channel_id": channel.id, "team_id": team.id}, user=creator.id)
    return channel


def _joined(world: World, channel: Channel, user: User) -> None:
    posting.write(
        world,
        channel,
        user,
        f"{user.username} joined the channel.",
        type="system_join_channel",
        props={"username": user.username},
    )


def join(world: World, channel: Channel, user: User, by: User) -> Member:
    """Self-join or being added; the second time nothing happens."""
    if user.id in channel.members:
        return channel.members[user.id]
    row = enter(world, channel, user)
    world.emit("user_added", {"team_id": channel.team_id, "user_id": user.id}, channel=channel.id)
    if by.id == user.id:
        _joined(world, channel, user)
        return row
    posting.write(
        world,
        channel,
        by,
        f"{user.username} added to the channel by {by.username}.",
        type="system_add_to_channel",
        props={
            "addedUserId": user.id,
            "addedUsername": user.username,
            "userId": by.id,
            "username": by.username,
        },
    )
    return row


def leave(world: World, channel: Channel, user: User, by: User) -> None:
    """Leaving or being removed; refused for town-square."""
    if channel.name == "town-square":
        raise Refusal(
            400,
            "api.channel.remove.default.app_error",
            "Unable to remove user from the default channel town-square.",
        )
    del channel.members[user.id]
    for rows in (world.categories.get((user.id, team_id), []) for team_id in world.teams):
        for category in rows:
            if channel.id in category.channel_ids:
                category.channel_ids.remove(channel.id)
    world.emit("user_removed", {"remover_id": by.id, "user_id": user.id}, channel=channel.id)
    world.emit("user_removed", {"channel_id": channel.id, "remover_id": by.id}, user=user.id)
    left = by.id == user.id
    posting.write(
        world,
        channel,
        by,
        f"@{user.username} {'left' if left else 'removed from'} the channel.",
        type="system_leave_channel" if left else "system_remove_from_channel",
        props=(
            {"username": user.username}
            if left
            else {"removedUserId": user.id, "removedUsername": user.username}
        ),
    )


def direct(world: World, creator: User, other: User) -> Channel:
    """The one DM channel of two people (or of one with themself), made when there is none."""
    name = "__".join(sorted((creator.id, other.id)))
    found = next((c for c in world.channels.values() if c.type == "D" and c.name == name), None)
    if found is not None:
        return found
    channel = _private(world, "D", name, "", creator, [creator, other])
    data = {"creator_id": creator.id, "teammate_id": other.id}
    world.emit("direct_added", data, channel=channel.id)
    return channel


def group(world: World, creator: User, people: list[User]) -> Channel:
    """The one GM channel of 3 to 8 people; the creator is implied."""
    everybody = sorted({user.id for user in (creator, *people)})
    if not 3 <= len(everybody) <= 8:
        raise Refusal(
            400,
            "api.channel.create_group.bad_size.app_error",
            "Group message channels must contain at least 3 and no more than 8 users.",
        )
    name = hashlib.sha1("".join(everybody).encode(), usedforsecurity=False).hexdigest()
    found = next((c for c in world.channels.values() if c.type == "G" and c.name == name), None)
    if found is not None:
        return found
    users = [world.users[i] for i in everybody]
    title = ", ".join(sorted(user.username for user in users))
    channel = _private(world, "G", name, title, creator, users)
    others = [user.id for user in people if user.id != creator.id]
    world.emit("group_added", {"teammate_ids": posts.text([*others, creator.id])}, channel=channel.id)
    return channel


def _private(world: World, kind: str, name: str, title: str, creator: User, users: list[User]) -> Channel:
    now = world.now()
    channel = Channel(world.new_id(), kind, name, title, creator_id=creator.id, create_at=now, update_at=now)
    world.channels[channel.id] = channel
    for user in users:
        enter(world, channel, user)
    return channel


def archive(world: World, channel: Channel, by: User) -> None:
    if channel.name == "town-square":
        raise Refusal(
            400,
            "api.channel.delete_channel.cannot.app_error",
            "Unable to delete the default channel town-square.",
        )
    posting.write(
        world,
        channel,
        by,
        f"{by.username} archived the channel.",
        type="system_channel_deleted",
        props={"username": by.username},
    )
    channel.delete_at = channel.update_at = world.now()
    data = {"channel_id": channel.id, "delete_at": channel.delete_at}
    world.emit("channel_deleted", data, team=channel.team_id)


def restore(world: World, channel: Channel, by: User) -> None:
    channel.delete_at = 0
    channel.update_at = world.now()
    world.emit("channel_restored", {"channel_id": channel.id}, team=channel.team_id)
    posting.write(
        world,
        channel,
        by,
        f"{by.username} unarchived the channel.",
        type="system_channel_restored",
        props={"username": by.username},
    )


CHANGES = {
    "header": ("channel header", "system_header_change", "header"),
    "purpose": ("channel purpose", "system_purpose_change", "purpose"),
    "display_name": ("channel display name", "system_displayname_change", "displayname"),
}
"""Field → words, post type, and the ending of the two props."""


def change(world: World, channel: Channel, by: User, fields: dict[str, str]) -> None:
    """`PUT /channels/{c}/patch`: header, purpose, display_name (each with a system post), name (without)."""
    if len(fields.get("header", "")) > 1024:
        raise Refusal(400, "model.channel.is_valid.header.app_error", "Invalid header.")
    old = {key: getattr(channel, key) for key in fields}
    for key, value in fields.items():
        setattr(channel, key, value)
    channel.update_at = world.now()
    data = {"channel": posts.text(shapes.channel(channel))}
    world.emit("channel_updated", data, channel=channel.id)
    for key, (words, kind, ending) in CHANGES.items():
        if key in fields and fields[key] != old[key]:
            _say_changed(world, channel, by, (words, kind, ending), old[key], fields[key])


def _say_changed(
    world: World, channel: Channel, by: User, change: tuple[str, str, str], old: str, new: str
) -> None:
    words, kind, ending = change
    if not new:
        message = f"{by.username} removed the {words} (was: {old})"
    elif old:
        message = f"{by.username} updated the {words} from: {old} to: {new}"
    else:
        message = f"{by.username} updated the {words} to: {new}"
    props = {f"old_{ending}": old, f"new_{ending}": new, "username": by.username}
    posting.write(world, channel, by, message, type=kind, props=props)
