"""Event rings and counters of the pretended Syncthing."""

from __future__ import annotations

from tui.demo.folders import RING, Events, Folder, total


def test_each_mask_counts_for_itself_from_its_first_request() -> None:
    events = Events()
    events.ring("StateChanged,FolderSummary")
    events.add("StateChanged", {}, 0)
    late = events.ring("FolderSummary,StateChanged,Nonsense")
    events.add("FolderSummary", {}, 0)
    first = events.ring("FolderSummary,StateChanged")
    assert [event["id"] for event in first.after(0, 0)] == [1, 2]
    assert [(event["id"], event["globalID"]) for event in late.after(0, 0)] == [(1, 2)]


def test_the_ring_forgets_and_the_limit_keeps_the_last() -> None:
    events = Events()
    ring = events.ring("")
    for number in range(RING + 5):
        events.add("StateChanged", number, 0)
    events.add("LocalChangeDetected", {}, 0)
    assert ring.after(0, 0)[0]["id"] == 6
    assert [event["id"] for event in ring.after(0, 1)] == [RING + 5]


def test_counters_of_a_folder() -> None:
    folder = Folder("x", "X", "/x", files=10, bytes=1000, need_files=1, need_bytes=250)
    status = folder.status()
    assert (status["inSyncBytes"], status["needTotalItems"]) == (750, 1)
    assert folder.completion()["completion"] == 75.0
    folder.paused = True
    assert (folder.status()["state"], folder.status()["globalBytes"]) == ("", 0)
    assert total([])["completion"] == 0.0
