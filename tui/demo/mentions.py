"""Who is meant by a message, and which hashtags and channels it names.

Invariant: code is never searched. Rules of Mattermost 5.37: the author is never mentioned by themself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.demo.records import Channel, User, Wire

if TYPE_CHECKING:
    from tui.demo.world import World

CODE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1|\Z)|(`+).*?\2", re.S | re.M)
NAME = re.compile(r"(?<![\w@])@([a-z0-9._-]+)", re.I)
HASHTAG = re.compile(r"(?:^|(?<=\s))#[^\W\d_][\w.-]*", re.U)
CHANNEL = re.compile(r"\B~([a-z0-9._-]+)")
EMOJI = re.compile(r":([a-zA-Z0-9_+-]+):")
URL = re.compile(r"https?://[^\s<>)\]]+")
EVERYBODY = frozenset({"channel", "all", "here"})


def without_code(message: str) -> str:
    return CODE.sub(" ", message) if "`" in message or "~~~" in message else message


def names_in(message: str) -> list[str]:
    """Names after @, lower case, with and without trailing dots and dashes."""
    found = (match.lower() for match in NAME.findall(without_code(message)))
    return [name for raw in found for name in {raw: None, raw.rstrip("._-"): None}]


def hashtags(message: str) -> str:
    """The server's own echo: "#one #two"."""
    if "#" not in message:
        return ""
    found = (tag.rstrip("-_.") for tag in HASHTAG.findall(without_code(message)))
    return " ".join(tag for tag in found if len(tag) > 3)


def channel_mentions(world: World, channel: Channel, message: str) -> Wire:
    """`props.channel_mentions`: public channels of the team named with ~."""
    out: Wire = {}
    if "~" not in message:
        return out
    for name in CHANNEL.findall(without_code(message)):
        for other in world.channels.values():
            if other.team_id == channel.team_id and other.name == name and other.type == "O":
                team = world.teams[other.team_id]
                out[name] = {"display_name": other.display_name, "team_name": team.name}
    return out


def mentioned(world: World, channel: Channel, author_id: str, message: str) -> list[str]:
    """Ids of the members of `channel` whom this text mentions."""
    if channel.type == "D":
        return [user_id for user_id in channel.members if user_id != author_id]
    names = set(names_in(message)) if "@" in message else set()
    everybody = bool(names & EVERYBODY)
    text = without_code(message).lower()
    return [
        user_id
        for user_id in channel.members
        if user_id != author_id and _is_meant(channel, world.users[user_id], names, everybody, text)
    ]


def _is_meant(channel: Channel, user: User, names: set[str], everybody: bool, text: str) -> bool:
    if user.username in names:
        return True
    if everybody and user.notify_props.get("channel") == "true":
        return channel.members[user.id].notify_props["ignore_channel_mentions"] != "on"
    keys = user.notify_props.get("mention_keys", "")
    return bool(keys) and any(_word_in(key.strip().lower(), text) for key in keys.split(","))


def _word_in(key: str, text: str) -> bool:
    return bool(key) and re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) is not None


def outsiders(world: World, channel: Channel, message: str) -> list[User]:
    """People of the team who are named but not in the channel."""
    if "@" not in message or not channel.team_id:
        return []
    team = world.teams[channel.team_id]
    ids = dict.fromkeys(world.usernames.get(name, "") for name in names_in(message))
    return [world.users[i] for i in ids if i in team.members and i not in channel.members]
