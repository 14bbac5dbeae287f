"""TARGET: `team/channel`, `~channel`, `@user` or a permalink, read and found.

Invariant: reading knows nothing of the network; finding asks the server only for a person who is not known
here.
"""

from __future__ import annotations

from tui.cli.session import Session
from tui.core.errors import UserMistake
from tui.core.ids import ChannelId, PostId
from tui.core.links import parse_permalink
from tui.core.models import Target
from tui.core.safe_text import safe_line
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a TARGET says. One of `user`, `post`, `channel` is set; `team` "" = the default team."""

    channel: str = ""
    team: str = ""
    user: str = ""
    post: PostId = ""


def parse(text: str, site: str) -> Wanted:
    """Reads a TARGET; `site` is the account's server. UserMistake("tele.input.target") for anything else."""
    word = text.strip()
    if word.startswith(("http://", "https://")):
        post = parse_permalink(site, word)
        if post:
            return Wanted(post=post)
    elif word.startswith("@") and _is_name(word[1:]):
        return Wanted(user=word[1:].lower())
    elif word.startswith("~") and _is_name(word[1:]):
        return Wanted(channel=word[1:].lower())
    elif word.count("/") == 1 and all(_is_name(part) for part in word.split("/")):
        team, channel = word.split("/")
        return Wanted(channel.lower().removeprefix("~"), team.lower())
    raise UserMistake("tele.input.target", safe_line(word, 80))


def _is_name(text: str) -> bool:
    """A URL name of Mattermost: letters, digits and . - _"""
    return bool(text.strip(".-_~")) and all(c.isalnum() or c in "._-~" for c in text)


def find(session: Session, wanted: Wanted, *, create: bool = False) -> Target:
    """The channel (and thread) that is meant. `create`: a direct channel is made where there is none yet.

    Raises UserMistake: tele.input.no_such_team, .no_such_channel, .no_such_user, .no_such_post.
    """
    if wanted.post:
        return _of_post(session, wanted.post)
    if wanted.user:
        return Target(_direct(session, wanted.user, create))
    return Target(_channel(session, wanted))


def _of_post(session: Session, post_id: PostId) -> Target:
    post = session.client.posts.get(post_id)
    if post is None and session.live:
        post = session.ask(lambda api: api.fetch_post(post_id))
    if post is None:
        raise UserMistake("tele.input.no_such_post", post_id)
    return Target(post.channel_id, post.root_id or post.id)


def _channel(session: Session, wanted: Wanted) -> ChannelId:
    teams = session.client.teams
    team = teams.by_name(wanted.team) if wanted.team else teams.current()
    if team is None:
        raise UserMistake("tele.input.no_such_team", safe_line(wanted.team, 80))
    channel = session.client.channels.by_name(team.id, wanted.channel)
    if channel is None:
        raise UserMistake("tele.input.no_such_channel", f"{team.name}/{safe_line(wanted.channel, 80)}")
    return channel.id


def _direct(session: Session, username: str, create: bool) -> ChannelId:
    person = session.client.people.by_name(username)
    if person is None and session.live:
        found = session.ask(lambda api: api.fetch_users_by_names([username]))
        person = found[0] if found else None
    if person is None:
        raise UserMistake("tele.input.no_such_user", safe_line(username, 80))
    known = session.client.base.store.channels.by_name(
        "", direct_name(session.client.account.user_id, person.id)
    )
    if known is not None:
        return known.id
    if not create or not session.live:
        raise UserMistake("tele.input.no_such_channel", f"@{safe_line(username, 80)}")
    return session.wait(session.client.channels.direct(person.id))


def direct_name(one: str, other: str) -> str:
    """The URL name of the direct channel of two people."""
    return "__".join(sorted((one, other)))
