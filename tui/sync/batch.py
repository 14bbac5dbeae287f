"""One transaction's worth of events: what the writers of `apply*` work on, and what they leave to be done.

Invariant: a writer never waits for the server; what it lacks it notes in `Aftermath`, to be fetched later.
"""

from __future__ import annotations

from dataclasses import field

from tui.core.changes import Change
from tui.core.dialogs import IntegrationDialog
from tui.core.events import Typing
from tui.core.ids import ChannelId, Cid, Millis, PostId, TeamId, UserId
from tui.core.models import Post
from tui.core.values import dataclass
from tui.store import Tx
from tui.sync import marks
from tui.sync.memory import Memory


@dataclass(slots=True)
class Needs:
    """What is to be fetched because something mentioned it, or said that it changed. Merged, never
    ordered."""

    users: set[UserId] = field(default_factory=set)
    usernames: set[str] = field(default_factory=set)
    channels: set[ChannelId] = field(default_factory=set)
    roots: set[PostId] = field(default_factory=set)
    categories: set[TeamId] = field(default_factory=set)
    teams: bool = False
    team_unreads: bool = False
    config: bool = False
    people: bool = False
    """Some users changed; the event did not say which."""
    preferences: bool = False
    threads: bool = False

    def add(self, other: Needs) -> None:
        self.users |= other.users
        self.usernames |= other.usernames
        self.channels |= other.channels
        self.roots |= other.roots
        self.categories |= other.categories
        self.teams |= other.teams
        self.team_unreads |= other.team_unreads
        self.config |= other.config
        self.people |= other.people
        self.preferences |= other.preferences
        self.threads |= other.threads

    def __bool__(self) -> bool:
        return self != Needs()


@dataclass(slots=True)
class Aftermath:
    """What a batch leaves behind for the net lane."""

    needs: Needs = field(default_factory=Needs)
    own: list[tuple[Cid, Post]] = field(default_factory=list)
    """Posts of mine that carry a uuid of the outbox: the server has them."""
    typing: list[Typing] = field(default_factory=list)
    wrote: list[tuple[ChannelId, PostId, UserId]] = field(default_factory=list)
    """Who posted where (channel, root, author): they type no longer."""
    ephemerals: list[Post] = field(default_factory=list)
    dialogs: list[IntegrationDialog] = field(default_factory=list)
    """Forms that integrations want filled in now."""
    withdrawn: set[PostId] = field(default_factory=set)
    """Posts edited or deleted that may be ephemeral ones."""
    seen: set[ChannelId] = field(default_factory=set)
    """Channels that got posts while on screen: the server is to be told that they were read."""
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class Batch:
    """`me` is my user id."""

    tx: Tx
    me: UserId
    memory: Memory
    after: Aftermath = field(default_factory=Aftermath)
    newest: Millis = 0
    """Newest server time mentioned in it."""

    def need_user(self, user_id: UserId) -> None:
        if user_id and user_id not in self.memory.known_users:
            self.after.needs.users.add(user_id)

    def saw(self, at: Millis) -> None:
        self.newest = max(self.newest, at)

    def close(self) -> None:
        """Writes what the batch as a whole has proved."""
        if self.newest > marks.number(self.tx, marks.SERVER_TIME):
            self.tx.marks.set(marks.SERVER_TIME, str(self.newest))
