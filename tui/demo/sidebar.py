"""Sidebar categories and preferences of one person.

Invariant: each team has favorites, channels and direct_messages; a channel is in one category of a team at
least. Source: recordings 49, 50; mattermost-facts §4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo import posts, reading
from tui.demo.records import Category, Channel, User, Wire
from tui.demo.refusals import Refusal

if TYPE_CHECKING:
    from tui.demo.world import World

BUILT_IN = (
    ("favorites", "Favorites", ""),
    ("channels", "Channels", ""),
    ("direct_messages", "Direct Messages", "recent"),
)


def categories(world: World, user: User, team_id: str) -> list[Category]:
    """The person's categories in order; made on first use, channels in none are put where they belong."""
    key = (user.id, team_id)
    if key not in world.categories:
        world.categories[key] = [
            Category(f"{kind}_{user.id}_{team_id}", user.id, team_id, kind, title, sorting)
            for kind, title, sorting in BUILT_IN
        ]
    rows = world.categories[key]
    placed = {channel_id for row in rows for channel_id in row.channel_ids}
    for channel in sorted(world.channels_of(user.id), key=lambda c: (c.display_name.lower(), c.name)):
        if channel.id not in placed and channel.team_id in ("", team_id):
            _home(rows, channel).channel_ids.append(channel.id)
    return rows


def _home(rows: list[Category], channel: Channel) -> Category:
    kind = "channels" if channel.team_id else "direct_messages"
    return next(row for row in rows if row.type == kind)


def shown(world: World, row: Category) -> list[str]:
    """Its channels without archived ones."""
    return [i for i in row.channel_ids if i in world.channels and not world.channels[i].delete_at]


def named(world: World, user: User, team_id: str, category_id: str) -> Category:
    for row in categories(world, user, team_id):
        if row.id == category_id:
            return row
    raise Refusal(404, "app.channel.sidebar_categories.app_error", "Failed to insert record to database.")


def add(world: World, user: User, team_id: str, title: str, channel_ids: list[str]) -> Category:
    """A custom category, put after the favourites."""
    rows = categories(world, user, team_id)
    row = Category(world.new_id(), user.id, team_id, "custom", title)
    _move_into(rows, row, channel_ids)
    rows.insert(1, row)
    world.emit("sidebar_category_created", {"category_id": row.id}, user=user.id, team=team_id)
    return row


def _move_into(rows: list[Category], row: Category, channel_ids: list[str]) -> None:
    """A channel leaves the category it was in; favourites and custom categories may share one."""
    spared = "custom" if row.type == "favorites" else "favorites"
    for other in rows:
        if other is not row and other.type != spared:
            other.channel_ids = [i for i in other.channel_ids if i not in channel_ids]
    row.channel_ids = list(channel_ids)


def update(world: World, user: User, team_id: str, bodies: list[Wire]) -> list[Category]:
    """Replaces categories; a field that is left out is reset, as on the real server."""
    rows = categories(world, user, team_id)
    done = []
    muted_now: list[str] = []
    for body in bodies:
        row = named(world, user, team_id, str(body.get("id") or ""))
        was_muted, was = row.muted, set(row.channel_ids)
        row.sorting = str(body.get("sorting") or "")
        row.collapsed = bool(body.get("collapsed"))
        if row.type == "custom":
            row.display_name = str(body.get("display_name") or "")
        if row.type != "direct_messages":
            row.muted = bool(body.get("muted"))
        _move_into(rows, row, [str(i) for i in body.get("channel_ids") or ()])
        if row.type == "favorites":
            _note_favourites(world, user, was, set(row.channel_ids))
        if row.muted != was_muted:
            muted_now += _mute(world, user, row)
        done.append(row)
    categories(world, user, team_id)
    world.emit("sidebar_category_updated", {}, user=user.id, team=team_id)
    for channel_id in muted_now:
        reading.tell_member(world, world.channels[channel_id].members[user.id])
    return done


def _note_favourites(world: World, user: User, was: set[str], now: set[str]) -> None:
    mine = world.preferences.setdefault(user.id, {})
    for channel_id in was - now:
        mine.pop(("favorite_channel", channel_id), None)
    for channel_id in now:
        mine[("favorite_channel", channel_id)] = "true"


def _mute(world: World, user: User, row: Category) -> list[str]:
    changed = []
    for channel_id in row.channel_ids:
        member = world.member(channel_id, user.id)
        if member is not None:
            member.notify_props["mark_unread"] = "mention" if row.muted else "all"
            changed.append(channel_id)
    return changed


def reorder(world: World, user: User, team_id: str, order: list[str]) -> None:
    rows = categories(world, user, team_id)
    by_id = {row.id: row for row in rows}
    if set(by_id) != set(order) or len(order) != len(rows):
        raise Refusal(500, "app.channel.sidebar_categories.app_error", "Failed to insert record to database.")
    rows[:] = [by_id[i] for i in order]
    world.emit("sidebar_category_order_updated", {"order": order}, user=user.id, team=team_id)


def remove(world: World, user: User, team_id: str, category_id: str) -> None:
    rows = categories(world, user, team_id)
    row = named(world, user, team_id, category_id)
    if row.type != "custom":
        raise Refusal(400, "app.channel.sidebar_categories.app_error", "Failed to insert record to database.")
    rows.remove(row)
    world.emit("sidebar_category_deleted", {"category_id": category_id}, user=user.id, team=team_id)


# preferences
def preference(user_id: str, key: tuple[str, str], value: str) -> Wire:
    return {"user_id": user_id, "category": key[0], "name": key[1], "value": value}


def put_preferences(world: World, user: User, bodies: list[Wire]) -> None:
    """Saves and tells; every write also fires an empty sidebar_category_updated."""
    mine = world.preferences.setdefault(user.id, {})
    told = []
    for body in bodies:
        key = (str(body.get("category") or ""), str(body.get("name") or ""))
        mine[key] = str(body.get("value") or "")
        told.append(preference(user.id, key, mine[key]))
        if key[0] == "favorite_channel":
            _favour(world, user, key[1], mine[key] == "true")
    _tell(world, user, "preferences_changed", told)


def delete_preferences(world: World, user: User, bodies: list[Wire]) -> None:
    mine = world.preferences.setdefault(user.id, {})
    for body in bodies:
        mine.pop((str(body.get("category") or ""), str(body.get("name") or "")), None)
    _tell(world, user, "preferences_deleted", bodies)


def _tell(world: World, user: User, event: str, rows: list[Wire]) -> None:
    world.emit("sidebar_category_updated", {}, user=user.id)
    world.emit(event, {"preferences": posts.text(rows or None)}, user=user.id)


def _favour(world: World, user: User, channel_id: str, wanted: bool) -> None:
    channel = world.channels.get(channel_id)
    if channel is None or user.id not in channel.members:
        return
    teams = (
        [channel.team_id] if channel.team_id else [t.id for t in world.teams.values() if user.id in t.members]
    )
    for team_id in teams:
        rows = categories(world, user, team_id)
        favourites = next(row for row in rows if row.type == "favorites")
        if wanted and channel_id not in favourites.channel_ids:
            _move_into(rows, favourites, [*favourites.channel_ids, channel_id])
        elif not wanted and channel_id in favourites.channel_ids:
            favourites.channel_ids.remove(channel_id)
            categories(world, user, team_id)
