"""Meetings that posts announce: Jitsi, Zoom, Teams, BigBlueButton, Mattermost Calls, and links in a text.

Invariant: a `Meeting` never holds a token, whatever stood in the post. It is built from the post's props,
each of which may be missing or of any type (everybody can create such posts), never from `message` or
`attachments`. The token has a function of its own. Source: mattermost-plugin-jitsi and its forks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, urlencode, urlsplit

from tui.core.errors import UserMistake
from tui.core.ids import Millis, PostId, UserId
from tui.core.jitsi_links import (
    WELL_KNOWN_HOSTS,
    is_certain_host,
    jitsi_fragment,
    jitsi_path,
    new_room_name,
    room_url,
)
from tui.core.links import Link, check_url, redact_tokens
from tui.core.markdown import document_spans, parse
from tui.core.models import Json, Post
from tui.core.patterns import pattern
from tui.core.safe_text import safe_line
from tui.core.spans import Span
from tui.core.values import dataclass

__all__ = [
    "Meeting",
    "join_url",
    "leads_to",
    "meeting_links",
    "meeting_of",
    "meeting_token",
    "meetings_of",
    "new_room_name",
]

JITSI = "jitsi"
ZOOM = "zoom"
TEAMS = "teams"
BBB = "bbb"
CALLS = "calls"

LONGEST_TEXT = 200
LATEST: Millis = 4_102_444_800_000
"""The year 2100: a later time is nonsense."""

_PROVIDERS = {"custom_zoom": ZOOM, "custom_mstmeetings": TEAMS, "custom_bbb": BBB, "custom_calls": CALLS}
_OWN_HOSTS = {ZOOM: ("zoom.us", "zoom.com"), TEAMS: ("teams.microsoft.com", "teams.live.com")}
_WRITTEN = frozenset({"", "me", "slack_attachment"})
_SIGNS = ("meet.", "jitsi.", "konferenz.", "talk.", "video.")
_TOKEN = pattern(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){0,4}")
_DATE = pattern(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d) ?(?:Z|([+-])(\d\d):(\d\d))?")
_JWT_LINK = pattern(r"jwt(?:=|%3d)", re.IGNORECASE)
_SECRET_KEYS = pattern(r"jwt|token|zak|secret|password", re.IGNORECASE)
_APP_LINK = pattern(r"jitsi-meet://([^\s<>\"']{1,500})", re.IGNORECASE)

TOPIC_PROP = "meeting_topic"
"""Where the plugins, and our own announcements, keep the topic."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """What there is to show of a meeting, and where it is. Texts are safe."""

    provider: str
    """jitsi, zoom, teams, bbb, calls, or what the post calls it."""
    topic: str = ""
    """"" = none was given."""
    link: str = ""
    """Checked, without token; "" = there is none: open the post itself in a browser."""
    host: str = ""
    """Of the link, as `links.Link.host`."""
    meeting_id: str = ""
    """The room."""
    started_by: UserId = ""
    started_at: Millis = 0
    valid_until: Millis = 0
    """When the post's token expires; 0 = it has none or does not say."""
    needs_token: bool = False
    personal: bool = False
    certain: bool = True
    """False = the host is not known for meetings: ask before opening."""
    ended_at: Millis = 0
    """0 = no end is known; Jitsi never tells."""
    fragment: str = ""
    """Jitsi's config.… settings that came with the link, to be kept when joining."""
    post_id: PostId = ""
    """The post that announces it; "" = just a link."""


def meeting_of(post: Post, hosts: frozenset[str]) -> Meeting | None:
    """The meeting that `post` announces, by its type or by a link in its text; None = there is none.

    `hosts`: Jitsi servers from the settings and learnt ones.
    """
    found = meetings_of(post, hosts)
    return next((meeting for meeting in found if meeting.certain), next(iter(found), None))


def meetings_of(post: Post, hosts: frozenset[str]) -> tuple[Meeting, ...]:
    """All of them, in order: a text may lead to several, a plugin's post announces one at most."""
    if post.type in _WRITTEN:
        written = meeting_links(post.message, hosts)
        topic = _shown(post.props, TOPIC_PROP) if len(written) == 1 else ""
        return tuple(
            replace(found, topic=topic, started_by=post.user_id, started_at=post.create_at, post_id=post.id)
            for found in written
        )
    announced = _announced(post, hosts)
    return (replace(announced, post_id=post.id),) if announced is not None else ()


