"""Which steps count as done, by what each version of Syncthing tells."""

from __future__ import annotations

import re

import pytest

from tui.core.folder_acts import FileState, Item
from tui.core.folders import Completion, FolderStatus
from tui.core.sharing import Arrival, Checklist, Step, arrival_of, has_accepted, new_folder_id, steps_done

IDLE = FolderStatus(state="idle")
THERE = Completion(global_items=3, sequence=4)


def test_a_peer_that_never_accepted_has_completion_100_and_is_not_done() -> None:
    """Trap of 1.19: completion 100, needBytes 0, sequence 0."""
    never = Completion(global_items=3, sequence=0)
    assert not has_accepted(never)
    done = steps_done(known=True, connected=True, shared=True, status=IDLE, completion=never)
    assert Checklist(done).next is Step.ACCEPTED


@pytest.mark.parametrize(("state", "said"), [("valid", True), ("paused", False), ("notSharing", False)])
def test_newer_versions_say_it(state: str, said: bool) -> None:
    assert has_accepted(Completion(sequence=0 if said else 9, remote_state=state)) is said


def test_each_step_in_its_order() -> None:
    steps = {"known": False, "connected": False, "shared": False}
    seen = [Checklist(steps_done(**steps, status=None, completion=None)).next]
    for name in steps:
        steps[name] = True
        seen.append(Checklist(steps_done(**steps, status=None, completion=None)).next)
    assert seen == [Step.DEVICE, Step.CONNECTED, Step.SHARED, Step.ACCEPTED]
    assert Checklist(steps_done(**steps, status=IDLE, completion=THERE)).complete


@pytest.mark.parametrize(
    ("status", "completion"),
    [
        (FolderStatus(state="syncing"), THERE),
        (FolderStatus(state="idle", need_total_items=1), THERE),
        (FolderStatus(state="error"), THERE),
        (IDLE, Completion(global_items=3, sequence=4, need_items=1)),
        (IDLE, Completion(global_items=3, sequence=4, need_deletes=1)),
    ],
)
def test_not_synchronised_while_anything_is_missing(status: FolderStatus, completion: Completion) -> None:
    done = steps_done(known=True, connected=True, shared=True, status=status, completion=completion)
    assert Checklist(done).next is Step.SYNCED


def test_away_is_not_synchronised() -> None:
    done = steps_done(known=True, connected=False, shared=True, status=IDLE, completion=THERE)
    assert Checklist(done).next is Step.CONNECTED


def test_what_a_file_state_means() -> None:
    assert arrival_of(FileState()) is Arrival.UNANNOUNCED
    assert arrival_of(FileState(cluster=Item("a"))) is Arrival.ON_THE_WAY
    assert arrival_of(FileState(cluster=Item("a", deleted=True))) is Arrival.GONE
    assert arrival_of(FileState(cluster=Item("a"), ignored=True)) is Arrival.IGNORED


def test_folder_ids_look_like_syncthings() -> None:
    assert re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", new_folder_id([n / 10 for n in range(10)]))
