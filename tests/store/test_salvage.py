from __future__ import annotations

from pathlib import Path

from tests.store.builders import an_item, smash_pages_with, was_killed, write_desk
from tests.support.clock import FakeClock
from tui.core.models import Draft, Target
from tui.store import DeskTx, Store


def fill(dtx: DeskTx) -> None:
    for number in range(20):
        dtx.outbox.add(an_item(f"cid{number:02}", f"unsent {number}"))
    for number in range(100):
        dtx.drafts.put(Draft(Target(f"c{number:04}"), "BROKENDRAFT " * 100))
    dtx.kept.set("team", "t1")


def test_d38_what_a_broken_desk_still_has_is_carried_over(directory: Path, clock: FakeClock) -> None:
    """The pages of the drafts are broken, those of the outbox are not."""
    with Store.open(directory, clock=clock) as store:
        write_desk(store, fill)
    smash_pages_with(directory / "desk.db", b"BROKENDRAFT")
    was_killed(directory)
    with Store.open(directory, clock=clock) as store:
        assert store.warnings == ("tele.store.desk_corrupt",)
        assert [item.cid for item in store.outbox.all()] == [f"cid{n:02}" for n in range(20)]
        assert [item.seq for item in store.outbox.all()] == list(range(1, 21))
        assert store.kept.get("team") == "t1"
