"""Events in any order, once or twice, mixed with pages of any age, lead to the server's own state."""

from __future__ import annotations

import random
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.memory_server import Connection, MemoryServer
from tests.support.quick_clock import QuickClock
from tui.core import events
from tui.core.frames import Event, parse_frame
from tui.core.models import Post, PostPage
from tui.store import Store
from tui.sync import marks, pages
from tui.sync.apply import apply
from tui.sync.batch import Aftermath
from tui.sync.memory import Memory

ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["post", "post", "reply", "edit", "delete", "react", "unreact", "pin"]),
        st.integers(0, 5),
        st.sampled_from(["tada", "+1"]),
    ),
    min_size=1,
    max_size=14,
)


@dataclass
class Told:
    """What a server told: each event with the step it belongs to, and its posts after each step."""

    server: MemoryServer
    events: list[tuple[int, Event]]
    pages: list[dict[str, Post]]


def lived(actions: list[tuple[str, int, str]]) -> Told:
    """A server on which these things happened."""
    server = MemoryServer(QuickClock())
    server.add_channel("town")
    tape = _Tape(server)
    told = Told(server, [], [dict(server.posts)])
    for step, (kind, which, emoji) in enumerate(actions, 1):
        _act(server, kind, which, emoji)
        told.events += [(step, event) for event in tape.read()]
        told.pages.append(server.alive("town"))
    return told


class _Tape:
    """Reads what the server emits, without a socket."""

    def __init__(self, server: MemoryServer) -> None:
        self._connection = Connection("c")
        server.connections["c"] = self._connection
        self._read = 0

    def read(self) -> list[Event]:
        fresh = [parse_frame(text) for seq, text in self._connection.history if seq >= self._read]
        self._read = self._connection.next_seq
        return [event for event in fresh if isinstance(event, Event)]


def _act(server: MemoryServer, kind: str, which: int, emoji: str) -> None:
    posts = list(server.alive("town").values())
    post = posts[which % len(posts)] if posts else None
    if kind == "post" or post is None:
        server.say("town", f"text {server.at}", mention=which == 0)
    elif kind == "reply":
        root = post.root_id or post.id
        server.say("town", "a reply", root_id=root)
    elif kind == "edit":
        server.edit(post.id, f"edited {server.at}")
    elif kind == "delete":
        server.delete(post.id)
    elif kind == "react":
        server.react(post.id, emoji)
    elif kind == "unreact":
        server.unreact(post.id, emoji)
    else:
        server.pin(post.id, not post.is_pinned)


class Here:
    """A store in memory with the writers over it."""

    def __init__(self, server: MemoryServer) -> None:
        self.store = Store.open(None, clock=server.clock, memory=True)
        self.memory = Memory()
        member, channel = server.members["town"], server.channels["town"]
        first = MemoryServer(QuickClock())
        first.add_channel("town")
        empty = first.channels["town"]
        assert (member.channel_id, channel.id) == ("town", "town")
        self.store.write(lambda tx: tx.channels.put([empty])).result()
        self.store.write(lambda tx: tx.memberships.put([first.members["town"]])).result()

    def apply(self, *happened: Event) -> Aftermath:
        memory = self.memory
        return self.store.write(lambda tx: apply(tx, happened, me="me", memory=memory, resume=None)).result()

    def page(self, posts: dict[str, Post], held: pages.Held) -> None:
        order = sorted(posts.values(), key=pages.anchor, reverse=True)
        page = PostPage(tuple(post.id for post in order), posts)
        self.store.write(lambda tx: pages.put_page(tx, "town", page, held, at_start=True)).result()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ACTIONS, st.randoms(use_true_random=False))
def test_b20_any_interleaving_leads_to_the_same_state(
    actions: list[tuple[str, int, str]], chance: random.Random
) -> None:
    told = lived(actions)
    here = Here(told.server)
    try:
        _deliver(told, here, chance)
        mine = {post.id: post for post in here.store.posts.newest("town", 1000)}
        theirs = told.server.alive("town")
        assert _seen(mine) == _seen(theirs)
        channel = here.store.channels.get("town")
        assert channel is not None
        assert channel.total_msg_count == told.server.channels["town"].total_msg_count
        membership = here.store.memberships.get("town")
        assert membership is not None
        assert membership.mention_count == told.server.members["town"].mention_count
    finally:
        here.store.close()


def _seen(posts: dict[str, Post]) -> dict[str, object]:
    return {
        post.id: (
            post.message,
            post.is_pinned,
            post.edit_at,
            frozenset((one.user_id, one.emoji_name) for one in post.reactions),
        )
        for post in posts.values()
    }


def _deliver(told: Told, here: Here, chance: random.Random) -> None:
    """Every event at least once, in any order; questions asked and answered at any time between.

    A server answers no earlier than it was asked: an answer knows all that was heard before.
    """
    waiting = [*told.events, *chance.sample(told.events, chance.randint(0, len(told.events)))]
    chance.shuffle(waiting)
    known = 0
    asked: list[tuple[int, pages.Held]] = []
    while waiting or asked:
        what = chance.random()
        if waiting and what < 0.6:
            batch = [waiting.pop() for _ in range(min(len(waiting), chance.randint(1, 3)))]
            known = max([known, *(step for step, _ in batch)])
            here.apply(*(event for _, event in batch))
        elif waiting and what < 0.8:
            answered_after = chance.randint(known, len(told.pages) - 1)
            asked.append((answered_after, pages.held(here.store, "town")))
        elif asked:
            step, held = asked.pop(chance.randrange(len(asked)))
            known = max(known, step)
            here.page(told.pages[step], held)


def one(here: Here, body: events.EventBody) -> Aftermath:
    return here.apply(Event(1, body))


def test_the_resume_mark_is_written_with_the_events_it_counts() -> None:
    told = lived([("post", 0, "")])
    here = Here(told.server)
    mark = marks.SocketMark("c1", 5)
    batch = [event for _, event in told.events]
    here.store.write(lambda tx: apply(tx, batch, me="me", memory=here.memory, resume=mark)).result()
    assert marks.read_socket(here.store) == mark
    assert len(here.store.posts.newest("town", 10)) == 1
    here.store.close()


def test_an_event_twice_counts_once() -> None:
    told = lived([("post", 0, "")])
    here = Here(told.server)
    for _ in range(3):
        here.apply(*(event for _, event in told.events))
    channel, membership = here.store.channels.get("town"), here.store.memberships.get("town")
    assert channel is not None
    assert membership is not None
    assert (channel.total_msg_count, membership.mention_count) == (1, 1)
    here.store.close()


def test_unknown_authors_and_channels_become_needs() -> None:
    told = lived([("post", 0, "")])
    here = Here(told.server)
    after = here.apply(*(event for _, event in told.events))
    assert after.needs.users == {"bob"}
    elsewhere = Post("p", "nowhere", "eve", create_at=5, update_at=5)
    after = one(here, events.Posted(elsewhere))
    assert after.needs.channels == {"nowhere"}
    assert here.store.posts.get("p") is not None
    after = one(here, events.Posted(elsewhere, team_id="other team"))
    assert (after.needs.channels, after.needs.team_unreads) == (set(), True)
    here.store.close()
