"""Meetings in a channel, and which hosts meetings are known to be on."""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.client.base import Base
from tui.core.ids import ChannelId
from tui.core.meetings import Meeting, meeting_of
from tui.core.models import Post

LOOK_BACK = 300
HOSTS_KEY = "meeting_hosts"
MOST_HOSTS = 20


class Meetings:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._learnt: frozenset[str] | None = None

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
        return meeting

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

    def _known(self) -> frozenset[str]:
        if self._learnt is None:
            kept = self._base.store.kept.get(HOSTS_KEY) or ""
            self._learnt = frozenset(host for host in kept.split("\n") if host)
        return self._learnt
