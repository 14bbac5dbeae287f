"""Turns the server's JSON objects into `core.models`.

Invariant: null, missing fields and wrong types never raise; only something that is not an object (or, for the
plural functions, not a list) is BadAnswer("tele.answer.shape"). Rows without an id are dropped from lists.
Shapes: Mattermost API v4, as 5.37 and later servers send them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tui.core.fields import decode as decode
from tui.core.fields import (
    each,
    flag,
    millis,
    named,
    number,
    obj,
    objects,
    text,
    text_map,
    texts,
    whole,
)
from tui.core.ids import ChannelId, Millis, TeamId
from tui.core.models import Categories, Category, Channel, Command, Membership, ServerConfig, Team, TeamUnread
from tui.core.wire_people import custom_status as custom_status
from tui.core.wire_people import group_users as group_users
from tui.core.wire_people import groups as groups
from tui.core.wire_people import preference as preference
from tui.core.wire_people import preferences as preferences
from tui.core.wire_people import status as status
from tui.core.wire_people import statuses as statuses
from tui.core.wire_people import user as user
from tui.core.wire_people import users as users
from tui.core.wire_posts import file_info as file_info
from tui.core.wire_posts import file_infos as file_infos
from tui.core.wire_posts import post as post
from tui.core.wire_posts import post_page as post_page
from tui.core.wire_posts import reaction as reaction
from tui.core.wire_posts import scheduled_post as scheduled_post
from tui.core.wire_posts import scheduled_posts as scheduled_posts
from tui.core.wire_posts import thread as thread
from tui.core.wire_posts import thread_page as thread_page
from tui.core.wire_posts import threads as threads

# teams


def team(value: object) -> Team:
    d = obj(value)
    return Team(
        id=text(d, "id"),
        name=text(d, "name"),
        display_name=text(d, "display_name"),
        description=text(d, "description"),
        type=text(d, "type", "O"),
        delete_at=millis(d, "delete_at"),
        update_at=millis(d, "update_at"),
        invite_id=text(d, "invite_id"),
    )


def teams(value: object) -> list[Team]:
    return named(each(team, value))


def team_unreads(value: object) -> list[TeamUnread]:
    """Answer of `GET /users/me/teams/unread`."""
    return [row for row in each(_team_unread, value) if row.team_id]


def _team_unread(value: object) -> TeamUnread:
    d = obj(value)
    return TeamUnread(
        text(d, "team_id"),
        number(d, "msg_count"),
        number(d, "mention_count"),
        number(d, "thread_count"),
        number(d, "thread_mention_count"),
    )


# channels


def channel(value: object) -> Channel:
    d = obj(value)
    return Channel(
        id=text(d, "id"),
        type=text(d, "type", "O"),
        name=text(d, "name"),
        display_name=text(d, "display_name"),
        team_id=text(d, "team_id"),
        header=text(d, "header"),
        purpose=text(d, "purpose"),
        creator_id=text(d, "creator_id"),
        total_msg_count=number(d, "total_msg_count"),
        total_msg_count_root=number(d, "total_msg_count_root"),
        last_post_at=millis(d, "last_post_at"),
        last_root_post_at=millis(d, "last_root_post_at"),
        create_at=millis(d, "create_at"),
        update_at=millis(d, "update_at"),
        delete_at=millis(d, "delete_at"),
    )


def channels(value: object) -> list[Channel]:
    return named(each(channel, value))


def membership(value: object) -> Membership:
    """A channel member row, or the like object that `set_unread` answers."""
    d = obj(value)
    return Membership(
        channel_id=text(d, "channel_id"),
        user_id=text(d, "user_id"),
        msg_count=number(d, "msg_count"),
        msg_count_root=number(d, "msg_count_root"),
        mention_count=number(d, "mention_count"),
        mention_count_root=number(d, "mention_count_root"),
        last_viewed_at=millis(d, "last_viewed_at"),
        last_update_at=millis(d, "last_update_at"),
        roles=text(d, "roles"),
        notify_props=text_map(d.get("notify_props")),
    )


def memberships(value: object) -> list[Membership]:
    return [row for row in each(membership, value) if row.channel_id]


def category(value: object) -> Category:
    d = obj(value)
    return Category(
        id=text(d, "id"),
        team_id=text(d, "team_id"),
        type=text(d, "type", "custom"),
        display_name=text(d, "display_name"),
        sorting=text(d, "sorting"),
        muted=flag(d, "muted"),
        collapsed=flag(d, "collapsed"),
        channel_ids=texts(d.get("channel_ids")),
    )


def categories(value: object, team_id: TeamId = "") -> Categories:
    """Answer of `GET …/channels/categories`, its categories brought into the order it names."""
    d = obj(value)
    found = named(map(category, objects(d.get("categories"))))
    place = {category_id: at for at, category_id in enumerate(texts(d.get("order")))}
    found.sort(key=lambda row: place.get(row.id, len(place)))
    return Categories(team_id or next((row.team_id for row in found), ""), tuple(found))


def viewed_times(value: object) -> Mapping[ChannelId, Millis]:
    """Answer of a view: last_viewed_at by channel."""
    times = obj(value).get("last_viewed_at_times")
    return {key: whole(at) for key, at in times.items()} if isinstance(times, dict) else {}


# the server itself


_SECRETS = ("secret", "apikey", "api_key", "password")


def config(value: object) -> ServerConfig:
    """Client config, without the keys of third-party services that 5.37 sends along."""
    kept = {
        key: item
        for key, item in text_map(value if isinstance(value, dict) else obj(value)).items()
        if not key.lower().endswith(_SECRETS)
    }
    return ServerConfig(MappingProxyType(kept))


def commands(value: object) -> list[Command]:
    """Answer of `GET /teams/{t}/commands/autocomplete`."""
    return [
        Command(text(d, "trigger"), text(d, "auto_complete_hint"), text(d, "auto_complete_desc"))
        for d in each(obj, value)
        if text(d, "trigger")
    ]


def plugin_ids(value: object) -> list[str]:
    """Answer of `GET /plugins/webapp`."""
    return [text(d, "id") for d in each(obj, value) if text(d, "id")]
