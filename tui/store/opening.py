"""Finding out what can be opened, and how: on disk or in memory, writing or only reading.

What cannot be kept on the disk (no home, read-only, full) is kept in memory and said; what is not ours, or a
link, is refused. A second instance, and an older teleteam before newer files, may read.

Invariant: no path leads to two writers of one file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import field
from pathlib import Path

from tui.core.errors import StoreTrouble
from tui.core.ids import Millis
from tui.core.values import dataclass
from tui.store import files, lease, schema
from tui.store.database import Database, Place
from tui.store.lease import Holder, Lease, Refused

_TO_MEMORY = frozenset({"tele.store.full", "tele.store.io", "tele.store.readonly", "tele.store.locked"})
CACHE_FILE, DESK_FILE, LEASE_FILE = "cache.db", "desk.db", "lease"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for."""

    directory: Path | None
    """None = memory only."""
    now: Callable[[], Millis]
    memory_name: str
    cache_in_memory: bool = False
    filesystem: files.Filesystem = files.filesystem_of
    host: str = ""


@dataclass(slots=True)
class Opened:
    """What came of it."""

    cache: Database
    desk: Database
    connections: dict[str, sqlite3.Connection]
    """By kind; those of files that are only read are missing."""
    read_only: bool = False
    lease: Lease | None = None
    holder: Holder | None = None
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Warnings as (id, path or host)."""


def open_store(wish: Wish) -> Opened:
    """Open both databases. Raises StoreTrouble("tele.store.owner", path) for what is not ours."""
    notes: list[tuple[str, str]] = []
    if wish.directory is None:
        return _open(wish, None, notes)
    try:
        taken = _take(wish, wish.directory, notes)
    except StoreTrouble as trouble:
        if trouble.id not in _TO_MEMORY:
            raise
        notes.append(("tele.store.memory", trouble.detail))
        return _open(wish, None, notes)
    if isinstance(taken, Refused):
        return _open_for_reading(wish, wish.directory, notes, taken.holder)
    try:
        return _open(wish, taken, notes)
    except StoreTrouble as trouble:
        taken.release(clean=taken.previous.clean)
        if trouble.id != "tele.store.newer":
            raise
        notes.append((trouble.id, trouble.detail))
        return _open_for_reading(wish, wish.directory, notes, None)


def _take(wish: Wish, directory: Path, notes: list[tuple[str, str]]) -> Lease | Refused:
    if files.private_directory(directory):
        notes.append(("tele.store.mode", str(directory)))
    shared = files.is_shared(wish.filesystem(directory))
    if shared:
        notes.append(("tele.store.network_fs", str(directory)))
    return lease.acquire(directory / LEASE_FILE, wish.now(), shared=shared, host=wish.host)


def _places(wish: Wish, directory: Path | None, wal: bool) -> tuple[Place, Place]:
    cache = directory / CACHE_FILE if directory and not wish.cache_in_memory else None
    desk = directory / DESK_FILE if directory else None
    return (
        Place("cache", cache, wish.memory_name, wal),
        Place("desk", desk, wish.memory_name, wal, durable=True),
    )


def _open(wish: Wish, taken: Lease | None, notes: list[tuple[str, str]]) -> Opened:
    wal = taken is not None and not taken.shared
    check = taken is not None and not taken.previous.clean
    connections: dict[str, sqlite3.Connection] = {}
    try:
        databases = [
            _open_one(wish, place, check, connections, notes)
            for place in reversed(_places(wish, wish.directory if taken else None, wal))
        ]
    except StoreTrouble:
        for connection in connections.values():
            connection.close()
        raise
    return Opened(databases[1], databases[0], connections, lease=taken, notes=notes)


def _open_one(
    wish: Wish,
    place: Place,
    check: bool,
    connections: dict[str, sqlite3.Connection],
    notes: list[tuple[str, str]],
) -> Database:
    database = Database(place, wish.now)
    try:
        connections[place.kind] = database.open_writer(check=check)
    except StoreTrouble as trouble:
        if trouble.id not in _TO_MEMORY or place.path is None:
            raise
        notes.append(("tele.store.memory", str(place.path)))
        return _in_memory(wish, place, connections)
    return database


def _in_memory(wish: Wish, place: Place, connections: dict[str, sqlite3.Connection]) -> Database:
    database = Database(Place(place.kind, None, wish.memory_name), wish.now)
    connections[place.kind] = database.open_writer()
    return database


def _open_for_reading(
    wish: Wish, directory: Path, notes: list[tuple[str, str]], holder: Holder | None
) -> Opened:
    if holder is not None:
        other = holder.host not in ("", wish.host or lease.host_name())
        notes.append(("tele.store.other_host" if other else "tele.store.second", holder.host))
    connections: dict[str, sqlite3.Connection] = {}
    cache, desk = (_readable(wish, place, connections) for place in _places(wish, directory, wal=True))
    return Opened(cache, desk, connections, read_only=True, holder=holder, notes=notes)


def _readable(wish: Wish, place: Place, connections: dict[str, sqlite3.Connection]) -> Database:
    """The file as it is, or an empty one in memory where there is none to read."""
    if place.path is None or not place.path.exists():
        return _in_memory(wish, place, connections)
    files.inspect(place.path)
    database = Database(place, wish.now)
    try:
        probe = database.open_reader()
        try:
            schema.version_of(probe)
        finally:
            probe.close()
    except (sqlite3.Error, StoreTrouble):
        return _in_memory(wish, place, connections)
    return database
