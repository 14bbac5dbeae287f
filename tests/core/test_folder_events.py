"""Recorded event runs, replayed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_folder_wire import JSON
from tests.support.syncthing_recordings import ALICE, BOB, FOLDER, config, events
from tui.core import folder_wire as wire
from tui.core.folder_events import EVENT_MASK, NOTHING, Reload, apply
from tui.core.folder_rules import folder_state, snapshot
from tui.core.folders import DeviceConfig, FoldersData, FolderState, FolderStatus
from tui.core.models import Json

START = FoldersData(
    my_id=BOB,
    folders={FOLDER: config(), "archiv": config(id="archiv", device_ids=(ALICE,))},
    devices={ALICE: DeviceConfig(ALICE, "alice-laptop"), BOB: DeviceConfig(BOB, "bob-server")},
    statuses={FOLDER: FolderStatus(state="idle")},
)


def replay(name: str, key: str, data: FoldersData = START) -> tuple[FoldersData, list[FolderState], Reload]:
    """Knowledge after the run, the states passed through, and all that was to be asked again."""
    states, reload = [], NOTHING
    for event in events(name, key):
        data, more = apply(data, wire.text(event, "type"), wire.obj(event.get("data")))
        reload |= more
        states.append(folder_state(data.folders[FOLDER], data.statuses.get(FOLDER)))
    return data, states, reload


def test_a_whole_sync_ends_up_to_date() -> None:
    data, states, reload = replay("10-syncing", "events_B_whole_run")
    assert FolderState.SYNCING in states
    assert states[-1] is FolderState.UP_TO_DATE
    assert reload.stats
    assert data.statuses[FOLDER].need_total_items == 0


def test_a_scan_shows_its_progress_and_forgets_it() -> None:
    data, _, _ = replay("11-scanning", "events_A")
    scans = [
        apply(START, "FolderScanProgress", wire.obj(e.get("data")))[0].scans["archiv"]
        for e in events("11-scanning", "events_A")
        if wire.text(e, "type") == "FolderScanProgress"
    ]
    assert scans[0].rate == 0.0
    assert scans[-1].rate > 0
    restarted, _ = apply(data, "StateChanged", {"folder": "archiv", "from": "idle", "to": "scanning"})
    assert "archiv" not in restarted.scans


def test_pausing_and_resuming() -> None:
    data, states, _ = replay("13-folder-paused", "events_B")
    assert FolderState.PAUSED in states
    assert not data.folders[FOLDER].paused


def test_a_stopped_folder_carries_its_reason() -> None:
    seen = START
    reasons = set()
    for event in events("18-folder-error-marker-and-path-missing", "events_B"):
        seen, _ = apply(seen, wire.text(event, "type"), wire.obj(event.get("data")))
        reasons.add(seen.statuses[FOLDER].error)
    assert any("folder marker missing" in reason for reason in reasons)
    assert any("folder path missing" in reason for reason in reasons)


def test_a_conflict_copy_is_found_by_its_name() -> None:
    for side in ("disk_events_A", "disk_events_B"):
        data, _, _ = replay("19-conflict", side)
        assert data.conflicts[FOLDER] == {"LIESMICH.sync-conflict-20261123-170131-DJVUQGA.txt"}
        gone = {
            "folder": FOLDER,
            "action": "deleted",
            "path": "LIESMICH.sync-conflict-20261123-170131-DJVUQGA.txt",
        }
        after, _ = apply(data, "RemoteChangeDetected", gone)
        assert after.conflicts[FOLDER] == frozenset()


def test_trap_config_saved_carries_the_key_and_is_never_read() -> None:
    data, reload = apply(START, "ConfigSaved", {"gui": {"apiKey": "geheim"}})
    assert (data, reload) == (START, Reload(config=True, pending=True))


def test_unknown_events_change_nothing() -> None:
    assert apply(START, "ItemStarted", {"folder": FOLDER}) == (START, NOTHING)


@given(st.sampled_from(EVENT_MASK.split(",")), JSON)
def test_no_payload_raises(kind: str, payload: Json) -> None:
    data, _ = apply(START, kind, wire.obj(payload))
    snapshot(data, 0)
