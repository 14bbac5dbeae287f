"""What the person is told outside of the screen: messages for them in person, in words.

Invariant: each post is told of once at most, and one notification is given out in `PAUSE` seconds; what comes
meanwhile is summed up. Whether it still is news (muted, do not disturb, in sight, read, deleted) is decided
when it is taken.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import field

from tui.client.base import Base
from tui.client.channels import Channels
from tui.client.hub import Changes
from tui.client.meetings import Meetings
from tui.client.watching import Watching
from tui.client.wording import notifications as words
from tui.core.changes import ChangeKind
from tui.core.ids import PostId
from tui.core.markdown import plain
from tui.core.meetings import Meeting
from tui.core.models import Json, Membership, Post
from tui.core.notify_rules import PERSONAL, in_sight, is_fresh, wants_to_know
from tui.core.quiet_hours import is_quiet, parse
from tui.core.safe_text import safe_line, shorten
from tui.core.timeline_rows import author_of
from tui.core.values import dataclass

PAUSE = 3.0
PATIENCE, LOOK_AGAIN = 2.0, 0.5
"""Seconds that a message of somebody not known yet waits for the name, and between two looks."""
FIRST_PATIENCE = 10.0
"""So long in the first seconds of a first start, until it is known how people are named here."""
REMEMBERED = 1000
LONGEST_NAME, LONGEST_TOPIC, LONGEST_BODY = 40, 80, 120


@dataclass(frozen=True, slots=True)
class Notification:
    """Safe texts of one line. `body` is "" unless the person wants messages shown."""

    title: str
    body: str = ""
    calls: bool = field(default=True, compare=False)
    """It is for me in person: worth a bell."""
    outside: bool = field(default=True, compare=False)
    """False in quiet hours: said in the app alone."""
    facts: Mapping[str, Json] = field(default_factory=dict, compare=False, repr=False)
    """For a hook: what of it may be passed on."""


class Notifications:
    def __init__(self, base: Base, watching: Watching, channels: Channels, meetings: Meetings) -> None:
        self._base = base
        self._watching = watching
        self._channels = channels
        self._meetings = meetings
        self._lock = threading.Lock()
        self._waiting: dict[PostId, float] = {}
        """With the time at which each was heard of."""
        self._looked: set[PostId] = set()
        """Those that wait and are no meetings."""
        self._heard: OrderedDict[PostId, bool] = OrderedDict()
        """Whether each is for me in person."""
        wishes = base.config.notifications
        self._quiet = tuple(parse(span) for span in wishes.quiet_hours)
        self.discreet = not wishes.names
        """Neither names nor texts leave the app; can be switched at any time."""
        self._due_at = self._key_at = float("-inf")

    def hear(self, changes: Changes) -> None:
        """Notes which posts call for the person; any thread."""
        told = (change for change in changes if change.kind in (ChangeKind.NOTIFY, ChangeKind.NEWS))
        called = {ident: change.kind is ChangeKind.NOTIFY for change in told for ident in change.ids}
        if not called:
            return
        now = self._base.clock.monotonic()
        with self._lock:
            for post_id, personal in called.items():
                if post_id not in self._heard:
                    self._heard[post_id], self._waiting[post_id] = personal, now
            while len(self._heard) > REMEMBERED:
                self._waiting.pop(self._heard.popitem(last=False)[0], None)

    def begin(self) -> None:
        """Somebody will take what comes: my own presence must be known from now on (do not disturb)."""
        self._watching.show("me", (self._base.me,))

    def key_pressed(self) -> None:
        """Somebody is at the keyboard."""
        self._key_at = self._base.clock.monotonic()

    def take(self) -> Notification | None:
        """What is to be told now; None = nothing, or not yet: see `due_in`."""
        now = self._base.clock.monotonic()
        meeting = self._meeting_that_waits(now)
        if meeting is not None:
            self._due_at = now + PAUSE
            return self._tell(meeting)
        if now < self._due_at:
            return None
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        found = [post for ident in waiting if (post := self._base.store.posts.get(ident)) is not None]
        news = [post for post in found if self._is_news(post, now)]
        if not news:
            return None
        if len(news) == 1 and now < waiting[news[0].id] + self._patience() and not self._name(news[0]):
            self._hold({news[0].id: waiting[news[0].id]}, now + LOOK_AGAIN)
            return None
        self._due_at = now + PAUSE
        return self._tell(news[0]) if len(news) == 1 else self._sum_up(news)

    def _meeting_that_waits(self, now: float) -> Post | None:
        """A meeting is told of at once and by itself: in a minute it is too late. Muted and do not disturb
        are respected all the same.
        """
        with self._lock:
            self._looked &= self._waiting.keys()
            waiting = [post_id for post_id in self._waiting if post_id not in self._looked]
        for post_id in waiting:
            self._looked.add(post_id)
            post = self._base.store.posts.get(post_id)
            if post is not None and self._announces(post) is not None and self._is_news(post, now):
                with self._lock:
                    self._waiting.pop(post_id, None)
                return post
        return None

    def _announces(self, post: Post) -> Meeting | None:
        """The meeting a post is about; ordinary texts count where their host is known."""
        meeting = self._meetings.of(post)
        return (
            meeting
            if meeting is not None and not meeting.ended_at and (post.type or meeting.certain)
            else None
        )

    def due_in(self) -> float | None:
        """Seconds until something that was held back may be taken; None = nothing waits."""
        with self._lock:
            waits = bool(self._waiting)
            if self._waiting.keys() - self._looked:
                return 0.0
        return max(0.0, self._due_at - self._base.clock.monotonic()) if waits else None

    def _hold(self, held: dict[PostId, float], until: float) -> None:
        self._due_at = until
        with self._lock:
            self._waiting = held | self._waiting

    def _is_news(self, post: Post, now: float) -> bool:
        if post.delete_at or not is_fresh(post, self._base.clock.now()):
            return False
        row = self._base.store.memberships.get(post.channel_id)
        return not self._is_seen(post, row, now) and self._is_wanted(row)

    def _is_seen(self, post: Post, row: Membership | None, now: float) -> bool:
        """The open channel marks itself as read: there only the keyboard tells whether somebody looks."""
        here = self._base.view.channel_id
        if post.channel_id == here:
            return in_sight(post.channel_id, here, now - self._key_at)
        return row is not None and row.last_viewed_at >= post.create_at

    def _is_wanted(self, row: Membership | None) -> bool:
        lookups, me = self._base.lookups, self._base.me
        status = lookups.statuses((me,)).get(me)
        return wants_to_know(row, lookups.me(), status.status if status else "")

    def _sum_up(self, news: Sequence[Post]) -> Notification:
        calls = any(self._calls(post) for post in news)
        facts: dict[str, Json] = {"kind": "several", "count": len(news), "title": words.several(len(news))}
        return Notification(words.several(len(news)), calls=calls, outside=not self._is_quiet(), facts=facts)

    def _tell(self, post: Post) -> Notification:
        name, meeting = self._name(post), self._announces(post)
        title, body = self._title(post, name), self._body(post)
        if meeting is not None:
            title, body = words.meeting(name, shorten(meeting.topic, LONGEST_TOPIC)), ""
        if self.discreet:
            title, body = words.meeting("", "") if meeting is not None else words.several(1), ""
        facts = self._facts(post, title, body, is_meeting=meeting is not None)
        return Notification(title, body, self._calls(post), not self._is_quiet(), facts)

    def _facts(self, post: Post, title: str, body: str, *, is_meeting: bool) -> dict[str, Json]:
        """What a hook learns; discreetly, only what sort of thing it is."""
        channel = self._channels.get(post.channel_id)
        kind = "direct" if channel is not None and channel.type in PERSONAL else "mention"
        kind = "meeting" if is_meeting else kind if self._calls(post) else "news"
        facts: dict[str, Json] = {"kind": kind, "count": 1, "title": title}
        if not self.discreet:
            facts |= {
                "sender": self._name(post),
                "channel": safe_line(self._channels.title(post.channel_id), LONGEST_NAME),
                "channel_id": post.channel_id,
                "post_id": post.id,
                "root_id": post.root_id,
                "create_at": post.create_at,
            }
        return facts | ({"text": body} if body else {})

    def _calls(self, post: Post) -> bool:
        """Meetings too: they are too late in a minute."""
        with self._lock:
            return self._heard.get(post.id, True) or self._announces(post) is not None

    def _is_quiet(self) -> bool:
        return is_quiet(self._quiet, self._base.lookups.formats().moment(self._base.clock.now()))

    def _patience(self) -> float:
        return PATIENCE if self._base.lookups.names_settled() else FIRST_PATIENCE

    def _name(self, post: Post) -> str:
        """ "" = not known, or not yet what the person is called here."""
        lookups = self._base.lookups
        if not lookups.names_settled():
            return ""
        author = author_of(
            post,
            lookups.users((post.user_id,)),
            lookups.name_setting(),
            allow_override=lookups.config().flag("EnablePostUsernameOverride"),
        )
        return safe_line(author.name, LONGEST_NAME)

    def _title(self, post: Post, name: str) -> str:
        channel = self._channels.get(post.channel_id)
        if channel is None or channel.type in PERSONAL:
            return words.message(name)
        if not self._calls(post):
            return words.news(name, safe_line(self._channels.title(channel.id), LONGEST_NAME))
        return words.mention(name, safe_line(self._channels.title(channel.id), LONGEST_NAME))

    def _body(self, post: Post) -> str:
        """Posts of plugins may carry secrets in their text: they are never shown."""
        if not self._base.config.notifications.content or post.type.startswith("custom_"):
            return ""
        return plain(post.message, LONGEST_BODY)