def leads_to(target: str, meeting: Meeting) -> bool:
    """Whether a link of a message is the one of `meeting`, whatever token or name hangs on it."""
    if not meeting.link:
        return False
    room = _room(target, frozenset((meeting.host,))) if meeting.provider == JITSI else None
    return meeting.link in (target, room.link if room else "")


def _announced(post: Post, hosts: frozenset[str]) -> Meeting | None:
    """What a plugin's post announces."""
    if post.type == "custom_jitsi":
        return _jitsi(post, hosts)
    if post.type in _PROVIDERS:
        return _known(post, _PROVIDERS[post.type])
    return _general(post) if post.type.startswith("custom_") else None


def meeting_links(text: str, hosts: frozenset[str]) -> tuple[Meeting, ...]:
    """Jitsi meetings that the links of a text (Markdown) lead to, in order; links in code are none."""
    if "://" not in text and "www." not in text.lower():
        return ()
    found: dict[str, Meeting] = {}
    for span in document_spans(parse(text).blocks):
        for target in _targets(span):
            meeting = _of_link(target, hosts)
            if meeting is not None:
                found.setdefault(meeting.link, meeting)
    return tuple(found.values())


def shown_message(post: Post) -> str:
    """A post's text to show, copy or quote: where it leads to a meeting, without the token."""
    told = post.type.startswith("custom_") or _JWT_LINK.search(post.message)
    return redact_tokens(post.message) if told else post.message


def meeting_token(post: Post) -> str:
    """The secret token of a Jitsi post, "" = none. For joining alone: never show, log or keep it."""
    if post.type != "custom_jitsi":
        return ""
    link = _checked(_text(post.props, "meeting_link"))
    query = urlsplit(link.url).query if link else ""
    candidates = (_text(post.props, "meeting_jwt"), dict(parse_qsl(query)).get("jwt", ""))
    return next((token for token in candidates if is_token(token)), "")


def is_token(text: str) -> bool:
    """Whether this may be put into an address as a token: letters, digits, - and _ in parts."""
    return bool(_TOKEN.fullmatch(text))


def join_url(meeting: Meeting, *, name: str = "", preset: str = "normal", token: str = "") -> str:
    """The address that joins, "" where the meeting has no link; Jitsi's with `name` and a preset.

    `preset`: a key of `jitsi_links.PRESETS`. With a `token` the result is a secret.
    """
    if meeting.provider != JITSI or not meeting.link:
        return meeting.link
    return room_url(
        meeting.link, fragment=meeting.fragment, name=name, topic=meeting.topic, preset=preset, token=token
    )


def _jitsi(post: Post, hosts: frozenset[str]) -> Meeting:
    """A post of the Jitsi plugin, old or new, or a fork; always a meeting, as its text leaks the token."""
    props = post.props
    room = _room(_text(props, "meeting_link"), hosts)
    needs_token = _flag(props, "jwt_meeting") or "jwt=" in _text(props, "meeting_link").lower()
    return Meeting(
        provider=JITSI,
        topic=_shown(props, TOPIC_PROP) or _shown(props, "default_meeting_topic"),
        link=room.link,
        host=room.host,
        meeting_id=_shown(props, "meeting_id") or room.meeting_id,
        started_by=post.user_id,
        started_at=post.create_at,
        valid_until=_valid_until(props) if needs_token else 0,
        needs_token=needs_token,
        personal=_flag(props, "meeting_personal"),
        certain=room.certain,
        fragment=room.fragment,
    )


def _known(post: Post, provider: str) -> Meeting | None:
    """Zoom, Teams, BigBlueButton, Calls. The last two have no link: BigBlueButton's is a placeholder."""
    props = post.props
    status = _text(props, "meeting_status")
    if status == "RECENTLY_CREATED":
        return None
    link = _plain_link(props) if provider in _OWN_HOSTS else None
    ended_at = _millis(props, "meeting_end_time") or _millis(props, "end_at")
    if status == "ENDED":
        ended_at = ended_at or post.update_at or post.create_at
    return Meeting(
        provider=provider,
        topic=_shown(props, "title" if provider == CALLS else TOPIC_PROP),
        link=link.url if link else "",
        host=link.host if link else "",
        meeting_id=_shown(props, "meeting_id"),
        started_by=post.user_id,
        started_at=min(_millis(props, "start_at") or post.create_at, post.create_at),
        personal=_flag(props, "meeting_personal"),
        certain=link is None or _is_below(link.host, _OWN_HOSTS[provider]),
        ended_at=ended_at,
    )


