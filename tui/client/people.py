"""People: who they are, whether they are there, whether they type."""

from __future__ import annotations

from collections.abc import Iterable

from tui.client.base import Base
from tui.core.ids import ChannelId, PostId, UserId
from tui.core.models import Status, User


class People:
    def __init__(self, base: Base) -> None:
        self._base = base

    def get(self, user_id: UserId) -> User | None:
        """The person, None where not known yet (they are asked for then)."""
        user = self._base.lookups.users((user_id,)).get(user_id)
        if user is None and user_id:
            self._base.lane.tell(lambda engine: engine.need_users((user_id,)))
        return user

    def by_name(self, username: str) -> User | None:
        return self._base.store.users.by_name(username.removeprefix("@").lower())

    def name(self, user_id: UserId) -> str:
        """Display name by the preference; "" where not known yet. Hostile text."""
        return self._base.lookups.name(user_id)

    def status(self, user_id: UserId) -> str:
        """online, away, dnd, offline; "" where not known."""
        status: Status | None = self._base.lookups.statuses((user_id,)).get(user_id)
        return status.status if status else ""

    def typing(self, channel_id: ChannelId, root_id: PostId = "") -> tuple[str, ...]:
        """Names of those who type there now, in no thread or in `root_id`."""
        wires = self._base.lane.wires
        ids = wires.engine.typing(channel_id, root_id) if wires else ()
        return tuple(name for user_id in ids if (name := self.name(user_id)))

    def watch(self, user_ids: Iterable[UserId]) -> None:
        """Whose presence is on the screen: it is asked for once a minute."""
        wanted = tuple(user_ids)
        self._base.lane.tell(lambda engine: engine.set_visible_users(wanted))
