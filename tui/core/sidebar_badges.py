"""Fresh counts, or another open channel, in a sidebar that is already built.

A new message in one of 2,000 channels must not sort 2,000 channels.

Invariant: the result equals what `core.sidebar.build` would give, or it is None.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from tui.core.ids import ChannelId
from tui.core.sidebar import UNREADS, SidebarInput, SidebarRow, SidebarSection, total, wants_unreads
from tui.core.unread import Unread, count

_SOMETIMES = ("D", "G")
"""Types of channels that show when they are unread or open, in whatever section they are."""


def with_badges(
    sections: tuple[SidebarSection, ...], data: SidebarInput, touched: AbstractSet[ChannelId]
) -> tuple[SidebarSection, ...] | None:
    """The same sections with fresh counts for `touched`; None where rows could move, come or go.

    `data` needs the touched channels and memberships only.
    """
    updated = []
    for section in sections:
        if not any(row.channel_id in touched for row in section.rows):
            updated.append(section)
            continue
        changed = _with_fresh_rows(section, data, touched)
        if changed is None:
            return None
        updated.append(changed)
    shown = {row.channel_id for section in sections for row in section.rows}
    return tuple(updated) if touched <= shown else None


def _with_fresh_rows(
    section: SidebarSection, data: SidebarInput, touched: AbstractSet[ChannelId]
) -> SidebarSection | None:
    gathered = wants_unreads(data.preferences, data.config)
    rows: list[SidebarRow] = []
    for place, row in enumerate(section.rows):
        if row.channel_id not in touched:
            rows.append(row)
            continue
        channel = data.channels.get(row.channel_id)
        fresh = count(channel, data.memberships.get(row.channel_id), data.crt) if channel else None
        if (
            fresh is None
            or _moves(section, place, row, fresh)
            or (gathered and fresh.bold != row.unread.bold)
        ):
            return None
        rows.append(replace(row, unread=fresh))
    before = total(row.unread for row in section.rows)
    after = total(row.unread for row in rows)
    summed = Unread(
        max(0, section.unread.messages + after.messages - before.messages),
        max(0, section.unread.mentions + after.mentions - before.mentions),
    )
    return replace(section, rows=tuple(rows), unread=summed)


def _moves(section: SidebarSection, place: int, row: SidebarRow, new: Unread) -> bool:
    """Whether the row could be shown, hidden or sorted elsewhere."""
    old = row.unread
    if old.muted != new.muted or section.type == UNREADS:
        return True
    if section.sorting == "recent" and new.messages > old.messages and place > 0:
        return True
    return old.bold != new.bold and (section.collapsed or row.type in _SOMETIMES)


def with_current(
    sections: tuple[SidebarSection, ...], old: ChannelId, new: ChannelId
) -> tuple[SidebarSection, ...] | None:
    """The same sections with `new` open instead of `old`; None where rows could come or go."""
    moved = {old, new} - {""}
    touched = [section for section in sections if any(row.channel_id in moved for row in section.rows)]
    shown = {row.channel_id for section in touched for row in section.rows}
    if not moved <= shown or any(_shows_what_is_open(section, old) for section in touched):
        return None
    return tuple(_reopened(section, moved, new) if section in touched else section for section in sections)


def _shows_what_is_open(section: SidebarSection, old: ChannelId) -> bool:
    """Whether being open may be the reason why a row is shown here."""
    if section.collapsed or section.type == "direct_messages":
        return True
    return any(row.channel_id == old and (row.archived or row.type in _SOMETIMES) for row in section.rows)


def _reopened(section: SidebarSection, moved: AbstractSet[ChannelId], new: ChannelId) -> SidebarSection:
    rows = tuple(
        replace(row, current=row.channel_id == new) if row.channel_id in moved else row
        for row in section.rows
    )
    return replace(section, rows=rows)
