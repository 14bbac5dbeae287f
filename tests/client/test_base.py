from __future__ import annotations

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.core.errors import StoreTrouble
from tui.store import DeskTx


def test_a_write_that_nobody_waits_for_is_told_when_it_fails(desk: Desk) -> None:
    def full(_desk: DeskTx) -> None:
        raise StoreTrouble("tele.store.full")

    desk.client.base.note(full)
    notice = wait_until(desk.client.notices)[0]
    assert (notice.kind, notice.key) == ("error", "tele.store.full")
    assert "disk is full" in notice.text
