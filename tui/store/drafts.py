"""Unsent texts, one a channel and one a thread, and where I was reading; both on the desk.

Invariant: a draft without text is no draft.
"""

from __future__ import annotations

from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, PostId
from tui.core.models import Draft, Target
from tui.core.values import dataclass
from tui.store.access import Reader, Row, Work
from tui.store.codec import number, text

_SELECT = "SELECT channel_id, root_id, text, update_at, cursor FROM drafts"


class DraftReader(Reader):
    def get(self, target: Target) -> Draft | None:
        row = self._row(f"{_SELECT} WHERE channel_id = ? AND root_id = ?", target.channel_id, target.root_id)
        return _draft(row) if row else None

    def all(self) -> tuple[Draft, ...]:
        """Last changed first."""
        return tuple(map(_draft, self._rows(f"{_SELECT} ORDER BY update_at DESC, channel_id, root_id")))


class DraftWriter(DraftReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, draft: Draft) -> None:
        if not draft.text:
            return self.remove(draft.target)
        where = (draft.target.channel_id, draft.target.root_id)
        args = (*where, text(draft.text), number(draft.update_at), draft.cursor)
        self._work.run("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?)", *args)
        self._tell(draft.target)
        return None

    def remove(self, target: Target) -> None:
        sql = "DELETE FROM drafts WHERE channel_id = ? AND root_id = ?"
        if self._work.run(sql, target.channel_id, target.root_id):
            self._tell(target)

    def _tell(self, target: Target) -> None:
        self._work.changed(ChangeKind.DRAFTS, [target.root_id], target.channel_id)


@dataclass(frozen=True, slots=True)
class ReadPosition:
    """The post at the top of the timeline, and how many of its lines are above the edge."""

    channel_id: ChannelId
    post_id: PostId
    offset: int = 0


class ReadPositionReader(Reader):
    def get(self, channel_id: ChannelId) -> ReadPosition | None:
        row = self._row(
            "SELECT channel_id, post_id, line FROM read_positions WHERE channel_id = ?", channel_id
        )
        return ReadPosition(*row) if row else None


class ReadPositionWriter(ReadPositionReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, channel_id: ChannelId, post_id: PostId, offset: int = 0) -> None:
        self._work.run("INSERT OR REPLACE INTO read_positions VALUES (?, ?, ?)", channel_id, post_id, offset)

    def remove(self, channel_id: ChannelId) -> None:
        """At the newest post again."""
        self._work.run("DELETE FROM read_positions WHERE channel_id = ?", channel_id)


def _draft(row: Row) -> Draft:
    channel_id, root_id, words, update_at, cursor = row
    return Draft(Target(channel_id, root_id), words, update_at, cursor)
