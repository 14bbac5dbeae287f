"""One SQLite database: built, opened, checked, migrated, and set aside when it is broken.

A new file is built under another name and renamed when it is whole, so that an empty file in the right place
is always a loss and never a beginning.

Invariant: what `open_writer` returns is at the newest schema version and passed the checks asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.core.errors import StoreTrouble
from tui.core.ids import Millis
from tui.core.values import dataclass
from tui.store import files, salvage, schema
from tui.store.troubles import of_sqlite, translated

BUSY_MS = 5_000
WAL_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where and how a database is kept."""

    kind: str
    """cache or desk; names the file and the migrations."""
    path: Path | None = None
    """None = in memory."""
    memory_name: str = ""
    wal: bool = True
    durable: bool = False
    """Every commit is on the disk before it is reported (synchronous=FULL)."""

    def uri(self, mode: str) -> str:
        if self.path is None:
            return f"file:/teleteam-{self.memory_name}-{self.kind}?vfs=memdb"
        return f"{self.path.absolute().as_uri()}?mode={mode}"


class Database:
    """A database and the troubles it had; connections are made here and owned by their users."""

    def __init__(
        self, place: Place, now: Callable[[], Millis], steps: Sequence[schema.Migration] | None = None
    ) -> None:
        self.place = place
        self.generation = 0
        """Grows when the file was replaced: connections of an older one must be reopened."""
        self.troubles: list[tuple[str, str]] = []
        """(id, path) of what was found and mended."""
        self._now = now
        self._steps = tuple(steps) if steps is not None else schema.migrations(place.kind)

    def open_writer(self, *, check: bool = False) -> sqlite3.Connection:
        """The one writing connection. `check` reads every page first (0.1 s per 100 MB).

        Raises StoreTrouble: .owner, .newer, .full, .io; a broken file is set aside and begun anew.
        """
        path = self.place.path
        with translated():
            if path is None:
                return self._prepare(self._connect("rwc"))
            if path.is_symlink() or path.exists():
                self._inspect(path)
            if not path.exists():
                self._build(path)
            try:
                return self._checked(self._connect("rw"), check)
            except sqlite3.DatabaseError as error:
                if of_sqlite(error).id != "tele.store.corrupt":
                    raise
            self._replace(path)
            return self._checked(self._connect("rw"), False)

    def rebuild(self) -> sqlite3.Connection:
        """Set a file that broke while in use aside and begin anew; the old writer must be closed."""
        with translated():
            if self.place.path is not None and self.place.path.exists():
                self._replace(self.place.path)
        connection = self.open_writer()
        self.generation += 1
        return connection

    def open_reader(self) -> sqlite3.Connection:
        """A read-only connection; may be closed by another thread."""
        with translated():
            connection = self._connect("ro")
            connection.execute("PRAGMA query_only = ON")
            return connection

    def checkpoint(self, connection: sqlite3.Connection) -> None:
        """Move all of the WAL into the database and empty it.

        Raises StoreTrouble("tele.store.locked") where a reader holds on to it for longer than BUSY_MS.
        """
        if self.place.path is None or not self.place.wal:
            return
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StoreTrouble("tele.store.locked", self.place.kind)

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.place.uri(mode),
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _inspect(self, path: Path) -> None:
        if files.inspect(path):
            self._note("mode", path)
        if path.stat().st_size == 0:
            self._set_aside(path)

    def _build(self, path: Path) -> None:
        building = path.with_name(path.name + ".new")
        files.discard(building)
        files.make_file(building)
        connection = sqlite3.connect(building, isolation_level=None)
        try:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            schema.migrate(connection, self._steps)
        finally:
            connection.close()
        building.rename(path)

    def _checked(self, connection: sqlite3.Connection, check: bool) -> sqlite3.Connection:
        try:
            if check and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise _corrupt()
            return self._prepare(connection)
        except (sqlite3.Error, StoreTrouble):
            connection.close()
            raise

    def _prepare(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA cache_size = -8000")
        if self.place.path is not None:
            connection.execute(f"PRAGMA journal_mode = {'WAL' if self.place.wal else 'DELETE'}")
            connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
        connection.execute(f"PRAGMA synchronous = {'FULL' if self.place.durable else 'NORMAL'}")
        self._migrate(connection)
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        path = self.place.path
        backup = path.with_name(f"{path.name}.before-{self._steps[-1].number}") if path else None
        schema.migrate(connection, self._steps, backup)
        if backup is not None and self.place.kind == "cache":
            backup.unlink(missing_ok=True)

    def _replace(self, path: Path) -> None:
        aside = self._set_aside(path)
        self._build(path)
        if self.place.kind == "desk":
            salvage.carry_over(aside, path)

    def _set_aside(self, path: Path) -> Path:
        aside = files.set_aside(path, self._now())
        self._note("corrupt", aside)
        return aside

    def _note(self, what: str, path: Path) -> None:
        self.troubles.append((f"tele.store.{self.place.kind}_{what}", str(path)))


def _corrupt() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("quick_check")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error
