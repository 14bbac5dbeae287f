from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from tui.core.errors import StoreTrouble
from tui.store.troubles import of_sqlite, translated


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("secret text")
    error.sqlite_errorcode = code
    error.sqlite_errorname = "SQLITE_SOMETHING"
    return error


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (sqlite3.SQLITE_FULL, "tele.store.full"),
        (sqlite3.SQLITE_IOERR_WRITE, "tele.store.full"),
        (sqlite3.SQLITE_NOTADB, "tele.store.corrupt"),
        (sqlite3.SQLITE_CORRUPT, "tele.store.corrupt"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "tele.store.locked"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "tele.store.readonly"),
        (sqlite3.SQLITE_IOERR_READ, "tele.store.io"),
        (sqlite3.SQLITE_ERROR, "tele.store.broken"),
    ],
)
def test_codes_have_ids_and_the_message_is_left_out(code: int, expected: str) -> None:
    trouble = of_sqlite(sqlite_error(code))
    assert trouble.id == expected
    assert "secret" not in str(trouble)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, "tele.store.full"),
        (errno.EROFS, "tele.store.readonly"),
        (errno.EACCES, "tele.store.readonly"),
        (errno.ELOOP, "tele.store.owner"),
        (errno.EIO, "tele.store.io"),
    ],
)
def test_system_errors_name_the_path(number: int, expected: str) -> None:
    with pytest.raises(StoreTrouble) as caught, translated():
        raise OSError(number, "no", str(Path("/x/y")))
    assert (caught.value.id, caught.value.detail) == (expected, "/x/y")


def test_errors_of_a_closed_connection_are_translated_too() -> None:
    with pytest.raises(StoreTrouble) as caught, translated():
        raise sqlite3.ProgrammingError("closed")
    assert caught.value.id == "tele.store.broken"
