"""My own presence: online, away, do not disturb with a time, offline; and the line of status that I write.

Invariant: what this server cannot do (a time for "do not disturb") is done here as long as this program runs:
it asks for "online" when the time is over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future

from tui.client.base import Base
from tui.core.features import features_of
from tui.core.ids import Millis
from tui.core.models import CustomStatus
from tui.core.ports import ServerApi

UNTIL_KEY = "dnd_until"
"""Where the desk keeps when "do not disturb" is to end, for servers that do not keep it themselves."""
PRESETS: tuple[tuple[str, str, int], ...] = (
    ("calendar", "meeting", 60),
    ("hamburger", "lunch", 30),
    ("sneezing_face", "sick", 0),
    ("house", "home", 0),
    ("palm_tree", "vacation", 0),
)
"""Emoji, what is meant (words are in `client.wording.people`), minutes; 0 = until the day is over."""


class Presence:
    """Futures fail with leaves of `core.errors`."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def status(self) -> str:
        """Mine, as far as the server has said."""
        found = self._base.lookups.statuses((self._base.me,)).get(self._base.me)
        return found.status if found else ""

    def set(self, status: str, until: Millis = 0) -> Future[None]:
        """online, away, dnd or offline; `until` 0 = until I say otherwise."""
        kept_there = features_of(self._base.lookups.config()).timed_status
        mine = str(until) if until and not kept_there else ""
        self._base.note(lambda desk: desk.kept.set(UNTIL_KEY, mine))
        me = self._base.me

        async def tell(api: ServerApi) -> None:
            if until:
                await api.put_status_until(me, status, until)
            else:
                await api.put_status(me, status)

        return self._base.lane.ask(tell)

    def tidy(self) -> Future[None] | None:
        """Ends "do not disturb" when its time is over; called now and then."""
        until = self._base.store.kept.get(UNTIL_KEY) or ""
        if not until.isdecimal() or int(until) > self._base.clock.now():
            return None
        return self.set("online") if self._base.lane.state().live else None

    def custom(self) -> CustomStatus | None:
        """My own line of status; None = none, or it has run out."""
        me = self._base.lookups.me()
        held = me.custom_status if me else None
        return held if held is not None and not self.is_over(held) else None

    def is_over(self, status: CustomStatus) -> bool:
        """The server keeps what has run out."""
        return bool(status.expires_at) and status.expires_at <= self._base.clock.now()

    def set_custom(self, status: CustomStatus | None) -> Future[None]:
        """None takes it away."""
        me = self._base.me

        async def tell(api: ServerApi) -> None:
            await api.put_custom_status(me, status)

        return self._base.lane.ask(tell)

    def recent(self) -> tuple[CustomStatus, ...]:
        """Those that I used last, as the server remembers them."""
        text = self._base.lookups.preferences().text("custom_status", "recent_custom_statuses")
        try:
            rows = json.loads(text or "[]")
        except ValueError:
            return ()
        found = [_status(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
        return tuple(status for status in found if status.text)

    def end_of_day(self) -> Millis:
        """Midnight where the person is."""
        here = self._base.lookups.formats().moment(self._base.clock.now())
        last = here.replace(hour=23, minute=59, second=59, microsecond=0)
        return round(last.timestamp() * 1000)


def _status(row: Mapping[str, object]) -> CustomStatus:
    emoji, text = row.get("emoji"), row.get("text")
    return CustomStatus(emoji if isinstance(emoji, str) else "", text if isinstance(text, str) else "")