def _general(post: Post) -> Meeting | None:
    """Any other plugin's post with an https `meeting_link`."""
    link = _plain_link(post.props)
    if link is None:
        return None
    named = _shown(post.props, "meeting_provider")[:40] or safe_line(post.type.removeprefix("custom_"), 40)
    meeting = _known(post, redact_tokens(named))
    return meeting and replace(meeting, link=link.url, host=link.host, certain=False)


def _of_link(target: str, hosts: frozenset[str]) -> Meeting | None:
    room = _room(target, hosts)
    if not room.link or not (room.certain or _looks_like_meetings(room)):
        return None
    return room


def _room(target: str, hosts: frozenset[str]) -> Meeting:
    """The Jitsi room that a link leads to; without `link` where it leads to none."""
    link = _checked(target)
    path = jitsi_path(link) if link and (link.url.startswith("https://") or link.host in hosts) else ""
    if link is None or not path or redact_tokens(path) != path:
        return Meeting(JITSI, certain=False)
    parts = urlsplit(link.url)
    return Meeting(
        provider=JITSI,
        link=f"{parts.scheme}://{parts.netloc}{path}",
        host=link.host,
        meeting_id=safe_line(path.rpartition("/")[2], LONGEST_TEXT),
        needs_token="jwt=" in parts.query.lower(),
        certain=is_certain_host(link.host, hosts),
        fragment=jitsi_fragment(link),
    )


def _looks_like_meetings(room: Meeting) -> bool:
    """True for an unknown server that may be a Jitsi; Google's looks the same and is none."""
    if room.host == "meet.google.com" or any(f"{known}." in room.host for known in WELL_KNOWN_HOSTS):
        return False
    return room.host.startswith(_SIGNS) and room.link.count("/") == 3


def _targets(span: Span) -> list[str]:
    """Where a run leads: a link's target, or the links for the desktop app in plain text, as https."""
    if span.kind == "link":
        return [span.target]
    apps = _APP_LINK.finditer(span.text if span.kind == "text" else "")
    return [f"https://{match[1].rstrip('.,;:!?)]}')}" for match in apps]


def _checked(url: str) -> Link | None:
    try:
        link = check_url(url.strip())
    except UserMistake:
        return None
    return link if link.kind == "web" else None


def _plain_link(props: Mapping[str, Json]) -> Link | None:
    """`meeting_link` without secrets and fragment; None where it is no https link, or one all of secrets."""
    link = _checked(_text(props, "meeting_link"))
    if link is None or not link.url.startswith("https://"):
        return None
    parts = urlsplit(link.url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if _is_public(*pair)]
    url = parts._replace(query=urlencode(kept), fragment="").geturl()
    return replace(link, url=url) if redact_tokens(url) == url else None


def _is_public(key: str, value: str) -> bool:
    return not _SECRET_KEYS.search(key) and redact_tokens(value) == value


def _is_below(host: str, parents: tuple[str, ...]) -> bool:
    return any(host == parent or host.endswith(f".{parent}") for parent in parents)


def _valid_until(props: Mapping[str, Json]) -> Millis:
    """Seconds since the epoch (Go's zero time when unused), or a date as text in old versions."""
    value = props.get("jwt_meeting_valid_until")
    if isinstance(value, int) and not isinstance(value, bool):
        return value * 1000 if 0 < value * 1000 < LATEST else 0
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    return _date_millis(match) if match else 0


def _date_millis(match: re.Match[str]) -> Millis:
    sign = -1 if match[7] == "-" else 1
    offset = timedelta(hours=int(match[8] or 0), minutes=int(match[9] or 0)) * sign
    try:
        moment = datetime(*map(int, match.groups()[:6]), tzinfo=timezone(offset))  # type: ignore[misc, arg-type]
        return max(int(moment.timestamp() * 1000), 0)
    except (ValueError, OverflowError):
        return 0


def _text(props: Mapping[str, Json], key: str) -> str:
    value = props.get(key)
    return value if isinstance(value, str) else ""


def _shown(props: Mapping[str, Json], key: str) -> str:
    """A text or number to show: one safe line without tokens."""
    value = props.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20:
        return str(value)
    return redact_tokens(safe_line(value, LONGEST_TEXT)) if isinstance(value, str) else ""


def _flag(props: Mapping[str, Json], key: str) -> bool:
    return props.get(key) in (True, "true")


def _millis(props: Mapping[str, Json], key: str) -> Millis:
    value = props.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < LATEST else 0
