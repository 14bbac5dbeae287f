"""What SQLite and the operating system complain about, as `core.errors.StoreTrouble`.

Invariant: no SQL, no row and no message text becomes part of an error.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tui.core.errors import StoreTrouble

_BY_CODE = {
    sqlite3.SQLITE_FULL: "tele.store.full",
    sqlite3.SQLITE_CORRUPT: "tele.store.corrupt",
    sqlite3.SQLITE_NOTADB: "tele.store.corrupt",
    sqlite3.SQLITE_BUSY: "tele.store.locked",
    sqlite3.SQLITE_LOCKED: "tele.store.locked",
    sqlite3.SQLITE_READONLY: "tele.store.readonly",
    sqlite3.SQLITE_CANTOPEN: "tele.store.io",
    sqlite3.SQLITE_PERM: "tele.store.owner",
    sqlite3.SQLITE_IOERR: "tele.store.io",
}
_BY_EXTENDED_CODE = {
    sqlite3.SQLITE_IOERR_WRITE: "tele.store.full",  # EDQUOT and EFBIG arrive as this, only ENOSPC as FULL
    sqlite3.SQLITE_IOERR_FSYNC: "tele.store.full",
    sqlite3.SQLITE_IOERR_TRUNCATE: "tele.store.full",
    sqlite3.SQLITE_IOERR_SHMSIZE: "tele.store.full",
    sqlite3.SQLITE_IOERR_SHORT_READ: "tele.store.corrupt",
}
_BY_ERRNO = {
    errno.ENOSPC: "tele.store.full",
    errno.EDQUOT: "tele.store.full",
    errno.EFBIG: "tele.store.full",
    errno.EROFS: "tele.store.readonly",
    errno.EACCES: "tele.store.readonly",
    errno.EPERM: "tele.store.owner",
    errno.ELOOP: "tele.store.owner",
}


def of_sqlite(error: sqlite3.Error) -> StoreTrouble:
    """The StoreTrouble that `error` means; its detail is SQLite's own name for the code."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    found = _BY_EXTENDED_CODE.get(code) or _BY_CODE.get(code & 0xFF, "tele.store.broken")
    return StoreTrouble(found, name)


def of_system(error: OSError) -> StoreTrouble:
    """The StoreTrouble that a failed file operation means; its detail is the path."""
    return StoreTrouble(_BY_ERRNO.get(error.errno or 0, "tele.store.io"), str(error.filename or ""))


@contextmanager
def translated() -> Iterator[None]:
    """Within it, every sqlite3.Error and OSError leaves as a StoreTrouble."""
    try:
        yield
    except sqlite3.Error as error:
        raise of_sqlite(error) from error
    except OSError as error:
        raise of_system(error) from error
