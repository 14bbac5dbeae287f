"""Everything one may want to go to: channels, direct messages, people, teams."""

from __future__ import annotations

from collections.abc import Iterator

from tui.client.base import Base
from tui.core.ids import UserId
from tui.core.models import Channel, User
from tui.core.names import channel_title, display_name, dm_partner_id
from tui.core.search import Candidate, Index, rank
from tui.core.unread import count

UNREAD_BOOST = 1 << 44
"""More than any time in milliseconds that is in use: unread channels come before recent ones."""


FRESH_SECONDS = 20.0
MOST_PEOPLE = 50


class Switcher:
    """Keeps channels and teams while somebody types; an empty text begins anew."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._index = Index(())
        self._partners: frozenset[UserId] = frozenset()
        self._built = float("-inf")

    def find(self, text: str, limit: int = 50) -> list[Candidate]:
        """The best candidates for `text`; the most recent channels for an empty text.

        A person whose direct channel exists is offered once, as that channel.
        """
        now = self._base.clock.monotonic()
        if not text or now - self._built > FRESH_SECONDS:
            self._build(now)
        places = self._index.rank(text, limit)
        return rank(text, [*places, *self._people(text)], limit) if text.strip("@ ") else places

    def _build(self, now: float) -> None:
        base = self._base
        channels = [channel for channel in base.store.channels.all() if not channel.delete_at]
        teams = [
            Candidate("team", team.id, team.display_name, (team.name,), boost=-2)
            for team in base.store.teams.all()
            if not team.delete_at
        ]
        self._partners = frozenset(dm_partner_id(channel, base.me) for channel in channels) - {""}
        self._index, self._built = Index([*_channels(base, channels, self._partners), *teams]), now

    def _people(self, text: str) -> list[Candidate]:
        found = self._base.store.users.search(text, MOST_PEOPLE)
        others = [user for user in found if user.id not in self._partners and not user.delete_at]
        return [_person(user, self._base) for user in others]


def _channels(base: Base, channels: list[Channel], partners: frozenset[UserId]) -> Iterator[Candidate]:
    rows = base.store.memberships.all()
    teams = {team.id: team.display_name for team in base.store.teams.all()}
    names = {n for channel in channels if channel.type == "G" for n in channel.display_name.split(", ")}
    by_name = base.lookups.users_named(names)
    users = base.lookups.users(partners | {base.me})
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
