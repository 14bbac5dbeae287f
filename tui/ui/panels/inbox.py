"""Catch-up and threads: lists in the side panel from which things are read, put off and followed.

Invariant: what a key does here can be taken back until the list is left; only then the server hears of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from tui.client.catch_up import CatchUpItem, Kind
from tui.core.models import Thread
from tui.core.unread import Unread
from tui.settings.i18n import _, ngettext
from tui.ui.keys import bindings_of
from tui.ui.messages import ChannelChosen, Failed, PostChosen, ThreadChosen
from tui.ui.panels.hits import Hits
from tui.ui.shared import Shared
from tui.ui.widgets.hit_rows import HitRow

SETTLE_AFTER = 30.0
"""Seconds after the last key here until the server is told."""


class Inbox(Hits):
    """Contexts `panel` and `inbox` of the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("panel"), *bindings_of("inbox")]

    def action_do_read(self) -> None:
        """The row is read."""

    def action_do_later(self) -> None:
        """The row goes down until something new comes."""

    def action_do_read_all(self) -> None:
        """All rows are read."""

    def action_do_undo(self) -> None:
        """The last key here did nothing."""

    def action_do_follow(self) -> None:
        """Follows the row's thread, or no longer."""


class ThreadInbox(Inbox):
    """Threads that I follow, those with something new first."""

    def __init__(self, shared: Shared, to_row: Callable[[Thread], HitRow | None]) -> None:
        nothing = _("You follow no thread yet. Press f on a message.")
        super().__init__(shared, self._rows, empty=nothing, id="threads")
        self._to_row = to_row
        self._undo: list[tuple[Thread, ...]] = []

    def _rows(self) -> Sequence[HitRow]:
        found = (self._to_row(thread) for thread in self._shared.client.threads.inbox())
        return [row for row in found if row is not None]

    def action_do_open(self) -> None:
        if (row := self.list.cursor_row) is not None:
            self.post_message(ThreadChosen(row.post_id))

    def action_do_read(self) -> None:
        if (row := self.list.cursor_row) is not None:
            self._read([row.post_id])

    def action_do_read_all(self) -> None:
        self._read([row.post_id for row in self.list.rows])

    def action_do_undo(self) -> None:
        if self._undo:
            self._shared.client.threads.undo_read(self._undo.pop())
            self.read()

    def action_do_follow(self) -> None:
        row = self.list.cursor_row
        if row is None:
            return
        threads = self._shared.client.threads
        asked = threads.follow(row.post_id, not threads.is_followed(row.post_id))
        asked.add_done_callback(lambda done: None if done.cancelled() else self._told(done.exception()))

    def settle(self) -> None:
        """The server hears of what was read here."""
        steps, self._undo = self._undo, []
        for before in steps:
            self._shared.client.threads.tell_read(before)

    def _told(self, error: BaseException | None) -> None:
        if error is not None and self.is_attached:
            self.app.call_later(self.post_message, Failed(error))

    def _read(self, root_ids: Sequence[str]) -> None:
        before = self._shared.client.threads.read_here(root_ids)
        if before:
            self._undo.append(before)
            self.set_timer(SETTLE_AFTER, self.settle)


class CatchUpList(Inbox):
    """Everything unread: mentions, threads, channels."""

    class Told(Message):
        """A sentence for the status line; safe."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared, self._rows, empty=_("Everything is read."), id="catch-up")
        self._items: dict[str, CatchUpItem] = {}
        self._quiet: Timer | None = None

    @property
    def item(self) -> CatchUpItem | None:
        return self._items.get(self.list.cursor_key)

    def _rows(self) -> Sequence[HitRow]:
        items = self._shared.client.catch_up.items()
        self._items = {item.key: item for item in items}
        return [self._row(item) for item in items]

    def _row(self, item: CatchUpItem) -> HitRow:
        name = self._shared.client.people.name(item.user_id) if item.user_id else ""
        name = "" if name == item.title else name
        return HitRow(
            post_id=item.id,
            channel_id=item.channel_id,
            user_id=item.user_id,
            name=_heading(item),
            channel="" if item.kind is Kind.CHANNEL else self._shared.client.channels.named(item.channel_id),
            at=item.at,
            message=f"{name}: {item.message}" if name and item.message else item.message,
            note=_note(item),
            ident=item.key,
        )

    def action_do_open(self) -> None:
        item = self.item
        if item is None:
            return
        match item.kind:
            case Kind.MENTION:
                self.post_message(PostChosen(item.id))
            case Kind.THREAD:
                self.post_message(ThreadChosen(item.id))
            case Kind.CHANNEL:
                self.post_message(ChannelChosen(item.channel_id))

    def action_do_read(self) -> None:
        if (item := self.item) is not None:
            self._shared.client.catch_up.read(item)
            self._done()

    def action_do_later(self) -> None:
        item = self.item
        if item is None:
            return
        keys = list(self._items)
        below = keys[keys.index(item.key) + 1 :]
        self._shared.client.catch_up.put_off(item)
        self._done()
        if below:  # the row goes down, the eye stays
            self.list.move_to(below[0])

    def action_do_read_all(self) -> None:
        count = self._shared.client.catch_up.read_all().count
        if count:
            words = ngettext("{n} is read now; u takes it back.", "{n} are read now; u takes it back.", count)
            self.post_message(self.Told(words.format(n=count)))
        self._done()

    def action_do_undo(self) -> None:
        before = self._items
        if not self._shared.client.catch_up.undo():
            self.post_message(self.Told(_("There is nothing to take back.")))
        self._done()
        back = next((key for key, item in self._items.items() if _is_back(item, before.get(key))), "")
        if back:  # else it may come back above what is in sight
            self.list.move_to(back)

    def action_do_follow(self) -> None:
        item = self.item
        if item is not None and item.kind is Kind.THREAD:
            self._shared.client.threads.follow(item.id, False)

    def settle(self) -> None:
        self._shared.client.catch_up.settle()

    def _done(self) -> None:
        self.read()
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(SETTLE_AFTER, self.settle)


def _is_back(item: CatchUpItem, before: CatchUpItem | None) -> bool:
    """Whether taking back has brought the item back: it was gone, or put off."""
    return before is None or (before.later and not item.later)


def _heading(item: CatchUpItem) -> str:
    match item.kind:
        case Kind.MENTION:
            return _("Mention")
        case Kind.THREAD:
            return _("Thread")
        case Kind.CHANNEL:
            return item.title


def _note(item: CatchUpItem) -> str:
    words = [unread_words(item.unread), _("later") if item.later else ""]
    return " · ".join(word for word in words if word)


def unread_words(unread: Unread) -> str:
    """`2 mentions · 5 new`, "" for nothing."""
    words = []
    if unread.mentions:
        n = unread.mentions
        words.append(ngettext("{n} mention", "{n} mentions", n).format(n=n))
    if unread.messages:
        words.append(_("{n} new").format(n=unread.messages))
    return " · ".join(words)
