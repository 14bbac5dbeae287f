"""Who reacted with what: events and pages of the server, in any order, become one set.

A row is a register keyed by (post, user, emoji) with a version (the server's time) and a state. The rules:
- an added reaction counts where its `create_at` is not older than the row's version; without a row, where it
  is not older than the newest page known of the post (`posts.meta_at`), which would have named it;
- a removal counts from the time it happened, which the event carries as `update_at` (its `create_at` is 0).
  Servers that do not say: it removes what is known now, so such a removal and its additions must be kept in
  their order;
- a page replaces all that is older than the page's `update_at`, if no newer page was applied before.

Invariant: timed events and pages give the same set in any order and any number of times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from tui.core.ids import ChannelId, Millis, PostId
from tui.core.models import Reaction
from tui.store.access import Reader, Row, Work
from tui.store.codec import number, text

PRESENT, REMOVED, REMOVED_UNTIMED = 0, 1, 2

_UPSERT = """INSERT INTO reactions (post_id, user_id, emoji_name, version, gone) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (post_id, user_id, emoji_name) DO UPDATE SET version = excluded.version, gone = excluded.gone"""


class ReactionWriter(Reader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def add(self, reaction: Reaction) -> bool:
        """Apply a `reaction_added` event; True iff it changed something."""
        at = number(reaction.create_at)
        row = self._stored(reaction)
        known = row[0] if row else self._page_at(reaction.post_id)
        if at < known or (row is not None and row == (at, PRESENT)):
            return False
        self._put(reaction, at, PRESENT)
        return True

    def remove(self, reaction: Reaction) -> bool:
        """Apply a `reaction_removed` event; True iff it changed something."""
        at = number(reaction.update_at or reaction.create_at)
        row = self._stored(reaction)
        known = row[0] if row else self._page_at(reaction.post_id)
        if not at:
            return row is not None and row[1] == PRESENT and self._put(reaction, known, REMOVED_UNTIMED)
        if at <= known:
            return False
        self._put(reaction, at, REMOVED)
        return row is not None and row[1] == PRESENT

    def replace(self, post_id: PostId, at: Millis, before: Millis, reactions: Iterable[Reaction]) -> bool:
        """Apply the set of a page of `update_at` = `at`; `before` is the newest page known until now."""
        if at < before:
            return False
        listed = {_key(reaction): min(number(reaction.create_at), at) for reaction in reactions}
        stored = {(row[0], row[1]): (row[2], row[3]) for row in self._all_of(post_id)}
        if not listed and not stored:
            return False
        forgotten = [key for key, row in stored.items() if at > before and row[0] < at and key not in listed]
        taken = [key for key, version in listed.items() if _is_news(stored.get(key), version)]
        self._work.run_many(
            "DELETE FROM reactions WHERE post_id = ? AND user_id = ? AND emoji_name = ?",
            [(post_id, *key) for key in forgotten],
        )
        self._work.run_many(_UPSERT, [(post_id, *key, listed[key], PRESENT) for key in taken])
        return bool(taken) or any(stored[key][1] == PRESENT for key in forgotten)

    def forget(self, post_ids: Sequence[PostId]) -> None:
        sql = "DELETE FROM reactions WHERE post_id IN (SELECT value FROM json_each(?))"
        self._work.run(sql, json.dumps(post_ids))

    def forget_channels(self, channel_ids: Sequence[ChannelId]) -> None:
        sql = "SELECT id FROM posts WHERE channel_id IN (SELECT value FROM json_each(?))"
        doomed = f"DELETE FROM reactions WHERE post_id IN ({sql})"  # noqa: S608 (own text)
        self._work.run(doomed, json.dumps(channel_ids))

    def _stored(self, reaction: Reaction) -> Row | None:
        sql = "SELECT version, gone FROM reactions WHERE post_id = ? AND user_id = ? AND emoji_name = ?"
        return self._row(sql, reaction.post_id, reaction.user_id, reaction.emoji_name)

    def _all_of(self, post_id: PostId) -> list[Row]:
        return self._rows(
            "SELECT user_id, emoji_name, version, gone FROM reactions WHERE post_id = ?", post_id
        )

    def _page_at(self, post_id: PostId) -> Millis:
        row = self._row("SELECT meta_at FROM posts WHERE id = ?", post_id)
        return row[0] if row else -1

    def _put(self, reaction: Reaction, version: Millis, gone: int) -> bool:
        self._work.run(_UPSERT, text(reaction.post_id), *_key(reaction), version, gone)
        return True


def _key(reaction: Reaction) -> tuple[str, str]:
    return text(reaction.user_id), text(reaction.emoji_name)


def _is_news(row: Row | None, version: Millis) -> bool:
    """Whether a page's reaction of `version` counts against the stored row."""
    if row is None:
        return True
    return bool(version > row[0] or (version == row[0] and row[1] == REMOVED))
