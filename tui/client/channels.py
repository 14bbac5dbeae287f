"""Channels: what they are, which one is open, and finding one."""

from __future__ import annotations

from concurrent.futures import Future

from tui.client.base import Base
from tui.client.counters import Counters
from tui.client.reaching import Reaching
from tui.client.reading import ReadState, ReadUndo
from tui.client.sidebar import Sidebar
from tui.client.switcher import Switcher
from tui.client.wishes import Wishes
from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, Millis, TeamId, UserId
from tui.core.models import Channel, Membership, Preference
from tui.core.names import channel_title, dm_partner_id
from tui.core.search import Candidate

__all__ = ["Channels", "ReadUndo"]

COUNT_KEY = "members:"
"""With a channel's id: the mark that keeps how many are in it, and since when."""
COUNT_GOOD = 12 * 3600 * 1000
"""Milliseconds that a count is taken for true."""
CHANNEL_KEY = "channel:"
"""With a team's id: where the desk keeps the channel that was open there last."""


class Channels(ReadState, Reaching):
    def __init__(self, base: Base, sidebar: Sidebar, counters: Counters, wishes: Wishes) -> None:
        self._base = base
        self._counters = counters
        self._switcher = Switcher(base)
        self._sidebar = sidebar
        self._wishes = wishes
        self._member_counts: dict[ChannelId, int] = {}
        self._counting: set[ChannelId] = set()
        self._before_last: ChannelId = ""

    # what it is

    def get(self, channel_id: ChannelId) -> Channel | None:
        return self._base.store.channels.get(channel_id)

    def membership(self, channel_id: ChannelId) -> Membership | None:
        return self._base.store.memberships.get(channel_id)

    def title(self, channel_id: ChannelId) -> str:
        """Its title as in the sidebar; "" where nothing is known of it. Hostile text."""
        channel = self.get(channel_id)
        return self._title(channel) if channel else ""

    def partner(self, channel_id: ChannelId) -> UserId:
        """The other person of a direct channel, else ""."""
        channel = self.get(channel_id)
        return dm_partner_id(channel, self._base.me) if channel else ""

    def member_count(self, channel_id: ChannelId) -> int | None:
        """None until the server has said (a Change CHANNELS follows then); kept for half a day."""
        known = self._member_counts.get(channel_id)
        if known is not None or not channel_id:
            return known
        stored, at = self._stored_count(channel_id)
        if stored is not None and 0 <= self._base.clock.now() - at < COUNT_GOOD:
            self._member_counts[channel_id] = stored
        elif channel_id not in self._counting:
            self._counting.add(channel_id)
            asked = self._base.lane.ask(lambda api: api.fetch_member_count(channel_id))
            asked.add_done_callback(lambda done: self._counted(channel_id, done))
        return stored

    def _stored_count(self, channel_id: ChannelId) -> tuple[int | None, Millis]:
        count, _, at = (self._base.store.marks.get(COUNT_KEY + channel_id) or "").partition(" ")
        return (int(count), int(at)) if count.isdecimal() and at.isdecimal() else (None, 0)

    def _counted(self, channel_id: ChannelId, done: Future[int]) -> None:
        self._counting.discard(channel_id)
        if done.cancelled() or done.exception() is not None:
            return
        count = self._member_counts[channel_id] = done.result()
        kept = f"{count} {self._base.clock.now()}"
        self._base.change(lambda tx: tx.marks.set(COUNT_KEY + channel_id, kept))
        self._base.hub.say(ChangeKind.CHANNELS, channel_id, channel_id=channel_id)

    def by_name(self, team_id: TeamId, name: str) -> Channel | None:
        """The channel with that URL name in a team I am in."""
        return self._base.store.channels.by_name(team_id, name.lower())

    # where the person is

    def current(self) -> ChannelId:
        return self._base.view.channel_id

    def last(self, team_id: TeamId) -> ChannelId:
        """The channel that was open last in a team, else its town square, else any; "" = none is known."""
        kept = self._base.store.kept.get(CHANNEL_KEY + team_id) or ""
        if kept and self.get(kept) is not None:
            return kept
        square = self.by_name(team_id, "town-square")
        if square is not None:
            return square.id
        return next((c.id for c in self._base.store.channels.by_team(team_id) if not c.delete_at), "")

    def previous(self) -> ChannelId:
        """The channel that was open before this one, "" = none."""
        return self._before_last

    def open(self, channel_id: ChannelId) -> None:
        """The channel is on the screen now: it is refreshed, marked as viewed, remembered."""
        view = self._base.view
        if channel_id != view.channel_id:
            self._before_last, view.channel_id = view.channel_id, channel_id
            membership = self.membership(channel_id)
            view.entered[channel_id] = membership.last_viewed_at if membership else 0
            self._show_direct(channel_id)
        team_id = view.team_id
        self._base.note(lambda desk: desk.kept.set(CHANNEL_KEY + team_id, channel_id))
        self._base.lane.tell(lambda engine: engine.open_channel(channel_id))
        self._base.hub.say(ChangeKind.MEMBERSHIPS, channel_id, channel_id=channel_id)

    def leave_view(self) -> None:
        """No channel is on the screen, or nobody looks at it."""
        self._base.lane.tell(lambda engine: engine.leave_view())

    def return_to_view(self) -> None:
        """The person looks again at the channel that is open."""
        channel_id = self._base.view.channel_id
        if not channel_id:
            return
        membership = self.membership(channel_id)
        if membership is not None and self.unread(channel_id).bold:
            self._base.view.entered[channel_id] = membership.last_viewed_at
        self._base.lane.tell(lambda engine: engine.open_channel(channel_id))

    def _show_direct(self, channel_id: ChannelId) -> None:
        """A direct or group channel that was opened stays in the sidebar (the server never sees to that)."""
        channel = self.get(channel_id)
        if channel is None or channel.type not in ("D", "G"):
            return
        if channel.type == "D":
            category, name = "direct_channel_show", dm_partner_id(channel, self._base.me)
        else:
            category, name = "group_channel_show", channel.id
        if not self._base.lookups.preferences().flag(category, name):
            self._wishes.prefer(Preference(category, name, "true"))

    def hide(self, channel_id: ChannelId) -> None:
        """Takes a direct or group channel out of the sidebar."""
        channel = self.get(channel_id)
        if channel is None or channel.type not in ("D", "G"):
            return
        partner = dm_partner_id(channel, self._base.me)
        category, name = ("direct_channel_show", partner) if partner else ("group_channel_show", channel_id)
        self._wishes.prefer(Preference(category, name, "false"))

    # finding

    def find(self, text: str, limit: int = 50) -> list[Candidate]:
        """Channels, people and teams for the switcher, best first; for an empty text the most recent ones."""
        return self._switcher.find(text, limit)

    def named(self, channel_id: ChannelId) -> str:
        """Its title with its sign, `~Town Square`, `@Ben Berger` for a direct message; "" where nothing is
        known of it. Hostile text."""
        channel = self.get(channel_id)
        title = self._title(channel) if channel is not None else ""
        direct = channel is not None and channel.type not in ("O", "P")
        return f"{'@' if direct else '~'}{title}" if title else ""

    def _title(self, channel: Channel) -> str:
        lookups = self._base.lookups
        if channel.type == "G":
            named = lookups.users_named(channel.display_name.split(", "))
            ids = {user.id for user in named.values()} | {self._base.me}
        else:
            ids = {dm_partner_id(channel, self._base.me), self._base.me}
        return channel_title(channel, self._base.me, lookups.users(ids), lookups.name_setting())
