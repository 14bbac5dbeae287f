"""Fresh counts in a sidebar that is already built.

A new message in one of 2,000 channels must not sort 2,000 channels.

Invariant: the result equals what `core.sidebar.build` would give, or it is None.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace

from tui.core.ids import ChannelId
from tui.core.sidebar import UNREADS, SidebarInput, SidebarRow, SidebarSection, total, wants_unreads
from tui.core.unread import Unread, count


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
            or _moves(section, place, row.unread, fresh)
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


def _moves(section: SidebarSection, place: int, old: Unread, new: Unread) -> bool:
    """Whether the row could be shown, hidden or sorted elsewhere."""
    if old.muted != new.muted or section.type == UNREADS:
        return True
    if section.sorting == "recent" and new.messages > old.messages and place > 0:
        return True
    return old.bold != new.bold and (section.collapsed or section.type == "direct_messages")
