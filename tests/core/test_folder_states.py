"""Each recorded state of a real Syncthing with its figures and its German name; shapes of 2.x."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.syncthing_recordings import ALICE, BOB, FOLDER, answers, config, events, statuses
from tui.client.wording.folders import problem
from tui.client.wording.states import folder_state as words
from tui.core import folder_wire as wire
from tui.core.folder_events import apply, apply_all
from tui.core.folder_rules import conflict_of, not_accepted, snapshot
from tui.core.folders import Completion, Connection, DeviceConfig, FoldersData, FolderView
from tui.core.ports import FolderEvent
from tui.settings import i18n

NOW = 1_795_460_000_000


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("de")
    yield
    i18n.set_language(before)


def data_of(name: str, index: int, **changes: object) -> FoldersData:
    return FoldersData(
        my_id=BOB,
        folders={FOLDER: config(**changes)},
        devices={ALICE: DeviceConfig(ALICE, "alice"), BOB: DeviceConfig(BOB, "bob")},
        statuses={FOLDER: statuses(name)[index]},
        connections={ALICE: Connection(connected=True, type="tcp-client")},
    )


def view_of(name: str, index: int, **changes: object) -> FolderView:
    return snapshot(data_of(name, index, **changes), NOW).folders[0]


@pytest.mark.parametrize(
    ("name", "index", "changes", "label", "need", "failed"),
    [
        ("05-share-step2-accept-folder", 0, {}, "Aktuell", 0, 0),
        ("10-syncing", 0, {}, "Wird synchronisiert", 1, 0),
        ("11-scanning", 0, {}, "Scannen", 0, 0),
        ("12-unshared", 0, {"device_ids": (ALICE,)}, "Ungeteilt", 0, 0),
        ("13-folder-paused", 0, {"paused": True}, "Pausiert", 0, 0),
        ("13-folder-paused", 0, {}, "Unbekannt", 0, 0),
        ("15-device-disconnected-midsync", 1, {}, "Nicht synchronisiert", 1, 1),
        ("16-pull-errors", 0, {}, "Nicht synchronisiert", 1, 1),
        ("17-scan-error", 0, {}, "Fehlgeschlagene Elemente", 0, 1),
        ("18-folder-error-marker-and-path-missing", 0, {}, "Gestoppt", 0, 0),
        ("20-receive-only-local-additions", 0, {"type": "receiveonly"}, "Lokal hinzugefügte Elemente", 0, 0),
    ],
)
def test_recorded_state_with_figures_and_german_name(
    name: str, index: int, changes: dict[str, object], label: str, need: int, failed: int
) -> None:
    view = view_of(name, index, **changes)
    assert words(view.state) == label
    assert (view.need_items, view.failed_items) == (need, failed)


def test_the_stopped_folder_asks_for_the_drive() -> None:
    view = view_of("18-folder-error-marker-and-path-missing", 0)
    assert "eingehängt" in problem(view.error)


def test_running_transfers_by_file_and_the_empty_end() -> None:
    data = data_of("10-syncing", 0)
    for d in events("10-syncing", "download_progress_events_B"):
        data, _reload = apply(data, "DownloadProgress", wire.obj(d.get("data")))
        if data.transfers:
            assert all(0 <= t.done <= t.total for t in data.transfers[FOLDER])
    assert "Schulung.mp4" in str(events("10-syncing", "download_progress_events_B"))
    assert apply(data, "DownloadProgress", {})[0].transfers == {}


def test_recent_changes_name_who_and_conflicts_who_won() -> None:
    data = data_of("19-conflict", 0)
    for d in events("19-conflict", "disk_events_B"):
        at = wire.millis(wire.text(d, "time"))
        data, _reload = apply(data, wire.text(d, "type"), wire.obj(d.get("data")), at)
    shown = snapshot(data, NOW)
    assert {c.who for c in shown.changes} == {"alice", "bob"}
    assert shown.changes[0].at >= shown.changes[-1].at > 0
    conflict = shown.folders[0].conflict_copies[0]
    assert (conflict.original, conflict.winner, conflict.made) == (
        "LIESMICH.txt",
        BOB[:7],
        "20261123-170131",
    )


def test_no_conflict_in_an_ordinary_name() -> None:
    assert conflict_of("brief.sync-conflict-heute.txt") is None
    assert conflict_of("a/.syncthing.b.sync-conflict-20261123-170131-DJVUQGA.txt.tmp") is None


def test_a_burst_of_completions_is_put_in_together() -> None:
    data = data_of("10-syncing", 0)
    burst = [
        FolderEvent(n, "FolderCompletion", {"device": ALICE, "folder": f"f{n % 7}", "needBytes": n})
        for n in range(1, 1001)
    ]
    after, _reload = apply_all(data, burst)
    assert len(after.completions) == 7
    assert after.completions[ALICE, f"f{1000 % 7}"].need_bytes == 1000


def test_trap_completion_100_of_a_peer_that_never_accepted_by_both_versions() -> None:
    assert not_accepted(Completion(global_items=3, sequence=0))
    assert not not_accepted(Completion(global_items=3, sequence=9))
    assert not_accepted(Completion(global_items=3, sequence=9, remote_state="notSharing"))
    assert not not_accepted(Completion(global_items=3, sequence=0, remote_state="valid"))
    data = data_of("05-share-step2-accept-folder", 0)
    data = FoldersData(
        my_id=BOB,
        folders=data.folders,
        devices=data.devices,
        statuses=data.statuses,
        connections=data.connections,
        completions={(ALICE, FOLDER): Completion(global_items=3, global_bytes=10)},
    )
    shown = snapshot(data, NOW)
    assert shown.folders[0].not_accepted == ("alice",)
    assert shown.devices[0].not_accepted == ("Projekte",)


def test_shapes_of_2x() -> None:
    """Documented, not recorded: a fixed field set, several connections, no entry for the own device."""
    status = wire.folder_status(
        {
            "state": "starting",
            "error": "",
            "watchError": "",
            "receiveOnlyTotalItems": 0,
            "remoteSequence": {ALICE: 12},
            "needTotalItems": 0,
            "errors": 0,
        }
    )
    rows = wire.connections(
        {
            "connections": {
                ALICE: {
                    "connected": True,
                    "type": "relay-client",
                    "isLocal": False,
                    "address": "192.0.2.7:22067",
                    "inBytesTotal": 5,
                    "primary": {"type": "relay-client"},
                    "secondary": [{"type": "quic-client"}],
                }
            },
            "total": {},
        }
    )
    data = FoldersData(
        my_id=BOB,
        folders={FOLDER: config()},
        devices={ALICE: DeviceConfig(ALICE, "alice")},
        statuses={FOLDER: status},
        connections=rows,
    )
    shown = snapshot(data, NOW)
    assert words(shown.folders[0].state) == "Startet"
    assert shown.devices[0].relayed
    assert answers("28-event-masks", "/rest/events") is not None
