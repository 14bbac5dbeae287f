"""The store of one account: what the client reads at once, and what it must never lose.

`Store.open` never fails for want of a disk: it falls back to memory, or to reading only, and says so in
`warnings`.

Invariant: a reader never sees half an event; Changes are published only after COMMIT.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from tui.core.changes import Change
from tui.core.errors import StoreTrouble
from tui.core.ids import Millis
from tui.core.ports import Clock
from tui.store import files, purge
from tui.store.courtesy import Courtesy
from tui.store.lease import BEAT, Holder
from tui.store.opening import Opened, Wish, open_store
from tui.store.readers import Readers
from tui.store.transactions import CacheReaders, DeskReaders, DeskTx, Tx
from tui.store.watch import Watch
from tui.store.writer import Line, Writer

T = TypeVar("T")
DAY_MS = 86_400_000

log = logging.getLogger(__name__)
Subscriber = Callable[[tuple[Change, ...]], None]


class Store(CacheReaders, DeskReaders):
    """Readers by noun (`store.posts.newest(…)`), writing by `write` and `write_desk`."""

    @classmethod
    def open(
        cls,
        directory: Path | None,
        *,
        clock: Clock,
        memory: bool = False,
        keep_days: int | None = None,
        filesystem: files.Filesystem = files.filesystem_of,
        host: str = "",
    ) -> Store:
        """Open, or begin, the store of one account in `directory`.

        `memory`: nothing touches the disk. `keep_days`: None = keep all posts, 0 = the cache lives in memory
        only, N = posts older than N days are dropped now. The desk is on disk in all three. `filesystem` and
        `host` say where we are, for tests. Raises StoreTrouble("tele.store.owner") for files that are not
        ours or are links.
        """
        wish = Wish(
            None if memory else directory,
            clock.now,
            clock.new_id(),
            cache_in_memory=keep_days == 0,
            filesystem=filesystem,
            host=host,
        )
        store = cls(open_store(wish))
        if keep_days and not store.read_only:
            store.forget_before(clock.now() - keep_days * DAY_MS)
        return store

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._subscribers: tuple[Subscriber, ...] = ()
        self._closed = False
        self._courtesy = Courtesy()
        self._cache = Readers(opened.cache, lambda number: self._on_broken(self._cache_line, number))
        self._desk = Readers(opened.desk, lambda number: self._on_broken(self._desk_line, number))
        CacheReaders.__init__(self, self._cache)
        DeskReaders.__init__(self, self._desk)
        self._cache_line, self._desk_line = self._make_lines()
        self._writer = self._start_writer()
        self._watch = self._start_watch()

    @property
    def read_only(self) -> bool:
        """Another instance writes, or the files are of a later teleteam."""
        return self._opened.read_only

    @property
    def holder(self) -> Holder | None:
        """Who writes, where it is not us."""
        return self._opened.holder

    @property
    def warnings(self) -> tuple[str, ...]:
        """Ids of what the person should know: tele.store.memory, .second, .other_host, .newer, .network_fs,
        .mode, .cache_corrupt, .desk_corrupt, .cache_mode, .desk_mode."""
        return tuple(dict.fromkeys(note for note, _ in self._notes()))

    @property
    def details(self) -> dict[str, str]:
        """The path or host that belongs to each warning."""
        return dict(self._notes())

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Be called on the writer thread after each COMMIT that changed something; returns how to end it."""
        self._subscribers += (subscriber,)

        def unsubscribe() -> None:
            self._subscribers = tuple(known for known in self._subscribers if known is not subscriber)

        return unsubscribe

    def snapshot(self) -> AbstractContextManager[None]:
        """Within it, all that this thread reads of the cache is of one commit. Wait for nothing inside."""
        return self._cache.snapshot()

    def write(self, work: Callable[[Tx], T], *, durable: bool = False) -> Future[T]:
        """Run `work` on the writer thread in one transaction on the cache.

        The Future has its result after COMMIT (`durable`: after it is on the disk), or what it raised, or
        StoreTrouble (.full, .corrupt, .io …); then nothing of it was written. Raises
        StoreTrouble("tele.store.readonly") or .closed at once.
        """
        return self._submit(self._cache_line, work, durable=durable)

    def write_desk(self, work: Callable[[DeskTx], T]) -> Future[T]:
        """As `write`, on the desk; always on the disk before the Future is done."""
        return self._submit(self._desk_line, work, durable=True)

    def make_way(self) -> None:
        """The person did something: what can wait rests for a moment. Never waits itself."""
        self._courtesy.ask()

    def give_way(self) -> None:
        """Waits for some milliseconds where the person did something just now; not for the UI's thread."""
        self._courtesy.give_way()

    def forget_before(self, cutoff: Millis) -> Future[int]:
        """Drop posts made before `cutoff`, unreadably; the Future has their number."""
        line = self._require(self._cache_line)
        return self._writer.submit(line, lambda line: purge.forget_before(line, cutoff), alone=True)

    def wipe_cache(self) -> Future[None]:
        """Forget everything but the desk (log-out): no text is left in the files afterwards."""
        line = self._require(self._cache_line)
        return self._writer.submit(line, purge.wipe, alone=True)

    def flush(self) -> None:
        """Wait until everything queued so far is committed."""
        for line in (self._cache_line, self._desk_line):
            if line is not None and not self.read_only:
                self._writer.submit(line, lambda _tx: None).result()

    def close(self) -> None:
        """Commit what is queued, close everything, give the lease back. May be called twice."""
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        if self._watch is not None:
            self._watch.close()
        self._cache.close()
        self._desk.close()
        for connection in self._connections():
            connection.close()
        if self._opened.lease is not None:
            self._opened.lease.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _make_lines(self) -> tuple[Line | None, Line | None]:
        if self.read_only:
            return None, None
        opened = self._opened
        return (
            Line(opened.cache, Tx, opened.connections["cache"], self._courtesy.give_way),
            Line(opened.desk, DeskTx, opened.connections["desk"]),
        )

    def _start_writer(self) -> Writer:
        lease = self._opened.lease
        shared = lease is not None and lease.shared
        writer = Writer(
            [line for line in (self._desk_line, self._cache_line) if line is not None],
            self._publish,
            beat=lease.beat if lease is not None and shared else None,
            beat_seconds=BEAT,
        )
        if not self.read_only:
            writer.start()
        return writer

    def _start_watch(self) -> Watch | None:
        if not self.read_only:
            return None
        watch = Watch([self._opened.cache, self._opened.desk], self._publish)
        watch.start()
        return watch

    def _submit(self, line: Line | None, work: Callable[..., T], *, durable: bool) -> Future[T]:
        return self._writer.submit(self._require(line), work, durable=durable)

    def _require(self, line: Line | None) -> Line:
        if line is None:
            raise StoreTrouble("tele.store.readonly")
        return line

    def _on_broken(self, line: Line | None, generation: int) -> None:
        if line is not None:
            self._writer.mend(line, generation)

    def _publish(self, changes: tuple[Change, ...]) -> None:
        for subscriber in self._subscribers:
            try:
                subscriber(changes)
            except Exception as error:  # noqa: BLE001 (task boundary: a watcher must not stop the writer)
                log.error("a subscriber failed: %s", type(error).__name__)

    def _notes(self) -> list[tuple[str, str]]:
        return [*self._opened.notes, *self._opened.cache.troubles, *self._opened.desk.troubles]

    def _connections(self) -> list[sqlite3.Connection]:
        lines = [line.connection for line in (self._cache_line, self._desk_line) if line is not None]
        return lines or list(self._opened.connections.values())
