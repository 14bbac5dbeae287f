"""The display rules on recorded states of a real Syncthing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.syncthing_recordings import ALICE, BOB, FOLDER, answers, config, statuses
from tui.core import folder_wire as wire
from tui.core.folder_rules import (
    WEEK_MS,
    completion_percent,
    folder_state,
    is_conflict,
    scan_percent,
    seconds_left,
    snapshot,
    sync_percent,
)
from tui.core.folders import (
    Completion,
    Connection,
    DeviceConfig,
    DeviceState,
    FileError,
    FoldersData,
    FolderState,
    FolderStatus,
    Light,
    Scan,
)

NOW = 1_795_460_000_000
IDLE = FolderStatus(state="idle")


@pytest.mark.parametrize(
    ("name", "index", "changes", "expected"),
    [
        ("05-share-step2-accept-folder", 0, {}, FolderState.UP_TO_DATE),
        ("10-syncing", 0, {}, FolderState.SYNCING),
        ("11-scanning", 0, {}, FolderState.SCANNING),
        ("12-unshared", 0, {"device_ids": (ALICE,)}, FolderState.UNSHARED),
        ("13-folder-paused", 0, {"paused": True}, FolderState.PAUSED),
        ("13-folder-paused", 0, {}, FolderState.UNKNOWN),
        ("15-device-disconnected-midsync", 1, {}, FolderState.OUT_OF_SYNC),
        ("16-pull-errors", 0, {}, FolderState.OUT_OF_SYNC),
        ("17-scan-error", 0, {}, FolderState.FAILED_ITEMS),
        ("18-folder-error-marker-and-path-missing", 0, {}, FolderState.STOPPED),
        ("19-conflict", 0, {}, FolderState.UP_TO_DATE),
        ("20-receive-only-local-additions", 0, {"type": "receiveonly"}, FolderState.LOCAL_ADDITIONS),
        ("20-receive-only-local-additions", 0, {"type": "receiveencrypted"}, FolderState.UNEXPECTED_ITEMS),
        ("22-send-only-override", 0, {"type": "sendonly"}, FolderState.OUT_OF_SYNC),
        ("24-not-enough-space", 0, {}, FolderState.OUT_OF_SYNC),
    ],
)
def test_state_of_each_recorded_folder(
    name: str, index: int, changes: dict[str, object], expected: FolderState
) -> None:
    assert folder_state(config(**changes), statuses(name)[index]) is expected


def test_states_of_newer_versions_are_known_and_foreign_ones_unknown() -> None:
    assert folder_state(config(), replace(IDLE, state="starting")) is FolderState.STARTING
    assert folder_state(config(), replace(IDLE, state="levitating")) is FolderState.UNKNOWN
    assert folder_state(config(), None) is FolderState.UNKNOWN


def test_sync_percent() -> None:
    assert sync_percent(statuses("10-syncing")[0]) == 27
    assert sync_percent(IDLE) == 100
    assert sync_percent(FolderStatus(need_total_items=2)) == 95
    nearly = FolderStatus(need_total_items=1, need_bytes=1, in_sync_bytes=999, global_bytes=1000)
    assert sync_percent(nearly) == 99


def test_scan_percent_never_says_hundred() -> None:
    assert scan_percent(Scan(9663676416, 9663676417)) == 99
    assert scan_percent(Scan(0, 0)) == 0
    assert seconds_left(Scan(0, 100, 0.0)) is None
    assert seconds_left(Scan(0, 101, 10.0)) == 20


def test_completion_over_nothing_shared_is_nothing_to_do() -> None:
    assert completion_percent([]) == 100
    assert completion_percent([Completion(need_deletes=1, global_bytes=5)]) == 95
    assert completion_percent([Completion(global_bytes=100, need_bytes=1)]) == 99


def test_conflict_names() -> None:
    assert is_conflict("Texte/brief.sync-conflict-20261123-170102-RXUDE7N.txt")
    assert not is_conflict("Texte/brief.sync-conflict.txt")


def _data(**changes: object) -> FoldersData:
    base = FoldersData(
        my_id=BOB,
        folders={FOLDER: config()},
        devices={ALICE: DeviceConfig(ALICE, "alice-laptop"), BOB: DeviceConfig(BOB, "bob-server")},
        statuses={FOLDER: replace(IDLE, global_bytes=100)},
        connections={ALICE: Connection(connected=True, type="tcp-client"), BOB: Connection()},
        last_seen={ALICE: NOW},
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_all_well() -> None:
    shown = snapshot(_data(), NOW)
    assert shown.light is Light.OK
    assert [d.name for d in shown.devices] == ["alice-laptop"]
    assert shown.folders[0].shared_with == 1


def test_sync_wins_over_trouble_in_the_light() -> None:
    data = _data(statuses={FOLDER: statuses("10-syncing")[0]}, pending_devices={"X": "fremd"})
    assert snapshot(data, NOW).light is Light.SYNC


@pytest.mark.parametrize(
    "changes",
    [
        {"pending_devices": {"X": "fremd"}},
        {"pending_folders": {("X", "f"): "Angebote"}},
        {"notices": 1},
        {"restart_required": True},
        {"connections": {}},
        {"conflicts": {FOLDER: frozenset({"a.sync-conflict-20261123-170102-RXUDE7N.txt"})}},
        {"statuses": {FOLDER: FolderStatus(state="idle", errors=1)}},
    ],
)
def test_what_needs_attention(changes: dict[str, object]) -> None:
    assert snapshot(_data(**changes), NOW).light is Light.ATTENTION


def test_all_devices_paused() -> None:
    paused = {ALICE: DeviceConfig(ALICE, "alice-laptop", paused=True), BOB: DeviceConfig(BOB, "bob-server")}
    shown = snapshot(_data(devices=paused), NOW)
    assert (shown.devices[0].state, shown.light) == (DeviceState.PAUSED, Light.PAUSED)


def test_missing_items_of_an_absent_device_are_a_wait_not_an_error() -> None:
    name = "15-device-disconnected-midsync"
    errors = wire.file_errors(answers(name, "folder/errors")[0].get("errors"))
    data = _data(
        statuses={FOLDER: statuses(name)[1]},
        errors={
            FOLDER: (
                *errors,
                FileError("Plan.pdf", "no connected device has the required version of this file"),
            )
        },
        connections={ALICE: Connection(), BOB: Connection()},
    )
    view = snapshot(data, NOW).folders[0]
    assert view.waits_for == ("alice-laptop",)
    assert all("no connected device" not in error.error for error in view.errors)


def test_inactive_after_a_week() -> None:
    away = {ALICE: Connection(), BOB: Connection()}
    assert snapshot(_data(connections=away), NOW).devices[0].state is DeviceState.DISCONNECTED
    assert snapshot(_data(connections=away), NOW + WEEK_MS).devices[0].state is DeviceState.INACTIVE


def test_relay_is_told() -> None:
    relayed = {ALICE: Connection(connected=True, type="relay-client"), BOB: Connection()}
    assert snapshot(_data(connections=relayed), NOW).devices[0].relayed
