"""Meetings in a channel, and which hosts meetings are known to be on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tui.client.base import Base
from tui.core.attachments import Action
from tui.core.ids import ChannelId
from tui.core.meeting_times import is_current
from tui.core.meetings import Meeting, leads_to, meeting_of, meetings_of
from tui.core.models import Post, Target

if TYPE_CHECKING:
    from tui.client.meeting_join import Joiner
    from tui.client.meeting_naming import MeetingNaming
    from tui.client.meeting_start import Started
    from tui.client.meeting_status import MeetingStatus

LOOK_BACK = 300
HOSTS_KEY = "meeting_hosts"
MOST_HOSTS = 20
MANY = 20
"""From so many members on a channel is not told of a meeting without a question."""
ALONE = frozenset({"D"})


class Meetings:
    """What is needed rarely (starting, joining) is imported when it is wanted."""

    def __init__(self, base: Base, permalink: Callable[[str], str]) -> None:
        self._base = base
        self._permalink = permalink
        self._learnt: frozenset[str] | None = None

    # starting

    def start(self, target: Target, topic: str = "") -> Future[Started]:
        """Starts a meeting there. Raises UserMistake("tele.offline.meeting") without a line; the future fails
        as `meeting_start.Starter.start` says.
        """
        from tui.client.meeting_start import Starter

        return Starter(self._base, target).start(topic)

    def answer(self, target: Target, question: Post, choice: Action) -> Future[Started]:
        """Presses a button of the plugin's question that `start` has come back with."""
        from tui.client.meeting_start import Starter

        return Starter(self._base, target).press(question, choice)

    def audience(self, channel_id: ChannelId) -> Future[int]:
        """How many people a meeting there is told to; 2 for a direct channel without asking."""
        channel = self._base.store.channels.get(channel_id)
        if channel is not None and channel.type in ALONE:
            done: Future[int] = Future()
            done.set_result(2)
            return done
        return self._base.lane.ask(lambda api: api.fetch_member_count(channel_id))

    # joining

    @property
    def joining(self) -> Joiner:
        from tui.client.meeting_join import Joiner

        return Joiner(self._base, self._permalink)

    @property
    def status(self) -> MeetingStatus:
        """My custom status while I am in a meeting."""
        from tui.client.meeting_status import MeetingStatus

        return MeetingStatus(self._base)

    @property
    def naming(self) -> MeetingNaming:
        """How rooms are named where the plugin asks."""
        from tui.client.meeting_naming import MeetingNaming

        return MeetingNaming(self._base)

    def hosts(self) -> frozenset[str]:
        """Hosts whose links are meetings: from the settings, learnt, and trusted by the person."""
        own = self._base.config.jitsi
        named = {urlsplit(own.base_url).hostname or "", *(host.lower() for host in own.hosts)}
        return frozenset(named - {""}) | self._known()

    def of(self, post: Post) -> Meeting | None:
        """The meeting that a post announces; not `certain` where its host is not known for meetings."""
        meeting = meeting_of(post, self.hosts())
        if meeting is not None and post.type == "custom_jitsi" and self._is_genuine(post):
            self.trust(meeting.host)
            meeting = self.again(meeting)
        return meeting

    def all_of(self, post: Post) -> tuple[Meeting, ...]:
        """Every meeting of a post: a text may lead to several."""
        if post.type.startswith("custom_"):
            only = self.of(post)
            return (only,) if only is not None else ()
        return meetings_of(post, self.hosts())

    def behind(self, post: Post, target: str) -> Meeting | None:
        """The meeting that `target`, a link of `post`, leads to; None = it is a link like any other."""
        return next((meeting for meeting in self.all_of(post) if leads_to(target, meeting)), None)

    def again(self, meeting: Meeting) -> Meeting:
        """The same meeting as it is seen now that more hosts may be known."""
        return replace(meeting, certain=meeting.certain or meeting.host in self.hosts())

    def trust(self, host: str) -> None:
        """The person has said yes to this host: its links are meetings from now on."""
        known = self._known()
        if not host or host in known or len(known) >= MOST_HOSTS:
            return
        self._learnt = known | {host}
        text = "\n".join(sorted(self._learnt))
        self._base.note(lambda desk: desk.kept.set(HOSTS_KEY, text))

    def _is_genuine(self, post: Post) -> bool:
        """Anybody can write posts of the plugin's type; hosts are learnt from my own and from bots' posts."""
        author = self._base.lookups.users((post.user_id,)).get(post.user_id)
        return post.user_id == self._base.me or (author is not None and author.is_bot)

    def latest(self, channel_id: ChannelId) -> Meeting | None:
        """The newest meeting in a channel, ended ones left out."""
        for post in self._base.store.posts.newest(channel_id, LOOK_BACK):
            meeting = self.of(post)
            if meeting is not None and not meeting.ended_at:
                return meeting
        return None

    def current(self, channel_id: ChannelId) -> Meeting | None:
        """The newest meeting in a channel, if it may still be going on."""
        found = self.latest(channel_id)
        return found if found is not None and is_current(found, self._base.clock.now()) else None

    def _known(self) -> frozenset[str]:
        if self._learnt is None:
            kept = self._base.store.kept.get(HOSTS_KEY) or ""
            self._learnt = frozenset(host for host in kept.split("\n") if host)
        return self._learnt
