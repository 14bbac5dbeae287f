"""Arranging the sidebar's categories: folding, moving, favourites, order; and names for new channels.

Invariant: a channel is in one category besides the favourites at most, built-in categories are never removed,
and what comes out are whole categories, for the server resets what is left out.
Source: mattermost-facts §4, §14.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.core.ids import CategoryId, ChannelId
from tui.core.models import Category, Json
from tui.core.search import fold

LONGEST_NAME = 64
_NO_NAME = re.compile(r"[^a-z0-9]+")


def body_of(category: Category, me: str) -> dict[str, Json]:
    """The whole category for `PUT …/categories`: the server resets what is left out."""
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


def with_moved(
    rows: Iterable[Category], channel_id: ChannelId, category_id: CategoryId
) -> tuple[Category, ...]:
    """All categories with a channel in `category_id` alone, at its beginning."""
    moved = []
    for row in rows:
        others = tuple(one for one in row.channel_ids if one != channel_id)
        moved.append(replace(row, channel_ids=(channel_id, *others) if row.id == category_id else others))
    return tuple(moved)


def home_of(rows: Iterable[Category], *, direct: bool) -> CategoryId:
    """The built-in category where a channel belongs that nobody has moved; "" where there is none."""
    wanted = "direct_messages" if direct else "channels"
    return next((row.id for row in rows if row.type == wanted), "")


def category_of(rows: Iterable[Category], channel_id: ChannelId) -> Category | None:
    return next((row for row in rows if channel_id in row.channel_ids), None)


def changed(before: Iterable[Category], after: Iterable[Category]) -> tuple[Category, ...]:
    """Those of `after` that are not as they were."""
    held = {row.id: row for row in before}
    return tuple(row for row in after if held.get(row.id) != row)


def shifted(rows: Sequence[Category], category_id: CategoryId, step: int) -> tuple[Category, ...]:
    """The order with one category `step` places further down (negative: up); it stops at the ends."""
    order = list(rows)
    at = next((n for n, row in enumerate(order) if row.id == category_id), -1)
    if at < 0:
        return tuple(order)
    row = order.pop(at)
    order.insert(max(0, min(len(order), at + step)), row)
    return tuple(order)


def url_name(title: str) -> str:
    """The name for addresses that a title suggests: lower case, digits, dashes; "" where none can be made."""
    name = _NO_NAME.sub("-", fold(title)).strip("-")[:LONGEST_NAME].strip("-")
    return name if len(name) > 1 else ""
