"""Everything one may want to go to: channels, direct messages, people, teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.client.base import Base
from tui.core.ids import UserId
from tui.core.models import Channel, User
from tui.core.names import channel_title, display_name, dm_partner_id
from tui.core.search import Candidate
from tui.core.unread import count

UNREAD_BOOST = 1 << 44
"""More than any time in milliseconds that is in use: unread channels come before recent ones."""


def candidates(base: Base) -> list[Candidate]:
    """All of them, unranked. A person whose direct channel exists is offered once, as that channel."""
    users = base.store.users.all()
    channels = [channel for channel in base.store.channels.all() if not channel.delete_at]
    partners = {dm_partner_id(channel, base.me) for channel in channels}
    return [
        *_channels(base, channels, users),
        *(_person(user, base) for user in users.values() if user.id not in partners and not user.delete_at),
        *(
            Candidate("team", team.id, team.display_name, (team.name,), boost=-2)
            for team in base.store.teams.all()
            if not team.delete_at
        ),
    ]


def _channels(base: Base, channels: list[Channel], users: Mapping[UserId, User]) -> Iterator[Candidate]:
    rows = base.store.memberships.all()
    teams = {team.id: team.display_name for team in base.store.teams.all()}
    by_name = {user.username: user for user in users.values()}
    setting, crt = base.lookups.name_setting(), base.lookups.crt()
    for channel in channels:
        row = rows.get(channel.id)
        title = channel_title(channel, base.me, users, setting, by_name=by_name)
        if row is None or not title:
            continue
        partner = users.get(dm_partner_id(channel, base.me))
        aliases = _aliases(partner) if partner else (channel.name,) if channel.team_id else ()
        calls = count(channel, row, crt).bold
        boost = max(channel.last_post_at, row.last_viewed_at) + (UNREAD_BOOST if calls else 0)
        detail = f"@{partner.username}" if partner else teams.get(channel.team_id, "")
        yield Candidate("channel", channel.id, title, aliases, detail, boost)


def _person(user: User, base: Base) -> Candidate:
    title = display_name(user, base.lookups.name_setting())
    return Candidate("user", user.id, title, _aliases(user), f"@{user.username}", -1)


def _aliases(user: User) -> tuple[str, ...]:
    names = (user.username, display_name(user, "full_name"), user.nickname)
    return tuple(dict.fromkeys(name for name in names if name))
