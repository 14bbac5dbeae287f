"""The Jitsi plugin of Mattermost: meetings, their posts, its settings and its slash command.

Invariant: a meeting is a `custom_jitsi` post of whoever started it, with an empty message; it never changes
when the meeting ends. Source: jitsi-facts §1, §2 and contract/jitsi/posts.json.
"""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from tui.demo import posting
from tui.demo.http1 import Response
from tui.demo.records import Channel, Post, User, Wire
from tui.demo.routing import Call, Route, answer

if TYPE_CHECKING:
    from tui.demo.world import World

MANIFEST: Wire = {
    "id": "jitsi",
    "version": "2.1.0",
    "webapp": {"bundle_path": "/static/jitsi/jitsi_bundle.js"},
}
SITE = "https://meet.example.org"
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


def switch_on(world: World, *, tokens: bool = False) -> None:
    """Installs the plugin; `tokens` = the Jitsi server wants JWTs."""
    world.plugins[:] = [MANIFEST]
    world.jitsi_tokens = tokens


def is_on(world: World) -> bool:
    return any(row["id"] == "jitsi" for row in world.plugins)


def start(
    world: World, channel: Channel, user: User, topic: str = "", root_id: str = "", at: int = 0
) -> Post:
    """Starts a meeting: the post that colleagues see. `at` = time, 0 = now."""
    now = at or world.now()
    name = room(world, topic)
    link = f"{SITE}/{name}"
    token = jwt(name, now // 1000 + VALID_SECONDS) if world.jitsi_tokens else ""
    title = topic or "Jitsi Meeting"
    url = f"{link}{'?jwt=' + token if token else ''}#config.callDisplayName=%22{quote(title)}%22"
    text = f"Meeting ID: [{name}]({url})\n\n[Join Meeting]({url})\n\n"
    props: Wire = {
        "attachments": [
            {
                "fallback": f"Video Meeting started at [{name}]({link}).\n\n[Join Meeting]({link})\n\n",
                "title": title,
                "text": text,
            }
        ],
        "default_meeting_topic": "Jitsi Meeting",
        "jwt_meeting": bool(token),
        "jwt_meeting_valid_until": now // 1000 + VALID_SECONDS if token else NO_TIME,
        "meeting_id": name,
        "meeting_jwt": token,
        "meeting_link": link,
        "meeting_personal": False,
        "meeting_topic": topic,
    }
    return posting.write(world, channel, user, "", type="custom_jitsi", props=props, root_id=root_id, at=at)


def room(world: World, topic: str) -> str:
    """Slug and 20 letters, or four words in TitleCase; umlauts are dropped as in the plugin."""
    if not topic:
        return "".join(world.rng.choice(words) for words in WORDS)
    slug = re.sub(r"[^A-Za-z0-9_-]", "", topic.replace(" ", "-"))
    return slug + "-" + "".join(world.rng.choices(LETTERS, k=20))


def jwt(name: str, until: int, context: Wire | None = None) -> str:
    """Looks like a token; its signature is none."""
    head = {"alg": "HS256", "typ": "JWT"}
    body: Wire = {"aud": "demo", "iss": "demo", "room": name, "exp": until}
    if context:
        body["context"] = context
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (head, body)
    )
    return ".".join((*parts, "ZGVtbw"))


def command(world: World, channel: Channel, user: User, rest: str, root_id: str) -> str:
    """`/jitsi …`; answers what only the asker is told, "" when a meeting was started."""
    word, _, more = rest.partition(" ")
    if word == "help":
        return HELP
    if word == "settings":
        return _settings(world, user, more)
    topic = rest[len("start") :].strip() if rest.startswith("start") else rest
    start(world, channel, user, topic, root_id)
    return ""


def _settings(world: World, user: User, text: str) -> str:
    mine = world.jitsi_settings.setdefault(user.id, dict(DEFAULTS))
    key, _, value = text.partition(" ")
    if key in ("embedded", "show_prejoin_page") and value in ("true", "false"):
        mine[key] = value == "true"
    elif key == "naming_scheme" and value in ("words", "uuid", "mattermost", "ask"):
        mine[key] = value
    elif key not in ("", "see"):
        return "Invalid arguments."
    world.emit("custom_jitsi_config_update", {}, user=user.id)
    lines = "\n".join(f"* {key}: `{json.dumps(value)}`" for key, value in mine.items())
    return "###### Jitsi Settings:\n" + lines


# its REST side, below /plugins/jitsi
def _plugin(call: Call) -> Wire:
    """The body; rubbish is empty."""
    try:
        body = msgspec.json.decode(call.request.body or b"{}")
    except msgspec.DecodeError:
        body = {}
    return body if isinstance(body, dict) else {}


def text_answer(status: int, text: str) -> Response:
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def meetings(call: Call) -> Response:
    if not is_on(call.world):
        return text_answer(404, "404 page not found\n")
    if call.session is None:
        return text_answer(401, "Not authorized\n")
    body = _plugin(call)
    channel = call.world.channels.get(str(body.get("channel_id") or ""))
    if channel is None or call.me.id not in channel.members:
        return text_answer(403, "Not authorized\n")
    settings = call.world.jitsi_settings.get(call.me.id, DEFAULTS)
    topic = str(body.get("topic") or "")
    if settings["naming_scheme"] == "ask" and not topic:
        return text_answer(200, "OK")
    post = start(call.world, channel, call.me, topic)
    return answer({"meeting_id": post.props["meeting_id"]})


def enrich(call: Call) -> Response:
    if not is_on(call.world):
        return text_answer(404, "404 page not found\n")
    if call.session is None or not call.world.jitsi_tokens:
        return text_answer(401, "Not authorized\n")
    token = str(_plugin(call).get("jwt") or "")
    try:
        raw = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    except (IndexError, ValueError):
        return text_answer(500, "Internal error\n")
    me = call.me
    person = {"user": {"name": f"{me.first_name} {me.last_name}".strip(), "email": me.email, "id": me.id}}
    return answer({"jwt": jwt(str(claims.get("room")), int(claims.get("exp") or 0), person)})


def config(call: Call) -> Response:
    if not is_on(call.world):
        return text_answer(404, "404 page not found\n")
    if call.session is None:
        return text_answer(401, "Not authorized\n")
    return answer(call.world.jitsi_settings.get(call.me.id, DEFAULTS))


BASE = "/:plugins/jitsi/api/v1"
ROUTES = (
    Route("POST", BASE + "/meetings", meetings, open=True),
    Route("POST", BASE + "/meetings/enrich", enrich, open=True),
    Route("POST", BASE + "/config", config, open=True),
)
