"""Fetches what surrounds the posts: me, preferences, teams, channels, memberships, categories, badges.

One team is loaded as a whole, the others when they are first looked at; their badges come from one small
call. What a screen needs is fetched at once; what is stored already and hardly ever changes, or is not in
sight yet, is the rest: fetched a little later, when the line is idle (`sync.rest`).

Invariant: memberships are replaced, never merged: removals leave no trace of their own. What is fetched
after a gap is exact, because events wait meanwhile; otherwise the store keeps the larger counters.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.core.errors import Refused, SignedOut
from tui.core.ids import ChannelId, Millis, TeamId, UserId
from tui.core.models import Categories, Channel, Membership, User
from tui.core.names import dm_partner_id
from tui.core.ports import Tagged
from tui.core.preferences import Preferences
from tui.core.teams import in_order
from tui.core.unread import crt_enabled
from tui.store import Tx
from tui.sync import marks
from tui.sync.batch import Needs
from tui.sync.context import Context
from tui.sync.tasks import together

PEOPLE_LIMIT = 200
"""So many known people are asked after as a whole; of more, only those in sight."""
CLOCK_SLACK: Millis = 60_000


class Workspace:
    """`team_id` is the team on screen, "" until one is known."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._changed_since: Millis = 0
        self._is_warm = False
        self._version = ""
        self.team_id: TeamId = ""

    # the whole

    async def begin_gap(self, version: str = "") -> None:
        """Something may have been missed: from now on nothing that we hold is in step.

        `version`: of the server and its configuration, as it says at a new connection; "" = not known.
        """
        memory, store = self._context.memory, self._context.store
        self._version = version
        self._changed_since = memory.heard[memory.generation] = marks.number(store, marks.SERVER_TIME)
        memory.generation += 1
        self._is_warm = bool(
            store.teams.all() and store.preferences.all() and store.users.get(self._context.me)
        )

        def note(tx: Tx) -> None:
            tx.marks.set(marks.GENERATION, str(memory.generation))
            marks.write_heard(tx, memory.heard)
            tx.intervals.open_gaps()
            memory.forget_counted()

        await self._context.write(note)

    async def fetch(self) -> Needs:
        """What a screen needs, after a gap. Returns who is still to be fetched."""
        needs = Needs()
        first = () if self._is_warm else (self.preferences(), self.teams())
        badges = (self.team_unreads(),) if self._is_warm else ()
        config = (self.config(),) if self._config_decides() else ()
        await together(*first, *badges, *config, self._known_team(needs))
        if not self._is_loaded(self.team_id):
            self.team_id = self._first_team()
            if self.team_id:
                needs.add(await self.load_team(self.team_id, exact=True))
        needs.threads = self._collapses_threads()
        return needs

    async def fetch_rest(self) -> None:
        """What can wait until the line is idle, one question after the other. Raises what they raise."""
        store, clock = self._context.store, self._context.clock
        if not self._is_warm:
            await self.team_unreads()
        if not self._config_is_current():
            await self.config()
            if self._collapses_threads():
                await self.threads()
        if store.users.get(self._context.me) is None or not store.marks.get(marks.ME_ETAG):
            await self._me()
        if self._is_warm and self._settings_are_old():
            await self._me()
            await self.preferences()
            await self.teams()
            await self.categories({self.team_id})
            now = str(clock.now())
            await self._context.write(lambda tx: tx.marks.set(marks.SETTINGS_AT, now))
        if self._changed_since:
            await self.changed_people()

    def lacks_something(self) -> bool:
        """Whether the rest was never fetched to its end."""
        store = self._context.store
        known = store.config.get().values and store.marks.get(marks.ME_ETAG)
        return not known or bool(self.unknown_partners())

    def unknown_partners(self) -> set[UserId]:
        """Those of direct channels whom we cannot name yet."""
        direct = self._context.store.channels.by_team("")
        return self._people_in(one for one in direct if one.type == "D").users

    def _settings_are_old(self) -> bool:
        every = self._context.line.profile.settings_every * 1000
        age = self._context.clock.now() - marks.number(self._context.store, marks.SETTINGS_AT)
        return not 0 <= age < every

    def _config_is_current(self) -> bool:
        """The version names a hash of the configuration: while it stays, so does what we hold."""
        store = self._context.store
        held = store.marks.get(marks.CONFIG_OF)
        return bool(store.config.get().values) and bool(held) and held == (self._version or held)

    def _config_decides(self) -> bool:
        """Whether the first screen may look different by it: newer servers collapse threads."""
        known = bool(self._context.store.config.get().values)
        major = self._version.partition(".")[0]
        return not known and not (major.isdecimal() and int(major) < 6)

    async def _known_team(self, needs: Needs) -> None:
        """The team of last time, beside the question which teams there are."""
        try:
            if self.team_id:
                needs.add(await self.load_team(self.team_id, exact=True))
        except Refused:
            """I am no longer in it: another one is chosen."""

    def _first_team(self) -> TeamId:
        """The one of last time, where I am still in it, else the first in my own order."""
        store = self._context.store
        teams = [team.id for team in in_order(store.teams.all(), Preferences.of(store.preferences.all()))]
        return self.team_id if self.team_id in teams else next(iter(teams), "")

    def _is_loaded(self, team_id: TeamId) -> bool:
        store, memory = self._context.store, self._context.memory
        current = marks.number(store, marks.team_generation(team_id)) == memory.generation
        return current and any(team.id == team_id for team in store.teams.all())

    def is_fresh(self, team_id: TeamId) -> bool:
        """Whether the team's channels are in step."""
        return bool(team_id) and self._is_loaded(team_id)

    def stale_teams(self) -> list[TeamId]:
        """Teams that were looked at before and are not in step."""
        keys = self._context.store.marks.under(marks.team_generation(""))
        mine = [team.id for team in self._context.store.teams.all()]
        return [one for one in mine if marks.team_generation(one) in keys and not self._is_loaded(one)]

    # one team

    async def load_team(self, team_id: TeamId, *, exact: bool = False) -> Needs:
        """Channels (by ETag), memberships and categories of a team. Raises Refused where I am not in it."""
        api, store = self._context.api, self._context.store
        etag = store.marks.get(marks.channels_etag(team_id)) if store.channels.by_team(team_id) else ""
        held = store.categories.of(team_id)
        known = exact and self._is_warm and bool(held.categories)
        channels, memberships, categories = await asyncio.gather(
            api.fetch_channels(team_id, etag),
            api.fetch_memberships(team_id),
            _already(held) if known else api.fetch_categories(team_id),
        )
        self._refuse_others(memberships)

        def put(tx: Tx) -> list[Channel]:
            listed = self._put_channels(tx, team_id, channels, exact=exact)
            self._put_memberships(tx, listed, memberships)
            if not known:
                tx.categories.replace(replace(categories, team_id=team_id))
            tx.marks.set(marks.team_generation(team_id), str(self._context.memory.generation))
            return listed

        listed = await self._context.write(put)
        self._note_loaded(team_id)
        return self._people_in(listed)

    def _refuse_others(self, memberships: Iterable[Membership]) -> None:
        """The token must be this person's: memberships come with every start. Raises SignedOut."""
        if any(row.user_id not in ("", self._context.me) for row in memberships):
            raise SignedOut("tele.signin.other_user")

    def _put_channels(
        self, tx: Tx, team_id: TeamId, told: Tagged[list[Channel]], *, exact: bool
    ) -> list[Channel]:
        memory = self._context.memory
        stored = [*tx.channels.by_team(team_id), *tx.channels.by_team("")]
        if told.value is None:
            memory.counters_told(stored)
            return stored
        listed = {channel.id for channel in told.value}
        gone = [one.id for one in stored if one.id not in listed and one.id != memory.focus]
        overcounted = _overcounted(stored, told.value) if exact else []
        tx.channels.remove([*gone, *overcounted])
        tx.memberships.remove(gone)
        tx.channels.put(told.value)
        tx.marks.set(marks.channels_etag(team_id), told.etag)
        newest = max((channel.last_post_at for channel in told.value), default=0)
        if newest > marks.number(tx, marks.SERVER_TIME):
            tx.marks.set(marks.SERVER_TIME, str(newest))
        memory.counters_told(told.value)
        return told.value

    def _put_memberships(self, tx: Tx, channels: Sequence[Channel], told: Sequence[Membership]) -> None:
        mine = {row.channel_id: row for row in told if row.user_id in ("", self._context.me)}
        stored = tx.memberships.all()
        tx.memberships.remove(
            [channel.id for channel in channels if channel.id in stored and channel.id not in mine]
        )
        tx.memberships.put([_with_local(row, stored.get(row.channel_id)) for row in mine.values()])

    def _note_loaded(self, team_id: TeamId) -> None:
        memory = self._context.memory
        memory.loaded_teams = memory.loaded_teams | {team_id}

    # single things

    async def _me(self) -> None:
        store, me = self._context.store, self._context.me
        etag = store.marks.get(marks.ME_ETAG) if store.users.get(me) else ""
        told = await self._context.api.fetch_me(etag)
        user = told.value
        if user is None:
            return
        if user.id != me:
            raise SignedOut("tele.signin.other_user")

        def put(tx: Tx) -> None:
            tx.users.put([user])
            tx.marks.set(marks.ME_ETAG, told.etag)

        await self._context.write(put)
        self._context.memory.known_users.add(me)

    async def preferences(self) -> None:
        rows = await self._context.api.fetch_preferences()
        await self._context.write(lambda tx: tx.preferences.replace(rows))

    async def teams(self) -> None:
        teams = [team for team in await self._context.api.fetch_teams() if not team.delete_at]
        await self._context.write(lambda tx: tx.teams.replace(teams))

    async def team_unreads(self) -> None:
        """Badges of all my teams; where they are others than last time, the teams too."""
        rows = await self._context.api.fetch_team_unreads()
        before = {row.team_id for row in self._context.store.team_unreads.all()}
        await self._context.write(lambda tx: tx.team_unreads.replace(rows))
        if before and before != {row.team_id for row in rows}:
            await self.teams()

    async def categories(self, team_ids: Iterable[TeamId]) -> None:
        """ "" = the team on screen. Teams not loaded are left alone."""
        loaded = self._context.memory.loaded_teams
        for team_id in {team_id or self.team_id for team_id in team_ids} & loaded:
            found = await self._context.api.fetch_categories(team_id)
            await self._put_categories(replace(found, team_id=team_id))

    async def _put_categories(self, categories: Categories) -> None:
        await self._context.write(lambda tx: tx.categories.replace(categories))

    async def config(self) -> None:
        config = await self._context.api.fetch_config()
        version = self._version

        def put(tx: Tx) -> None:
            tx.config.put(config)
            tx.marks.set(marks.CONFIG_OF, version)

        await self._context.write(put)

    async def threads(self) -> None:
        """Followed threads of the team on screen that changed since we last heard; the newest at first."""
        known = self._context.store.threads.of(self.team_id)
        since = self._changed_since if known else 0
        rows = await self._context.api.fetch_threads(self._context.me, self.team_id, since=since)
        roots = [row.post for row in rows if row.post is not None]

        def put(tx: Tx) -> None:
            tx.posts.put(roots, from_event=True)
            tx.threads.put(rows)

        await self._context.write(put)

    def _collapses_threads(self) -> bool:
        store = self._context.store
        return bool(self.team_id) and crt_enabled(store.config.get(), Preferences.of(store.preferences.all()))

    # people

    async def changed_people(self) -> None:
        """Renamed, deactivated … since we last heard, by one `since` question. I myself have an ETag."""
        ids = [one for one in self._people_in_sight() if one != self._context.me]
        if not ids:
            return
        since = max(1, self._changed_since - CLOCK_SLACK)
        users = await self._context.api.fetch_users(ids, since=since)
        await self._context.write(lambda tx: tx.users.put(users))

    def _people_in_sight(self) -> list[UserId]:
        known = self._context.memory.known_users
        if len(known) <= PEOPLE_LIMIT:
            return sorted(known)
        partners = {dm_partner_id(one, self._context.me) for one in self._context.store.channels.by_team("")}
        return sorted((partners | self._context.memory.visible_users) & known)[:PEOPLE_LIMIT]

    def _people_in(self, channels: Iterable[Channel]) -> Needs:
        """Whom one must know to name these channels."""
        found = list(channels)
        known = self._context.memory.known_users
        partners = {dm_partner_id(channel, self._context.me) for channel in found} - known - {""}
        return Needs(users=partners, usernames=self.unknown_names(found))

    def unknown_names(self, channels: Iterable[Channel]) -> set[str]:
        """Usernames in the titles of group channels that we do not know; the server cuts long titles."""
        groups = [channel for channel in channels if channel.type == "G"]
        names = {name for channel in groups for name in _usernames(channel)}
        if not names:
            return set()
        known: set[str] = {_name(user) for user in self._context.store.users.all().values()}
        return names - known

    async def fetch_people(self, needs: Needs) -> None:
        """The people of a first screen, at once: at most two questions for up to a hundred."""
        api = self._context.api
        wanted = sorted(needs.users - self._context.memory.known_users)[:PEOPLE_LIMIT]
        found: list[User] = []
        if wanted:
            found += await api.fetch_users(wanted)
        if needs.usernames:
            found += await api.fetch_users_by_names(sorted(needs.usernames))
        await self._context.write(lambda tx: tx.users.put(found))
        self._context.memory.known_users.update(user.id for user in found)


async def _already(held: Categories) -> Categories:
    return held


def _name(user: User) -> str:
    return user.username


def _usernames(channel: Channel) -> list[str]:
    whole = channel.display_name.split(", ")
    return [name for name in (whole if len(channel.display_name) < 64 else whole[:-1]) if name]


def _overcounted(stored: Iterable[Channel], told: Iterable[Channel]) -> list[ChannelId]:
    """Channels whose counters we hold too high, from events that were counted twice."""
    totals = {channel.id: channel.total_msg_count for channel in told}
    return [one.id for one in stored if one.total_msg_count > totals.get(one.id, one.total_msg_count)]


def _with_local(told: Membership, stored: Membership | None) -> Membership:
    """ "Mark unread" is ours to remember, as long as the server still counts something unread."""
    keep = stored is not None and stored.manually_unread and told.msg_count <= stored.msg_count
    return replace(told, manually_unread=keep)
