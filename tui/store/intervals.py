"""Which stretches of each channel's history are complete; the rules are `core.intervals`.

Invariant: what is stored for a channel is what `core.intervals` made of it, sorted from old to new.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.core import intervals
from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId
from tui.core.intervals import Anchor, Interval, Intervals
from tui.store.access import Reader, Work

_OF = """SELECT oldest_at, oldest_id, newest_at, newest_id, reached_start, sealed
FROM intervals WHERE channel_id = ? ORDER BY oldest_at, oldest_id"""


class IntervalReader(Reader):
    def of(self, channel_id: ChannelId) -> Intervals:
        """From old to new; () = nothing is known of this channel."""
        return tuple(
            Interval((oldest_at, oldest_id), (newest_at, newest_id), bool(start), bool(sealed))
            for oldest_at, oldest_id, newest_at, newest_id, start, sealed in self._rows(_OF, channel_id)
        )

    def channels(self) -> frozenset[ChannelId]:
        """All channels of which some history is stored."""
        return frozenset(row[0] for row in self._rows("SELECT DISTINCT channel_id FROM intervals"))


class IntervalWriter(IntervalReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def add(
        self,
        channel_id: ChannelId,
        newest: Anchor,
        oldest: Anchor,
        reached_start: bool = False,
        *,
        sealed: bool = False,
    ) -> None:
        """A page from `newest` down to `oldest` is now stored without a hole."""
        self.set(
            channel_id, intervals.add(self.of(channel_id), Interval(oldest, newest, reached_start, sealed))
        )

    def extend(self, channel_id: ChannelId, anchor: Anchor) -> None:
        """A post arrived live."""
        self._by(channel_id, lambda spans: intervals.extend(spans, anchor))

    def open_gap(self, channel_id: ChannelId) -> None:
        """The live stream broke: the next live post does not follow from what is stored."""
        self._by(channel_id, intervals.open_gap)

    def close_gap(self, channel_id: ChannelId) -> None:
        """Nothing is missing after the newest stored post."""
        self._by(channel_id, intervals.close_gap)

    def open_gaps(self) -> None:
        """`open_gap` for every channel: the connection was lost."""
        for channel_id in self.channels():
            self.open_gap(channel_id)

    def clear(self, channel_id: ChannelId) -> None:
        """Nothing is known of this channel any more (its posts stay)."""
        self.set(channel_id, ())

    def set(self, channel_id: ChannelId, spans: Intervals) -> None:
        """Replace the stretches of one channel by what `core.intervals` made of them."""
        if spans == self.of(channel_id):
            return
        self._work.run("DELETE FROM intervals WHERE channel_id = ?", channel_id)
        self._work.run_many(
            "INSERT OR REPLACE INTO intervals VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(channel_id, *s.oldest, *s.newest, int(s.reached_start), int(s.sealed)) for s in spans],
        )
        self._work.changed(ChangeKind.POSTS, channel_id=channel_id)

    def _by(self, channel_id: ChannelId, change: Callable[[Intervals], Intervals]) -> None:
        self.set(channel_id, change(self.of(channel_id)))
