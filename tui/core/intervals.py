"""Which stretches of a channel's history are complete, and the holes between them.

A stretch reaches from one post to another, both included, and nothing between the two is missing. Posts are
ordered by (create_at, id). Two stretches become one only when they share a post: being neighbours in our
store proves nothing about what the server has between them.

Invariant: a tuple of intervals is sorted from old to new, and no two of them overlap.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from tui.core.ids import Millis, PostId
from tui.core.values import dataclass

Anchor: TypeAlias = tuple[Millis, PostId]
"""Where a post stands: (create_at, id)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A complete stretch of history."""

    oldest: Anchor
    newest: Anchor
    reached_start: bool = False
    """Nothing older exists on the server."""
    sealed: bool = False
    """Something may have been missed after `newest`: a later live post does not prolong this stretch."""

    def holds(self, anchor: Anchor) -> bool:
        return self.oldest <= anchor <= self.newest


@dataclass(frozen=True, slots=True)
class Hole:
    """Unknown history between two known posts, neither included."""

    older: Anchor
    newer: Anchor


Intervals: TypeAlias = tuple[Interval, ...]


def add(spans: Intervals, new: Interval) -> Intervals:
    """Union of what was known and `new`."""
    apart = [span for span in spans if not _overlap(span, new)]
    merged = new
    for span in spans:
        if _overlap(span, new):
            merged = _union(merged, span)
    return _sorted([*apart, merged])


def extend(spans: Intervals, anchor: Anchor) -> Intervals:
    """A post arrived live: it prolongs the newest stretch, unless that is sealed; late ones change none."""
    if not spans:
        return (Interval(anchor, anchor),)
    last = spans[-1]
    if anchor <= last.newest:
        return spans
    if last.sealed:
        return (*spans, Interval(anchor, anchor))
    return (*spans[:-1], replace(last, newest=anchor))


def open_gap(spans: Intervals) -> Intervals:
    """The live stream broke: what comes next does not follow from what we have."""
    return (*spans[:-1], replace(spans[-1], sealed=True)) if spans else ()


def close_gap(spans: Intervals) -> Intervals:
    """Catch-up proved that nothing is missing after the newest post."""
    return (*spans[:-1], replace(spans[-1], sealed=False)) if spans else ()


def split(spans: Intervals, after: Anchor, before: Anchor) -> Intervals:
    """Doubt what lies strictly between two known posts of one stretch."""
    result: list[Interval] = []
    for span in spans:
        if span.oldest <= after < before <= span.newest:
            result += [
                replace(span, newest=after, sealed=True),
                replace(span, oldest=before, reached_start=False),
            ]
        else:
            result.append(span)
    return _sorted(result)


def forget_before(spans: Intervals, anchor: Anchor) -> Intervals:
    """Everything older than the post at `anchor` was dropped from the store."""
    kept = [span for span in spans if span.newest >= anchor]
    return _sorted(
        [replace(s, oldest=anchor, reached_start=False) if s.oldest < anchor else s for s in kept],
    )


def holes(spans: Intervals) -> tuple[Hole, ...]:
    """What is missing between the stretches, from old to new."""
    return tuple(Hole(older.newest, newer.oldest) for older, newer in pairwise(spans))


def span_of(spans: Intervals, anchor: Anchor) -> Interval | None:
    """The stretch that holds `anchor`."""
    return next((span for span in spans if span.holds(anchor)), None)


def reached_start(spans: Intervals) -> bool:
    """True iff the oldest stretch begins where the channel begins."""
    return bool(spans) and spans[0].reached_start


def _overlap(one: Interval, other: Interval) -> bool:
    return one.oldest <= other.newest and other.oldest <= one.newest


def _union(new: Interval, old: Interval) -> Interval:
    """`new` is the fresher knowledge: where both end at the same post it decides whether more may follow."""
    return Interval(
        oldest=min(new.oldest, old.oldest),
        newest=max(new.newest, old.newest),
        reached_start=new.reached_start or old.reached_start,
        sealed=old.sealed if old.newest > new.newest else new.sealed,
    )


def _sorted(spans: list[Interval]) -> Intervals:
    return tuple(sorted(spans, key=lambda span: span.oldest))
