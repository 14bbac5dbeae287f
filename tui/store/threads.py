"""The threads I follow, where the server collapses replies.

Invariant: a thread's root post is not kept here but among the posts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, Millis, PostId, TeamId
from tui.core.models import Thread
from tui.core.values import dataclass
from tui.store import codec
from tui.store.access import Reader, Row, Work
from tui.store.codec import number

_UPSERT = """INSERT INTO threads (id, team_id, last_reply_at, body) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET team_id = excluded.team_id, last_reply_at = excluded.last_reply_at,
body = excluded.body"""


@dataclass(frozen=True, slots=True)
class _Body:
    """A Thread without its post."""

    id: PostId
    team_id: TeamId
    channel_id: ChannelId
    reply_count: int = 0
    unread_replies: int = 0
    unread_mentions: int = 0
    last_reply_at: Millis = 0
    last_viewed_at: Millis = 0
    is_following: bool = True


_NAMES: tuple[str, ...] = _Body.__match_args__


class ThreadReader(Reader):
    def get(self, root_id: PostId) -> Thread | None:
        row = self._row("SELECT body FROM threads WHERE id = ?", root_id)
        return _thread(row) if row else None

    def of(self, team_id: TeamId) -> tuple[Thread, ...]:
        """The threads of a team, those of direct messages (team "") included, last answered first."""
        sql = "SELECT body FROM threads WHERE team_id IN (?, '') ORDER BY last_reply_at DESC, id"
        return tuple(map(_thread, self._rows(sql, team_id)))

    def all(self) -> tuple[Thread, ...]:
        return tuple(map(_thread, self._rows("SELECT body FROM threads ORDER BY last_reply_at DESC, id")))


class ThreadWriter(ThreadReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, threads: Iterable[Thread]) -> None:
        """Store threads; give their root posts to `posts.put`."""
        for thread in threads:
            body = _Body(*(getattr(thread, name) for name in _NAMES))
            row = self._row("SELECT body FROM threads WHERE id = ?", thread.id)
            if row is None or codec.decode(_Body, row[0]) != body:
                args = (thread.id, thread.team_id, number(thread.last_reply_at), codec.encode(body))
                self._work.run(_UPSERT, *args)
                self._work.changed(ChangeKind.THREADS, [thread.id])

    def remove(self, root_ids: Iterable[PostId]) -> None:
        ids = list(root_ids)
        if self._work.run(
            "DELETE FROM threads WHERE id IN (SELECT value FROM json_each(?))", json.dumps(ids)
        ):
            self._work.changed(ChangeKind.THREADS, ids)


def _thread(row: Row) -> Thread:
    body = codec.decode(_Body, row[0])
    return Thread(**{name: getattr(body, name) for name in _NAMES})
