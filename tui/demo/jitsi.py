"""The Jitsi plugin of Mattermost: meetings, their posts, its settings and its slash command.

Invariant: a meeting is a `custom_jitsi` post of whoever started it, with an empty message; it never changes
when the meeting ends. Its REST side is in `jitsi_rest`. Source: mattermost-plugin-jitsi ced05f53,
server/plugin.go and command.go.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

from tui.demo import posting
from tui.demo.records import Channel, Post, User, Wire

if TYPE_CHECKING:
    from tui.demo.world import World

MANIFEST: Wire = {
    "id": "jitsi",
    "version": "2.1.0",
    "webapp": {"bundle_path": "/static/jitsi/jitsi_bundle.js"},
}
SITE = "https://meet.example.org"
DEFAULT_TOPIC = "Jitsi Meeting"
NO_TIME = -62_135_596_800
"""Go's zero time in seconds: what the plugin writes without tokens."""
VALID_SECONDS = 1800
WORDS = (
    ("Sunny", "Quiet", "Brave", "Gentle", "Clever", "Merry", "Calm", "Early"),
    ("Bridges", "Gardens", "Rivers", "Lanterns", "Otters", "Violins", "Meadows", "Trains"),
    ("Listen", "Wander", "Gather", "Sparkle", "Whisper", "Travel", "Linger", "Settle"),
    ("Kindly", "Slowly", "Boldly", "Neatly", "Gladly", "Softly", "Wisely", "Freely"),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
HELP = "###### Mattermost Jitsi Plugin - Slash Command help\n* `/jitsi start [topic]` - Start a new meeting"
DEFAULTS: Wire = {"embedded": False, "show_prejoin_page": False, "naming_scheme": "words"}
SCHEMES = ("words", "uuid", "mattermost", "ask")
TITLES = {"embedded": "Embedded", "show_prejoin_page": "Show Pre-join Page", "naming_scheme": "Naming Scheme"}
BOT = "jitsi"
SEAL = "ZGVtbw"


@dataclass(frozen=True, slots=True)
class Named:
    """A room with the topic that goes with it. `personal`: in a direct or group channel."""

    room: str
    topic: str = ""
    personal: bool = False


def switch_on(world: World, *, tokens: bool = False, scheme: str = "words") -> None:
    """Installs the plugin; `tokens` = the Jitsi server wants JWTs; `scheme` = how rooms are named."""
    world.plugins[:] = [MANIFEST]
    world.jitsi_tokens = tokens
    world.jitsi_scheme = scheme


def is_on(world: World) -> bool:
    return any(row["id"] == "jitsi" for row in world.plugins)


def settings_of(world: World, user: User) -> Wire:
    """One person's settings; the defaults until they change them."""
    return world.jitsi_settings.get(user.id) or {**DEFAULTS, "naming_scheme": world.jitsi_scheme}


def start(
    world: World,
    channel: Channel,
    user: User,
    topic: str = "",
    root_id: str = "",
    at: int = 0,
    named: Named | None = None,
) -> Post:
    """Starts a meeting: the post that colleagues see. `at` = time, 0 = now; `named` = a chosen room."""
    now = at or world.now()
    chosen = named or name(world, channel, user, topic)
    until = now // 1000 + VALID_SECONDS
    token = jwt(chosen.room, until) if world.jitsi_tokens else ""
    props: Wire = {
        "attachments": [_attachment(chosen, token, until)],
        "default_meeting_topic": DEFAULT_TOPIC,
        "jwt_meeting": bool(token),
        "jwt_meeting_valid_until": until if token else NO_TIME,
        "meeting_id": chosen.room,
        "meeting_jwt": token,
        "meeting_link": f"{SITE}/{chosen.room}",
        "meeting_personal": chosen.personal,
        "meeting_topic": chosen.topic,
    }
    return posting.write(world, channel, user, "", type="custom_jitsi", props=props, root_id=root_id, at=at)


def _attachment(chosen: Named, token: str, until: int) -> Wire:
    """What other clients show; the token stands in it, as with the real plugin."""
    title = chosen.topic or DEFAULT_TOPIC
    topic = quote(f'"{title}"')
    url = f"{SITE}/{chosen.room}{'?jwt=' + token if token else ''}#config.callDisplayName={topic}"
    kind = "Personal Meeting ID (PMI)" if chosen.personal else "Meeting ID"
    moment = datetime.fromtimestamp(until, UTC).strftime("%a %b %-d %H:%M:%S +0000 UTC %Y")
    valid = f"Meeting link valid until: {moment}" if token else ""
    return {
        "fallback": f"Video Meeting started at [{chosen.room}]({url}).\n\n[Join Meeting]({url})\n\n{valid}",
        "title": title,
        "text": f"{kind}: [{chosen.room}]({url})\n\n[Join Meeting]({url})\n\n{valid}",
    }


def name(world: World, channel: Channel, user: User, topic: str) -> Named:
    """A room by topic (the scheme is skipped then), or by the person's naming scheme."""
    if topic:
        slug = re.sub(r"[^A-Za-z0-9_-]", "", topic.replace(" ", "-"))
        return Named("-".join(filter(None, (slug, letters(world, 20)))), topic)
    scheme = settings_of(world, user)["naming_scheme"]
    if scheme == "uuid":
        return Named(uuid(world))
    if scheme == "mattermost" and channel.type in ("D", "G"):
        return Named(f"{user.username}-{letters(world, 20)}", f"{full_name(user)}'s Personal Meeting", True)
    if scheme == "mattermost":
        return Named(of_channel(world, channel), f"{channel.display_name} Channel Meeting")
    return Named(words(world))


def words(world: World) -> str:
    """Four words in TitleCase."""
    return "".join(world.rng.choice(row) for row in WORDS)


def uuid(world: World) -> str:
    return str(UUID(int=world.rng.getrandbits(128), version=4))


def letters(world: World, count: int) -> str:
    return "".join(world.rng.choices(LETTERS, k=count))


def of_channel(world: World, channel: Channel) -> str:
    """Team, channel and ten letters."""
    return f"{world.teams[channel.team_id].name}-{channel.name}-{letters(world, 10)}"


def full_name(user: User) -> str:
    return user.nickname or f"{user.first_name} {user.last_name}".strip() or user.username


def jwt(name: str, until: int, context: Wire | None = None) -> str:
    """Looks like a token; its signature is none."""
    head = {"alg": "HS256", "typ": "JWT"}
    body: Wire = {"aud": "demo", "iss": "demo", "room": name, "exp": until}
    if context:
        body["context"] = context
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, body)
    )
    return ".".join((*parts, SEAL))


