"""The sidebar of one team: the server's categories, filled, filtered and sorted by its rules.

Source: mattermost-facts §4 (visibility of direct messages, sorting, collapsing).

Invariant: an unread or open channel is always in sight, and every channel is in at most one section.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import field, replace

from tui.core.ids import CategoryId, ChannelId, Millis, TeamId, UserId
from tui.core.models import Category, Channel, Membership, ServerConfig, Status, User
from tui.core.names import channel_title, dm_partner_id
from tui.core.preferences import Preferences
from tui.core.search import sort_key
from tui.core.unread import READ, Unread, count
from tui.core.values import dataclass

DEFAULT_VISIBLE_DIRECTS = 40
UNREADS = "unreads"
"""Id and type of the section that gathers unread channels, where the person wants one."""


@dataclass(frozen=True, slots=True)
class SidebarRow:
    """One channel. `title` is hostile text; "" = a direct channel whose partner is not known yet."""

    channel_id: ChannelId
    title: str
    type: str
    unread: Unread = READ
    status: str = ""
    """Presence of a direct channel's partner: online, away, dnd, offline; "" where it does not apply."""
    archived: bool = False
    current: bool = False
    deactivated: bool = False
    partner_id: UserId = ""
    bot: bool = False
    draft: bool = False
    """A text was begun there and not sent."""
    meeting_age: int = -1
    """Minutes since its newest meeting that may be going on, in steps; -1 = there is none."""


@dataclass(frozen=True, slots=True)
class SidebarSection:
    """One category. `type`: favorites, channels, direct_messages, custom, or unreads."""

    category_id: CategoryId
    type: str
    title: str
    """The server's name for it; English for the built-in types: the wording depends on `type` there."""
    collapsed: bool
    muted: bool
    rows: tuple[SidebarRow, ...]
    unread: Unread = READ
    """Sum over all its channels, hidden ones too, muted ones only for mentions."""
    sorting: str = ""


@dataclass(frozen=True, slots=True)
class SidebarInput:
    """All that the sidebar of one team depends on."""

    team_id: TeamId
    me: UserId
    categories: tuple[Category, ...]
    channels: Mapping[ChannelId, Channel]
    """Those of this team, and all direct and group channels."""
    memberships: Mapping[ChannelId, Membership]
    users: Mapping[UserId, User] = field(default_factory=dict)
    statuses: Mapping[UserId, Status] = field(default_factory=dict)
    preferences: Preferences = field(default_factory=Preferences)
    config: ServerConfig = field(default_factory=ServerConfig)
    name_setting: str = "username"
    crt: bool = False
    current: ChannelId = ""
    drafts: AbstractSet[ChannelId] = frozenset()
    titles: Mapping[ChannelId, str] = field(default_factory=dict)
    """Titles already known; the others are worked out."""


def build(data: SidebarInput) -> tuple[SidebarSection, ...]:
    """All sections in the server's order; empty favourites and empty unreads are left out."""
    entries = _entries(data)
    sections: list[SidebarSection] = []
    taken: AbstractSet[ChannelId] = frozenset()
    if wants_unreads(data.preferences, data.config):
        gathered = _unreads_section(data, entries)
        sections += [gathered] if gathered.rows else []
        taken = {row.channel_id for row in gathered.rows}
    for category, members in _assigned(data, entries):
        section = _section(data, category, [e for e in members if e.channel.id not in taken])
        if section.rows or category.type != "favorites":
            sections.append(section)
    return tuple(sections)


def wants_unreads(preferences: Preferences, config: ServerConfig) -> bool:
    """Whether unread channels are gathered in a section of their own."""
    by_default = config.text("ExperimentalGroupUnreadChannels") == "default_on"
    return preferences.flag("sidebar_settings", "show_unread_section", by_default)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A channel with what sorting and filtering ask of it."""

    channel: Channel
    title: str
    unread: Unread
    current: bool
    partner_id: UserId
    viewed_at: Millis
    posted_at: Millis


def _entries(data: SidebarInput) -> dict[ChannelId, _Entry]:
    by_name = {user.username: user for user in data.users.values()}
    result: dict[ChannelId, _Entry] = {}
    for channel in data.channels.values():
        current = channel.id == data.current
        if channel.delete_at and not current:
            continue
        entry = _entry(data, channel, current, by_name)
        if _may_show(data, entry):
            result[channel.id] = entry
    return result


def _entry(data: SidebarInput, channel: Channel, current: bool, by_name: Mapping[str, User]) -> _Entry:
    membership = data.memberships.get(channel.id)
    title = data.titles.get(channel.id)
    if title is None:
        title = channel_title(channel, data.me, data.users, data.name_setting, by_name=by_name)
    return _Entry(
        channel=channel,
        title=title,
        unread=count(channel, membership, data.crt),
        current=current,
        partner_id=dm_partner_id(channel, data.me),
        viewed_at=_viewed_at(data.preferences, channel, membership),
        posted_at=(channel.last_root_post_at or channel.last_post_at) if data.crt else channel.last_post_at,
    )


def _viewed_at(preferences: Preferences, channel: Channel, membership: Membership | None) -> Millis:
    return max(
        membership.last_viewed_at if membership else 0,
        preferences.number("channel_approximate_view_time", channel.id),
        preferences.number("channel_open_time", channel.id),
    )


def _may_show(data: SidebarInput, entry: _Entry) -> bool:
    """Direct and group channels show only when opened before (a preference), unread or open now."""
    if entry.channel.type not in ("D", "G") or entry.current or entry.unread.bold:
        return True
    if entry.channel.type == "D":
        choice = data.preferences.get("direct_channel_show", entry.partner_id)
    else:
        choice = data.preferences.get("group_channel_show", entry.channel.id)
    return choice is not None and choice != "false"


def _assigned(data: SidebarInput, entries: Mapping[ChannelId, _Entry]) -> list[tuple[Category, list[_Entry]]]:
    """Each category with its channels in the category's own order; strays go where their type belongs."""
    categories = data.categories or built_in(data)
    strays = dict(entries)
    result: list[tuple[Category, list[_Entry]]] = []
    for category in categories:
        members = [strays.pop(channel_id) for channel_id in category.channel_ids if channel_id in strays]
        result.append((category, members))
    for category, members in result:
        if category.type in ("channels", "direct_messages"):
            wanted = ("D", "G") if category.type == "direct_messages" else ("O", "P")
            members += [entry for entry in strays.values() if entry.channel.type in wanted]
    return result


