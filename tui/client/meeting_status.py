"""My custom status "in a meeting": set when I join, taken back later. Off unless the person wants it.

Invariant: only a status that is still ours is taken back, and the one that was there before comes back if it
has not expired; what is to be taken back is on the desk, so a later start does it, too.
"""

from __future__ import annotations

import json
from concurrent.futures import Future

from tui.client.base import Base
from tui.core.ids import Millis
from tui.core.meeting_times import MINUTE
from tui.core.models import CustomStatus
from tui.core.ports import ServerApi
from tui.settings.i18n import _

KEY = "meeting_status"
EMOJI = "movie_camera"


class MeetingStatus:
    def __init__(self, base: Base) -> None:
        self._base = base

    def joined(self) -> Future[None] | None:
        """Sets it, where the settings want it and the line is there; None = nothing was done."""
        own = self._base.config.jitsi
        if not own.status or not self._base.lane.state().live:
            return None
        until = self._base.clock.now() + own.status_minutes * MINUTE
        ours = CustomStatus(EMOJI, _("In a meeting"), until)
        before = self._before()
        self._keep(ours, before)
        return self._tell(ours)

    def left(self) -> Future[None] | None:
        """Takes it back, if it is still ours: the person says so, or it is over."""
        ours, before = self._kept()
        if ours is None or not self._base.lane.state().live:
            return None
        self._forget()
        current = self._current()
        if current is not None and not _same(current, ours):
            return None
        now = self._base.clock.now()
        fitting = (
            before if before is not None and (not before.expires_at or before.expires_at > now) else None
        )
        return self._tell(fitting)

    @property
    def shown(self) -> bool:
        """Whether a status of ours stands."""
        return self._kept()[0] is not None

    def tidy(self) -> Future[None] | None:
        """Takes it back when its time has passed; called now and then, and when the line comes."""
        ours, _before = self._kept()
        return self.left() if ours is not None and ours.expires_at <= self._base.clock.now() else None

    def _tell(self, status: CustomStatus | None) -> Future[None]:
        me = self._base.me

        async def put(api: ServerApi) -> None:
            await api.put_custom_status(me, status)

        return self._base.lane.ask(put)

    def _current(self) -> CustomStatus | None:
        me = self._base.lookups.me()
        return me.custom_status if me else None

    def _before(self) -> CustomStatus | None:
        """What to go back to: not our own from an earlier meeting."""
        ours, before = self._kept()
        current = self._current()
        return before if ours is not None and _same(current, ours) else current

    def _keep(self, ours: CustomStatus, before: CustomStatus | None) -> None:
        text = json.dumps([_row(ours), _row(before) if before else None])
        self._base.note(lambda desk: desk.kept.set(KEY, text))

    def _forget(self) -> None:
        self._base.note(lambda desk: desk.kept.set(KEY, ""))

    def _kept(self) -> tuple[CustomStatus | None, CustomStatus | None]:
        try:
            ours, before = json.loads(self._base.store.kept.get(KEY) or "[null, null]")
            return _status(ours), _status(before)
        except (ValueError, TypeError):
            return None, None


def _same(one: CustomStatus | None, other: CustomStatus) -> bool:
    """Servers may drop the expiry."""
    return one is not None and (one.emoji, one.text) == (other.emoji, other.text)


def _row(status: CustomStatus) -> list[str | Millis]:
    return [status.emoji, status.text, status.expires_at]


def _status(row: object) -> CustomStatus | None:
    if not isinstance(row, list):
        return None
    emoji, text, until = row
    return CustomStatus(str(emoji), str(text), int(until))
