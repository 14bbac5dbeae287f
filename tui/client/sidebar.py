"""The sidebar, kept ready: a badge touches a few rows, only real changes build it anew."""

from __future__ import annotations

import threading
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from tui.client.base import Base
from tui.client.hub import Changes
from tui.client.watching import Watching
from tui.client.wording.categories import category_title
from tui.core.changes import Change, ChangeKind
from tui.core.ids import CategoryId, ChannelId, TeamId
from tui.core.models import Categories, Category, Channel, Json
from tui.core.names import dm_partner_id
from tui.core.sidebar import SidebarInput, SidebarSection, build
from tui.core.sidebar_badges import with_badges
from tui.core.unread import READ, Unread

_STRUCTURE = frozenset(
    {ChangeKind.CATEGORIES, ChangeKind.PREFERENCES, ChangeKind.CONFIG, ChangeKind.DRAFTS, ChangeKind.TEAMS}
)
_COUNTS = frozenset({ChangeKind.CHANNELS, ChangeKind.MEMBERSHIPS})


@dataclass(frozen=True, slots=True)
class _Built:
    """One team's sidebar and what it was made of."""

    version: int
    team_id: TeamId
    current: ChannelId
    data: SidebarInput
    sections: tuple[SidebarSection, ...]


class Sidebar:
    def __init__(self, base: Base, watching: Watching) -> None:
        self._base = base
        self._watching = watching
        self._lock = threading.Lock()
        self._version = 0
        self._touched: set[ChannelId] = set()
        self._built: _Built | None = None

    def sections(self, team_id: TeamId) -> tuple[SidebarSection, ...]:
        """The sections of one team, as they are to be shown, titles in the person's language."""
        with self._lock:
            version, touched, self._touched = self._version, frozenset(self._touched), set()
            held = self._built
        if held is not None and self._fits(held, team_id, version):
            fresh = self._refreshed(held, touched) if touched else held
            if fresh is not None:
                self._built = fresh
                return fresh.sections
        built = self._build(team_id, version)
        self._built = built
        return built.sections

    def total(self) -> Unread:
        """Everything unread, over all teams and direct messages (for title and status bar)."""
        team = self._base.view.team_id
        sums = [section.unread for section in self.sections(team)] if team else [READ]
        return Unread(sum(u.messages for u in sums), sum(u.mentions for u in sums))

    def toggle(self, category_id: CategoryId) -> None:
        """Folds or unfolds a category: at once here, on the server when it can be reached."""
        team_id = self._base.view.team_id
        held = self._base.store.categories.of(team_id)
        changed = [replace(c, collapsed=not c.collapsed) for c in held.categories if c.id == category_id]
        if not changed:
            return
        rows = tuple(changed[0] if c.id == category_id else c for c in held.categories)
        self._base.change(lambda tx: tx.categories.replace(Categories(team_id, rows)))
        body = category_body(changed[0], self._base.me)
        self._base.lane.ask(lambda api: api.put_category(body, team_id))

    def hear(self, changes: Changes) -> None:
        """Notes what the next reading must refresh; any thread."""
        with self._lock:
            for change in changes:
                if change.kind in _COUNTS and change.ids and "" not in change.ids:
                    self._touched |= change.ids
                elif self._rebuilds(change):
                    self._version += 1

    def _rebuilds(self, change: Change) -> bool:
        if change.kind in (ChangeKind.USERS, ChangeKind.STATUSES):
            return self._concerns(change.ids)
        return change.kind in _STRUCTURE or change.kind in _COUNTS

    def _concerns(self, user_ids: AbstractSet[str]) -> bool:
        """Whether somebody in this sidebar is among them; none named = all."""
        held = self._built
        return held is None or not user_ids or "" in user_ids or not user_ids.isdisjoint(held.data.users)

    def _fits(self, held: _Built, team_id: TeamId, version: int) -> bool:
        same_place = (held.team_id, held.current) == (team_id, self._base.view.channel_id)
        return same_place and held.version == version

    def _refreshed(self, held: _Built, touched: AbstractSet[ChannelId]) -> _Built | None:
        """The same sidebar with fresh counts; None where something else about those channels has changed."""
        channels = dict(held.data.channels)
        memberships = dict(held.data.memberships)
        mine: set[ChannelId] = set()
        for channel_id in touched:
            channel = self._base.store.channels.get(channel_id)
            old = channels.get(channel_id)
            if old is None and (channel is None or channel.team_id not in ("", held.team_id)):
                continue
            membership = self._base.store.memberships.get(channel_id)
            if channel is None or old is None or membership is None or _renamed(old, channel):
                return None
            channels[channel_id], memberships[channel_id] = channel, membership
            mine.add(channel_id)
        data = replace(held.data, channels=channels, memberships=memberships)
        sections = with_badges(held.sections, data, mine)
        return None if sections is None else replace(held, data=data, sections=sections)

    def _build(self, team_id: TeamId, version: int) -> _Built:
        data = self._read(team_id)
        sections = tuple(
            replace(section, title=category_title(section.type, section.title)) for section in build(data)
        )
        self._watching.show("sidebar", (row.partner_id for section in sections for row in section.rows))
        return _Built(version, team_id, data.current, data, sections)

    def _read(self, team_id: TeamId) -> SidebarInput:
        base, lookups = self._base, self._base.lookups
        channels = {c.id: c for c in base.store.channels.by_team(team_id)}
        channels |= {c.id: c for c in base.store.channels.by_team("")}
        memberships = base.store.memberships.all()
        members = {key: c for key, c in channels.items() if key in memberships or key == base.view.channel_id}
        partners = {dm_partner_id(c, base.me) for c in members.values()} - {""}
        names = {n for c in members.values() if c.type == "G" for n in c.display_name.split(", ")}
        group = {user.id for name in names if (user := base.store.users.by_name(name)) is not None}
        return SidebarInput(
            team_id=team_id,
            me=base.me,
            categories=base.store.categories.of(team_id).categories,
            channels=members,
            memberships=memberships,
            users=lookups.users(partners | group | {base.me}),
            statuses=lookups.statuses(partners),
            preferences=lookups.preferences(),
            config=lookups.config(),
            name_setting=lookups.name_setting(),
            crt=lookups.crt(),
            current=base.view.channel_id,
            drafts=frozenset(draft.target.channel_id for draft in base.store.drafts.all()),
        )


def _renamed(old: Channel, new: Channel) -> bool:
    """Whether more than counters changed."""
    return (old.display_name, old.name, old.type, old.delete_at, old.team_id) != (
        new.display_name,
        new.name,
        new.type,
        new.delete_at,
        new.team_id,
    )


def category_body(category: Category, me: str) -> dict[str, Json]:
    """The whole category for `PUT …/categories/{id}`: the server resets what is left out."""
    return {
        "id": category.id,
        "user_id": me,
        "team_id": category.team_id,
        "type": category.type,
        "display_name": category.display_name,
        "sorting": category.sorting,
        "muted": category.muted,
        "collapsed": category.collapsed,
        "channel_ids": list(category.channel_ids),
    }