def built_in(data: SidebarInput) -> tuple[Category, ...]:
    """Stand-ins for the three built-in categories while the server's are not known."""
    favourites = tuple(sorted(data.preferences.names("favorite_channel")))
    return (
        Category(f"favorites_{data.team_id}", data.team_id, "favorites", "Favorites", channel_ids=favourites),
        Category(f"channels_{data.team_id}", data.team_id, "channels", "Channels"),
        Category(
            f"direct_messages_{data.team_id}", data.team_id, "direct_messages", "Direct Messages", "recent"
        ),
    )


def _section(data: SidebarInput, category: Category, members: list[_Entry]) -> SidebarSection:
    if category.type == "direct_messages":
        members = _autoclosed(data, members)
    visible = [e for e in members if not category.collapsed or e.unread.bold or e.current]
    return SidebarSection(
        category_id=category.id,
        type=category.type,
        title=category.display_name,
        collapsed=category.collapsed,
        muted=category.muted,
        rows=tuple(_row(data, entry) for entry in _sorted(visible, category.sorting)),
        unread=total(entry.unread for entry in members),
        sorting=category.sorting,
    )


def _autoclosed(data: SidebarInput, members: list[_Entry]) -> list[_Entry]:
    """At most so many direct messages as the person wants; open and unread ones always stay."""
    limit = data.preferences.number("sidebar_settings", "limit_visible_dms_gms", DEFAULT_VISIBLE_DIRECTS)
    alive = [e for e in members if e.current or e.unread.bold or not _left_since(data, e)]
    by_worth = sorted(alive, key=lambda e: (e.current, e.unread.bold, e.viewed_at), reverse=True)
    kept = {e.channel.id for n, e in enumerate(by_worth) if n < limit or e.current or e.unread.bold}
    return [e for e in alive if e.channel.id in kept]


def _left_since(data: SidebarInput, entry: _Entry) -> bool:
    """The partner was deactivated after I last looked."""
    partner = data.users.get(entry.partner_id)
    return partner is not None and partner.delete_at > entry.viewed_at


def _sorted(entries: list[_Entry], sorting: str) -> list[_Entry]:
    if sorting == "manual":
        return entries
    if sorting == "recent":
        return sorted(entries, key=lambda e: (-e.posted_at, e.channel.id))
    return sorted(entries, key=lambda e: (e.unread.muted, sort_key(e.title), e.channel.id))


def _unreads_section(data: SidebarInput, entries: Mapping[ChannelId, _Entry]) -> SidebarSection:
    """Mentions before messages, newest first, muted ones last."""
    calling = [entry for entry in entries.values() if entry.unread.bold and not entry.channel.delete_at]
    calling.sort(key=lambda e: (e.unread.muted, e.unread.mentions == 0, -e.posted_at, e.channel.id))
    rows = tuple(_row(data, entry) for entry in calling)
    return SidebarSection(UNREADS, UNREADS, "", False, False, rows, total(e.unread for e in calling))


def _bare_row(entry: _Entry) -> SidebarRow:
    return SidebarRow(
        channel_id=entry.channel.id,
        title=entry.title,
        type=entry.channel.type,
        unread=entry.unread,
        archived=entry.channel.delete_at > 0,
        current=entry.current,
        partner_id=entry.partner_id,
    )


def _row(data: SidebarInput, entry: _Entry) -> SidebarRow:
    row = _bare_row(entry)
    drafted = entry.channel.id in data.drafts
    if not entry.partner_id:
        return replace(row, draft=drafted) if drafted else row
    partner = data.users.get(entry.partner_id)
    status = data.statuses.get(entry.partner_id)
    return replace(
        row,
        status=status.status if status else "",
        deactivated=partner is not None and partner.delete_at > 0,
        bot=partner is not None and partner.is_bot,
        draft=drafted,
    )


def total(counts: Iterable[Unread]) -> Unread:
    """Sum of counts; muted channels add their mentions only."""
    messages = mentions = 0
    for unread in counts:
        messages += 0 if unread.muted else unread.messages
        mentions += unread.mentions
    return Unread(messages, mentions)
