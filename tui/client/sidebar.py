"""The sidebar, kept ready: a badge touches a few rows, only real changes build it anew."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from tui.client.base import Base
from tui.client.counters import Counters, total
from tui.client.folds import Folds
from tui.client.hub import Changes
from tui.client.meeting_marks import MeetingMarks
from tui.client.watching import Watching
from tui.client.wording.categories import category_title
from tui.core.changes import Change, ChangeKind
from tui.core.ids import CategoryId, ChannelId, TeamId
from tui.core.models import Category, Channel, Membership
from tui.core.names import dm_partner_id
from tui.core.sidebar import SidebarInput, SidebarSection, build
from tui.core.sidebar_badges import with_badges, with_current
from tui.core.unread import Unread
from tui.core.values import dataclass

_STRUCTURE = frozenset(
    {ChangeKind.CATEGORIES, ChangeKind.PREFERENCES, ChangeKind.CONFIG, ChangeKind.DRAFTS, ChangeKind.TEAMS}
)
_COUNTS = frozenset({ChangeKind.CHANNELS, ChangeKind.MEMBERSHIPS})


@dataclass(frozen=True, slots=True)
class _Rows:
    """The channels of one team and all direct ones, with my rows in them; kept up to date one by one."""

    team_id: TeamId
    channels: Mapping[ChannelId, Channel]
    memberships: Mapping[ChannelId, Membership]


@dataclass(frozen=True, slots=True)
class _Built:
    """One team's sidebar and what it was made of."""

    version: int
    rows: _Rows
    data: SidebarInput
    sections: tuple[SidebarSection, ...]


