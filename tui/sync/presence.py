"""Who is there and who is typing.

The server tells nobody but ourselves of a change of presence, so the people in sight are asked after
once in a while: over the event socket, which costs 38 bytes a person; many of them by a request, which is
compressed.

Invariant: only those in sight are asked after; typing is forgotten after five seconds and never stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TypeAlias

from tui.core.changes import Change, ChangeKind
from tui.core.errors import Refused, TeleteamError
from tui.core.events import Typing
from tui.core.ids import ChannelId, PostId, UserId
from tui.core.models import Json, Status
from tui.core.priority import background
from tui.sync.context import Context
from tui.sync.tasks import Alarm, first_of, together

TYPING_SECONDS = 5.0
GATHER = 0.4
BY_SOCKET = 30
"""So many people at most are asked after over the socket; its frames are not compressed."""

Ask: TypeAlias = Callable[[str, dict[str, Json]], Awaitable[Mapping[str, Json] | None]]
"""A request over the event socket; None = it gave no answer."""


class Presence:
    """`typing` may be called from any thread, everything else on the net lane."""

    def __init__(self, context: Context, ask: Ask) -> None:
        self._context = context
        self._ask = ask
        self._typing: dict[tuple[ChannelId, PostId, UserId], float] = {}
        self._asked: dict[UserId, float] = {}
        self._wanted = Alarm()
        self._typed = Alarm()

    def set_visible(self, user_ids: Iterable[UserId]) -> None:
        visible = frozenset(user_ids) - {""}
        news = visible - self._context.memory.visible_users
        self._context.memory.visible_users = visible
        if news:
            self._wanted.ring()

    def ask_again(self) -> None:
        """What was known may be old: a new connection."""
        self._asked.clear()
        self._wanted.ring()

    def profile_changed(self) -> None:
        """Whoever is due by now is asked after."""
        self._wanted.ring()

    def typed(self, events: Iterable[Typing]) -> None:
        if not self._context.line.profile.typing_shown:
            return
        until = self._context.clock.monotonic() + TYPING_SECONDS
        channels: set[ChannelId] = set()
        for event in events:
            if event.user_id != self._context.me:
                self._typing[event.channel_id, event.root_id, event.user_id] = until
                channels.add(event.channel_id)
        self._tell(channels)
        self._typed.ring()

    def wrote(self, posts: Iterable[tuple[ChannelId, PostId, UserId]]) -> None:
        """Who has posted types no longer."""
        gone = [key for key in posts if self._typing.pop(key, None) is not None]
        self._tell({key[0] for key in gone})

    def forget_typing(self) -> None:
        channels = {key[0] for key in self._typing}
        self._typing.clear()
        self._tell(channels)

    def typing(self, channel_id: ChannelId, root_id: PostId) -> tuple[UserId, ...]:
        now = self._context.clock.monotonic()
        found = [
            key[2]
            for key, until in tuple(self._typing.items())
            if key[:2] == (channel_id, root_id) and until > now
        ]
        return tuple(dict.fromkeys(found))

    async def run_forever(self) -> None:
        await together(self._expire_forever(), self._poll_forever())

    async def _expire_forever(self) -> None:
        clock = self._context.clock
        while True:
            await self._typed.wait()
            while self._typing:
                await clock.sleep(max(0.05, min(self._typing.values()) - clock.monotonic()))
                self._expire(clock.monotonic())

    def _expire(self, now: float) -> None:
        over = [key for key, until in self._typing.items() if until <= now]
        for key in over:
            del self._typing[key]
        self._tell({key[0] for key in over})

    async def _poll_forever(self) -> None:
        with background():
            while True:
                await first_of(self._wanted.wait(), self._context.clock.sleep(self._every))
                await self._context.clock.sleep(GATHER)
                await self._context.line.wait_online()
                await self._poll()

    async def _poll(self) -> None:
        now = self._context.clock.monotonic()
        due = self._due(now)
        if not due:
            return
        try:
            statuses = await self._fetch(due)
        except Refused:
            return
        except TeleteamError as error:
            self._context.line.report(error)
            return
        self._asked.update(dict.fromkeys(due, now))
        await self._context.write(lambda tx: tx.statuses.put(statuses))

    async def _fetch(self, due: list[UserId]) -> list[Status]:
        """Raises what the request raises."""
        if len(due) <= BY_SOCKET:
            wanted: list[Json] = [*due]
            told = await self._ask("get_statuses_by_ids", {"user_ids": wanted})
            if told is not None:
                return [Status(one, status) for one in due if isinstance(status := told.get(one), str)]
        return await self._context.api.fetch_statuses(due)

    @property
    def _every(self) -> float:
        return self._context.line.profile.presence_every

    def _due(self, now: float) -> list[UserId]:
        """In sight, and not asked after for a while (less what gathering took)."""
        fresh = now - self._every + 5 * GATHER
        visible = self._context.memory.visible_users
        return sorted(one for one in visible if self._asked.get(one, float("-inf")) <= fresh)

    def _tell(self, channels: Iterable[ChannelId]) -> None:
        changes = tuple(Change(ChangeKind.TYPING, channel_id) for channel_id in sorted(channels))
        if changes:
            self._context.publish(changes)
