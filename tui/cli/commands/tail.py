"""`teleteam tail`: messages as they come, of all channels or of some, until it is interrupted.

Invariant: each message is printed once; what was there before the command began is not.
"""

from __future__ import annotations

import queue
from collections.abc import Iterable

from tui.cli.commands.read import know_authors, show
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.session import Session, open_session
from tui.cli.target import find, parse
from tui.client.hub import Changes
from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, PostId
from tui.core.intervals import Anchor
from tui.core.models import Post, Target

MOST_AT_ONCE = 200
LOOK_SECONDS = 1.0
"""How often it is looked whether the session has ended."""


def run(context: Context) -> int:
    """Prints from now on; ends when the person interrupts it or the session is over."""
    site = context.account().url
    wanted = [parse(text, site) for text in context.options.targets]
    with open_session(context) as session:
        tail = Tail(session, [find(session, one) for one in wanted])
        session.verdict()
        while session.state.kind != "signed_out":
            posts = tail.wait(LOOK_SECONDS)
            know_authors(session, posts)
            show(context, session, posts, channel=True)
            context.output.flush()
        return Exit.SIGNED_OUT


class Tail:
    """What is new since it was made, in the given channels and threads (none given = all)."""

    def __init__(self, session: Session, targets: Iterable[Target] = ()) -> None:
        self._store = session.client.base.store
        self._targets = frozenset(targets)
        self._heard: queue.SimpleQueue[ChannelId] = queue.SimpleQueue()
        self._printed: set[PostId] = set()
        self._start: dict[ChannelId, Anchor] = {}
        for channel in self._store.channels.all():
            newest = self._store.posts.newest_anchor(channel.id) or (0, "")
            self._start[channel.id] = max(newest, (channel.last_post_at, "~"))
        session.client.subscribe(self._hear)

    def wait(self, seconds: float) -> list[Post]:
        """The next new posts, oldest first; [] where none came within `seconds`."""
        try:
            heard = {self._heard.get(timeout=seconds)}
        except queue.Empty:
            return []
        while not self._heard.empty():
            heard.add(self._heard.get())
        return sorted((p for c in heard for p in self._new(c)), key=lambda post: (post.create_at, post.id))

    def _hear(self, changes: Changes) -> None:
        for change in changes:
            if change.kind is ChangeKind.POSTS:
                self._heard.put(change.channel_id)

    def _new(self, channel_id: ChannelId) -> list[Post]:
        """Posts of a channel after its start that have not been printed."""
        channels = [channel_id] if channel_id else list(self._start)
        found: list[Post] = []
        for one in channels:
            newer = self._store.posts.newest(one, MOST_AT_ONCE)
            start = self._start.get(one, (0, ""))
            found += [post for post in newer if (post.create_at, post.id) > start and self._is_wanted(post)]
        self._printed.update(post.id for post in found)
        return found

    def _is_wanted(self, post: Post) -> bool:
        if post.id in self._printed or post.delete_at:
            return False
        places = {Target(post.channel_id), Target(post.channel_id, post.root_id or post.id)}
        return not self._targets or bool(places & self._targets)
