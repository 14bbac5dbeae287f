"""What is to happen later: reminders of messages, and messages that the server sends at a time.

Invariant: asked for only where the server has it (`features`); what it has taken is its own to keep.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime, timedelta

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core.changes import ChangeKind
from tui.core.errors import NotSupported
from tui.core.features import Features, features_of
from tui.core.ids import Millis, PostId
from tui.core.models import ScheduledPost, Target
from tui.core.ports import ServerApi
from tui.core.safe_text import clean_outgoing

MORNING = 9


class Later:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh
        self._scheduled: tuple[ScheduledPost, ...] = ()

    def features(self) -> Features:
        """What this server can do beside the basics."""
        return features_of(self._base.lookups.config())

    def times(self) -> list[tuple[str, Millis]]:
        """Times that people mean: (half_hour, hour, two_hours, tomorrow, monday; the moment)."""
        now = self._base.clock.now()
        here = self._base.lookups.formats().moment(now)
        morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        monday = morning + timedelta(days=7 - here.weekday())
        found = [
            ("half_hour", here + timedelta(minutes=30)),
            ("hour", here + timedelta(hours=1)),
            ("two_hours", here + timedelta(hours=2)),
            ("tomorrow", morning + timedelta(days=1)),
            ("monday", monday),
        ]
        return [(name, _millis(when)) for name, when in found]

    def at(self, text: str) -> Millis:
        """The moment that `14:30`, `2026-07-27 9:00` or `45` (minutes) names; 0 = none in the future."""
        now = self._base.clock.now()
        here = self._base.lookups.formats().moment(now)
        typed = text.strip()
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= 7 * 24 * 60:
            return now + int(typed) * 60_000
        for form in ("%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"):
            try:
                told = datetime.strptime(typed, form)
            except ValueError:
                continue
            if form == "%H:%M":
                when = here.replace(hour=told.hour, minute=told.minute, second=0, microsecond=0)
                when += timedelta(days=1) if when <= here else timedelta()
            else:
                when = told.replace(tzinfo=here.tzinfo)
            found = _millis(when)
            return found if found > now else 0
        return 0

    def remind(self, post_id: PostId, at: Millis) -> Future[None]:
        """The server reminds me of a message; fails with NotSupported where it cannot."""
        supported = self.features().reminders

        async def tell(api: ServerApi) -> None:
            if not supported:
                raise NotSupported("tele.unsupported.reminders")
            await api.remind_of_post(self._base.me, post_id, at)

        return self._base.lane.ask(tell)

    def schedule(self, target: Target, text: str, at: Millis) -> Future[ScheduledPost]:
        """Leaves a message with the server; its draft is gone when the server has it."""
        supported, clean = self.features().scheduled, clean_outgoing(text)

        async def tell(api: ServerApi) -> ScheduledPost:
            if not supported:
                raise NotSupported("tele.unsupported.scheduled")
            made = await api.schedule_post(target, self._base.me, clean, at)
            self._base.note(lambda desk: desk.drafts.remove(target))
            await self._fetch(api)
            return made

        return self._base.lane.ask(tell)

    def scheduled(self) -> tuple[ScheduledPost, ...]:
        """My messages that the server will send, the next one first; () where it cannot."""
        if self.features().scheduled:
            self._refresh.ask("scheduled", self._fetch)
        return self._scheduled

    def unschedule(self, scheduled_id: str) -> Future[None]:
        """Takes one back."""

        async def tell(api: ServerApi) -> None:
            await api.delete_scheduled(scheduled_id)
            await self._fetch(api)

        return self._base.lane.ask(tell)

    async def _fetch(self, api: ServerApi) -> None:
        team_id = self._base.view.team_id
        found = tuple(await api.fetch_scheduled(team_id)) if team_id else ()
        if found != self._scheduled:
            self._scheduled = found
            self._base.hub.say(ChangeKind.DRAFTS)


def _millis(when: datetime) -> Millis:
    return round(when.timestamp() * 1000)
