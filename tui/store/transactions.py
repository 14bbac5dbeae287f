"""What a piece of work gets: the writers of all nouns over one open transaction.

Invariant: everything a Tx writes becomes visible at once, or not at all.
"""

from __future__ import annotations

from tui.store.access import Source, Work
from tui.store.categories import CategoryReader, CategoryWriter
from tui.store.channels import ChannelReader, ChannelWriter
from tui.store.config import CommandReader, CommandWriter, ConfigReader, ConfigWriter
from tui.store.drafts import DraftReader, DraftWriter, ReadPositionReader, ReadPositionWriter
from tui.store.intervals import IntervalReader, IntervalWriter
from tui.store.marks import MarkReader, MarkWriter
from tui.store.memberships import MembershipReader, MembershipWriter
from tui.store.outbox import OutboxReader, OutboxWriter
from tui.store.posts import PostReader, PostWriter
from tui.store.preferences import PreferenceReader, PreferenceWriter
from tui.store.teams import TeamReader, TeamUnreadReader, TeamUnreadWriter, TeamWriter
from tui.store.threads import ThreadReader, ThreadWriter
from tui.store.users import StatusReader, StatusWriter, UserReader, UserWriter


class Tx:
    """The cache. Each noun reads what this transaction has written so far."""

    def __init__(self, work: Work) -> None:
        self.give_way = work.give_way
        self.posts = PostWriter(work)
        self.intervals = IntervalWriter(work)
        self.channels = ChannelWriter(work)
        self.memberships = MembershipWriter(work)
        self.categories = CategoryWriter(work)
        self.teams = TeamWriter(work)
        self.team_unreads = TeamUnreadWriter(work)
        self.users = UserWriter(work)
        self.statuses = StatusWriter(work)
        self.preferences = PreferenceWriter(work)
        self.threads = ThreadWriter(work)
        self.config = ConfigWriter(work)
        self.commands = CommandWriter(work)
        self.marks = MarkWriter(work)


class DeskTx:
    """The desk: what the person made."""

    def __init__(self, work: Work) -> None:
        self.outbox = OutboxWriter(work)
        self.drafts = DraftWriter(work)
        self.read_positions = ReadPositionWriter(work)
        self.kept = MarkWriter(work, "kept")


class CacheReaders:
    """The readers of the cache; any thread."""

    def __init__(self, cache: Source) -> None:
        self.posts = PostReader(cache)
        self.intervals = IntervalReader(cache)
        self.channels = ChannelReader(cache)
        self.memberships = MembershipReader(cache)
        self.categories = CategoryReader(cache)
        self.teams = TeamReader(cache)
        self.team_unreads = TeamUnreadReader(cache)
        self.users = UserReader(cache)
        self.statuses = StatusReader(cache)
        self.preferences = PreferenceReader(cache)
        self.threads = ThreadReader(cache)
        self.config = ConfigReader(cache)
        self.commands = CommandReader(cache)
        self.marks = MarkReader(cache)


class DeskReaders:
    """The readers of the desk; any thread."""

    def __init__(self, desk: Source) -> None:
        self.outbox = OutboxReader(desk)
        self.drafts = DraftReader(desk)
        self.read_positions = ReadPositionReader(desk)
        self.kept = MarkReader(desk, "kept")