def command(world: World, channel: Channel, user: User, rest: str, root_id: str) -> None:
    """`/jitsi …`: starts, asks, explains or sets; what is said comes from the bot, to the asker alone."""
    word, _, more = rest.partition(" ")
    if word == "help":
        whisper(world, channel, user, HELP)
    elif word == "settings":
        whisper(world, channel, user, _settings(world, user, more))
    else:
        # The plugin cuts "start" off as a prefix, even from "startup".
        topic = rest.removeprefix("start").strip()
        if settings_of(world, user)["naming_scheme"] == "ask" and not topic:
            ask(world, channel, user, root_id)
        else:
            start(world, channel, user, topic, root_id)


def _settings(world: World, user: User, text: str) -> str:
    mine = dict(settings_of(world, user))
    words_given = text.split()
    if not words_given or words_given[0] == "see":
        return "###### Jitsi Settings:\n" + "\n".join(
            f"* {title}: `{json.dumps(mine[key]).strip(chr(34))}`" for key, title in TITLES.items()
        )
    if len(words_given) != 2:
        return "Invalid settings parameters"
    key, value = words_given
    if key in ("embedded", "show_prejoin_page"):
        if value not in ("true", "false"):
            return f"Invalid `{key}` value, use `true` or `false`."
        mine[key] = value == "true"
    elif key == "naming_scheme":
        if value not in SCHEMES:
            return "Invalid `naming_scheme` value, use `ask`, `words`, `uuid` or `mattermost`."
        mine[key] = value
    else:
        return "Invalid config field, use `embedded` or `naming_scheme`."
    world.jitsi_settings[user.id] = mine
    world.emit("custom_jitsi_config_update", {}, user=user.id)
    return "Jitsi settings updated"


def bot(world: World) -> User:
    """Who speaks for the plugin."""
    if BOT not in world.usernames:
        world.add_user(BOT, is_bot=True, bot_description="Created by the Jitsi plugin.")
    return world.user(BOT)


def whisper(world: World, channel: Channel, user: User, text: str) -> None:
    posting.ephemeral(world, channel, user, text, {}, sender=bot(world).id)


def ask(world: World, channel: Channel, user: User, root_id: str) -> None:
    """The question of the scheme "ask": buttons that only the asker sees."""
    choices = [
        ("Meeting name with random words", Named(words(world), DEFAULT_TOPIC)),
        ("Personal meeting", Named(f"{user.username}-{letters(world, 20)}", f"{full_name(user)}'s Meeting")),
        ("Meeting name with UUID", Named(uuid(world), DEFAULT_TOPIC)),
    ]
    if channel.type in ("O", "P"):
        title = f"{channel.display_name} Channel Meeting"
        choices.insert(2, ("Channel meeting", Named(of_channel(world, channel), title)))
    post_id, actions = world.new_id(), []
    for title, named in choices:
        action_id, cookie = world.new_id(), letters(world, 40)
        world.buttons[post_id, action_id] = (cookie, partial(_pressed, world, channel, user, post_id, named))
        actions.append(
            {"id": action_id, "name": title, "type": "", "disabled": False, "style": "", "cookie": cookie}
        )
    row = {
        "title": "Jitsi Meeting Start",
        "text": "Select type of meeting you want to start",
        "actions": actions,
    }
    props = posting.complete({"attachments": [row]})
    posting.ephemeral(world, channel, user, "", props, sender=bot(world).id, post_id=post_id, root_id=root_id)


def _pressed(world: World, channel: Channel, user: User, post_id: str, named: Named) -> None:
    """A button: the meeting (never in the thread: the plugin forgets it), and the question is withdrawn."""
    start(world, channel, user, named=named)
    for key in [key for key in world.buttons if key[0] == post_id]:
        del world.buttons[key]
    posting.withdraw(world, channel, user, post_id)
