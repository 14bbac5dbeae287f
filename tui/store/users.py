"""People, and their presence.

Names are searched in a column of folded beginnings: "mul" finds Müller, "ann" finds anna and Ann-Kathrin.

Invariant: a person's object is never replaced by an older one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from tui.core.changes import ChangeKind
from tui.core.ids import UserId
from tui.core.models import Status, User
from tui.core.search import fold
from tui.store import codec
from tui.store.access import Reader, Row, Work
from tui.store.codec import number, text

_UPSERT = """INSERT INTO users (id, username, update_at, names, body) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET username = excluded.username, update_at = excluded.update_at,
names = excluded.names, body = excluded.body"""
_BREAK = re.compile(r"[\s._\-/,()@~#]+")


class UserReader(Reader):
    def get(self, user_id: UserId) -> User | None:
        row = self._row("SELECT body FROM users WHERE id = ?", user_id)
        return _user(row) if row else None

    def many(self, user_ids: Iterable[UserId]) -> dict[UserId, User]:
        """Those of `user_ids` that are known."""
        sql = "SELECT body FROM users WHERE id IN (SELECT value FROM json_each(?))"
        return {user.id: user for user in map(_user, self._rows(sql, json.dumps(list(user_ids))))}

    def all(self) -> dict[UserId, User]:
        return {user.id: user for user in map(_user, self._rows("SELECT body FROM users"))}

    def all_ids(self) -> frozenset[UserId]:
        return frozenset(row[0] for row in self._rows("SELECT id FROM users"))

    def by_name(self, username: str) -> User | None:
        row = self._row("SELECT body FROM users WHERE username = ?", username.lower())
        return _user(row) if row else None

    def search(self, prefix: str, limit: int = 50) -> tuple[User, ...]:
        """People of whom a part of the user name, nickname or name begins with each word of `prefix`.

        Active ones first, then by user name. "" finds everybody.
        """
        words = [word for word in _BREAK.split(fold(prefix)) if word]
        where = " AND ".join(["instr(names, ?) > 0"] * len(words)) or "1"
        order = "json_extract(body, '$.delete_at') > 0, username"
        sql = f"SELECT body FROM users WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608 (own text)
        return tuple(map(_user, self._rows(sql, *(" " + word for word in words), limit)))


class UserWriter(UserReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, users: Iterable[User]) -> None:
        known = list(users)
        stored = self.many(user.id for user in known)
        for user in known:
            old = stored.get(user.id)
            if old is not None and (old == user or old.update_at > user.update_at):
                continue
            self._work.run(
                _UPSERT, user.id, user.username, number(user.update_at), _names(user), codec.encode(user)
            )
            self._work.changed(ChangeKind.USERS, [user.id])


class StatusReader(Reader):
    def many(self, user_ids: Iterable[UserId]) -> dict[UserId, Status]:
        """The last known presence of those of `user_ids` who have one."""
        sql = "SELECT user_id, status, manual FROM statuses WHERE user_id IN (SELECT value FROM json_each(?))"
        return {
            row[0]: Status(row[0], row[1], bool(row[2]))
            for row in self._rows(sql, json.dumps(list(user_ids)))
        }

    def get(self, user_id: UserId) -> Status | None:
        return self.many([user_id]).get(user_id)


class StatusWriter(StatusReader):
    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work

    def put(self, statuses: Iterable[Status]) -> None:
        wanted = {status.user_id: status for status in statuses}
        old = self.many(wanted)
        news = [status for user_id, status in wanted.items() if old.get(user_id) != status]
        self._work.run_many(
            "INSERT OR REPLACE INTO statuses VALUES (?, ?, ?)",
            [(status.user_id, status.status, int(status.manual)) for status in news],
        )
        if news:
            self._work.changed(ChangeKind.STATUSES, [status.user_id for status in news])

    def clear(self) -> None:
        """Nobody's presence is known (we were away)."""
        if self._work.run("DELETE FROM statuses"):
            self._work.changed(ChangeKind.STATUSES)


def _names(user: User) -> str:
    """Every part of every name, folded, each after a space."""
    names = " ".join((user.username, user.nickname, user.first_name, user.last_name))
    whole = fold(user.username)
    return text(" " + " ".join(dict.fromkeys([whole, *_BREAK.split(fold(names))])))


def _user(row: Row) -> User:
    return codec.decode(User, row[0])
