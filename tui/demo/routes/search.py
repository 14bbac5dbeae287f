"""Searching posts as the database search of 5.37 does.

Invariant: all hits (at most 100) are on page 0, the next page is empty; an unknown user or channel finds
nothing. Source: recording 57, mattermost-facts §9.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tui.demo import posts, refusals
from tui.demo.http1 import Response
from tui.demo.records import Channel, Post
from tui.demo.routing import Call, Route, answer

MAX_HITS = 100
DAY_MS = 86_400_000


@dataclass(slots=True)
class Wanted:
    """A search text, taken apart."""

    words: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    not_authors: list[str] = field(default_factory=list)
    not_channels: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 1 << 62


def take_apart(terms: str, offset: int) -> Wanted | None:
    """None = nothing can be found (an open quote). `offset` = seconds east of UTC."""
    try:
        tokens = shlex.split(terms.replace("'", "\\'"), posix=True)
    except ValueError:
        return None
    wanted = Wanted()
    for token in tokens:
        _take(wanted, token, offset)
    return wanted


def _take(wanted: Wanted, token: str, offset: int) -> None:
    negative = token.startswith("-") and len(token) > 1
    key, colon, value = token.lstrip("-").partition(":")
    key = key.lower()
    if colon and key == "from":
        (wanted.not_authors if negative else wanted.authors).append(value.lower().lstrip("@"))
    elif colon and key in ("in", "channel"):
        (wanted.not_channels if negative else wanted.channels).append(value.lower().lstrip("~"))
    elif colon and key in ("on", "before", "after"):
        _take_date(wanted, key, value, offset)
    else:
        (wanted.unwanted if negative else wanted.words).append(token.lstrip("-").lower())


def _take_date(wanted: Wanted, key: str, value: str, offset: int) -> None:
    try:
        day = datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC) - timedelta(seconds=offset)
    except ValueError:
        return
    start = int(day.timestamp() * 1000)
    if key == "before":
        wanted.last = min(wanted.last, start - 1)
    else:
        wanted.first = max(wanted.first, start + (DAY_MS if key == "after" else 0))
    if key == "on":
        wanted.last = min(wanted.last, start + DAY_MS - 1)


def search(call: Call) -> Response:
    team = call.team()
    body = call.object("terms")
    terms = str(body.get("terms") or "")
    if not terms.strip():
        raise refusals.bad_body("terms")
    offset = body.get("time_zone_offset")
    wanted = take_apart(terms, offset if isinstance(offset, int) else 0)
    hits = (
        []
        if wanted is None or body.get("page")
        else _hits(call, team.id, wanted, bool(body.get("is_or_search")))
    )
    listing = posts.post_list(call.world, hits)
    return answer({**listing, "matches": None}, Cache_Control="no-cache, no-store, must-revalidate")


def _hits(call: Call, team_id: str, wanted: Wanted, any_word: bool) -> list[Post]:
    found = []
    for channel in call.world.channels_of(call.me.id):
        if channel.team_id in ("", team_id) and not channel.delete_at and _in(call, channel, wanted):
            line = call.world.timelines.get(channel.id, ())
            found += [post for post in line if not post.delete_at and fits(call, post, wanted, any_word)]
    found.sort(key=lambda post: post.create_at, reverse=True)
    return found[:MAX_HITS]


def _in(call: Call, channel: Channel, wanted: Wanted) -> bool:
    names = {channel.name, channel.id}
    if channel.type in "DG":
        people = [call.world.users[i].username for i in channel.members if i != call.me.id]
        names |= {"@" + name for name in people} | {",".join(people)}
    if wanted.channels and not names & set(wanted.channels):
        return False
    return not names & set(wanted.not_channels)


def fits(call: Call, post: Post, wanted: Wanted, any_word: bool) -> bool:
    """Does one post answer the search?"""
    if post.type.startswith("system_") or not wanted.first <= post.create_at <= wanted.last:
        return False
    author = call.world.users[post.user_id].username
    if (wanted.authors and author not in wanted.authors) or author in wanted.not_authors:
        return False
    text = post.message.lower()
    if any(_has(text, word) for word in wanted.unwanted):
        return False
    hits = [_has(text, word) for word in wanted.words]
    return not hits or (any(hits) if any_word else all(hits))


def _has(text: str, word: str) -> bool:
    """Whole words; `wor*` begins a word; a phrase is anywhere."""
    if " " in word or word.startswith(("#", "@")):
        return word.rstrip("*") in text
    stem = word.rstrip("*")
    if len(stem) < 2 and word.endswith("*"):
        return False
    end = "" if word.endswith("*") else r"(?!\w)"
    return re.search(rf"(?<!\w){re.escape(stem)}{end}", text) is not None


ROUTES = (Route("POST", "/teams/{team_id}/posts/search", search),)