class Sidebar:
    def __init__(self, base: Base, watching: Watching, counters: Counters, marks: MeetingMarks) -> None:
        self._base = base
        self._watching = watching
        self._counters = counters
        self._marks = marks
        self.folds = Folds(base)
        self._lock = threading.Lock()
        self._version = 0
        self._touched: set[ChannelId] = set()
        self._everything = True
        self._built: _Built | None = None

    def sections(self, team_id: TeamId) -> tuple[SidebarSection, ...]:
        """The sections of one team, as they are to be shown, titles in the person's language."""
        with self._lock:
            version, touched, everything = self._version, frozenset(self._touched), self._everything
            self._touched, self._everything = set(), False
        held = self._built
        if held is None or everything or held.rows.team_id != team_id:
            held = self._build(self._read(team_id), version)
        elif touched or held.version != version or held.data.current != self._base.view.channel_id:
            held = self._renewed(held, touched, version)
        self._built = held
        return self._marks.on(held.sections)

    def meeting_ages(self) -> dict[ChannelId, int]:
        """What the rows tell of meetings now: minutes, in steps. To be read again when it changes."""
        return self._marks.ages()

    def seen(self, channel_ids: Iterable[ChannelId]) -> None:
        """These channels of it are in sight now: only their partners' presence is asked for."""
        wanted, held = set(channel_ids), self._built
        rows = (row for section in held.sections for row in section.rows) if held else ()
        partners = {row.partner_id for row in rows if row.channel_id in wanted} - {""}
        self._watching.show("sidebar", partners)
        unknown = tuple(partners - self._base.lookups.users(partners).keys())
        if unknown:
            self._base.lane.tell(lambda engine: engine.need_users(unknown))

    def total(self) -> Unread:
        """Everything unread, over all teams and direct messages (for title and status bar)."""
        return total(self._counters.by_team())

    def toggle(self, category_id: CategoryId) -> None:
        """Folds or unfolds a category: at once here, on the server when it can be reached."""
        team_id = self._base.view.team_id
        for row in self._categories(team_id):
            if row.id == category_id:
                self.folds.set(team_id, category_id, not row.collapsed)

    def _categories(self, team_id: TeamId) -> tuple[Category, ...]:
        return self.folds.on(self._base.store.categories.of(team_id).categories)

    def hear(self, changes: Changes) -> None:
        """Notes what the next reading must refresh; any thread."""
        with self._lock:
            for change in changes:
                if change.kind in _COUNTS:
                    self._touched |= change.ids - {""}
                    self._everything |= not change.ids or "" in change.ids
                elif change.kind in _STRUCTURE or self._concerns(change):
                    self._version += 1

    def _concerns(self, change: Change) -> bool:
        """Whether it is about somebody in this sidebar; none named = all."""
        held = self._built
        if change.kind not in (ChangeKind.USERS, ChangeKind.STATUSES):
            return False
        if held is None or not change.ids or "" in change.ids:
            return True
        if change.kind is ChangeKind.USERS and _lacks_names(held.data):
            return True
        return not change.ids.isdisjoint(held.data.users)

    def _renewed(self, held: _Built, touched: AbstractSet[ChannelId], version: int) -> _Built:
        """The sidebar after some channels have changed; only counts, where that is all."""
        rows, renamed = self._refreshed(held.rows, touched)
        if held.version == version and not renamed:
            data = replace(held.data, channels=rows.channels, memberships=rows.memberships)
            sections = with_badges(held.sections, data, touched & rows.channels.keys())
            current = self._base.view.channel_id
            if sections is not None and data.current != current:
                stays = not data.current or data.current in rows.memberships
                sections = with_current(sections, data.current, current) if stays else None
            if sections is not None:
                return replace(held, rows=rows, data=replace(data, current=current), sections=sections)
        return self._build(rows, version)

    def _refreshed(self, rows: _Rows, touched: AbstractSet[ChannelId]) -> tuple[_Rows, bool]:
        """The rows with `touched` read again, and whether more than counters has changed."""
        channels, memberships, renamed = dict(rows.channels), dict(rows.memberships), False
        for channel_id in touched:
            channel = self._base.store.channels.get(channel_id)
            row = self._base.store.memberships.get(channel_id)
            old = channels.pop(channel_id, None)
            had = memberships.pop(channel_id, None) is not None
            if channel is not None and channel.team_id in ("", rows.team_id):
                channels[channel_id] = channel
                renamed |= old is None or _renamed(old, channel) or had != (row is not None)
                memberships |= {channel_id: row} if row else {}
            else:
                renamed |= old is not None
        return _Rows(rows.team_id, channels, memberships), renamed

    def _read(self, team_id: TeamId) -> _Rows:
        store = self._base.store
        channels = {c.id: c for c in (*store.channels.by_team(team_id), *store.channels.by_team(""))}
        return _Rows(team_id, channels, store.memberships.all())

    def _build(self, rows: _Rows, version: int) -> _Built:
        data = self._input(rows)
        sections = tuple(
            replace(section, title=category_title(section.type, section.title)) for section in build(data)
        )
        return _Built(version, rows, data, sections)

    def _input(self, rows: _Rows) -> SidebarInput:
        base, lookups, current = self._base, self._base.lookups, self._base.view.channel_id
        members = {k: c for k, c in rows.channels.items() if k in rows.memberships or k == current}
        partners = {dm_partner_id(c, base.me) for c in members.values() if c.type == "D"}
        names = {n for c in members.values() if c.type == "G" for n in c.display_name.split(", ")}
        group = {user.id for user in lookups.users_named(names).values()}
        return SidebarInput(
            team_id=rows.team_id,
            me=base.me,
            categories=self._categories(rows.team_id),
            channels=members,
            memberships=rows.memberships,
            users=lookups.users(partners | group | {base.me}),
            statuses=lookups.statuses(partners),
            preferences=lookups.preferences(),
            config=lookups.config(),
            name_setting=lookups.name_setting(),
            crt=lookups.crt(),
            current=current,
            drafts=frozenset(draft.target.channel_id for draft in base.store.drafts.all()),
        )


def _lacks_names(data: SidebarInput) -> bool:
    """Whether somebody in it is not known yet: whoever is fetched now may be the one."""
    if any(c.type == "D" and dm_partner_id(c, data.me) not in data.users for c in data.channels.values()):
        return True
    groups = [c for c in data.channels.values() if c.type == "G"]
    known = {user.username for user in data.users.values()} if groups else set()
    return any(name not in known for c in groups for name in c.display_name.split(", "))


def _renamed(old: Channel, new: Channel) -> bool:
    """Whether more than counters changed."""
    return (old.display_name, old.name, old.type, old.delete_at, old.team_id) != (
        new.display_name,
        new.name,
        new.type,
        new.delete_at,
        new.team_id,
    )
