from __future__ import annotations

import sqlite3
from contextlib import closing

from tui.store.access import Work
from tui.store.transactions import CacheReaders, DeskReaders, DeskTx, Tx


def test_every_noun_that_can_be_read_can_be_written() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        work = Work(connection)
        assert vars(Tx(work)).keys() - {"give_way"} == vars(CacheReaders(work)).keys()
        assert vars(DeskTx(work)).keys() == vars(DeskReaders(work)).keys()
