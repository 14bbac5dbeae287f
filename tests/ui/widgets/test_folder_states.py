"""Each recorded state of a real Syncthing 1.19.2 as it is drawn: row, figures and German name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import pytest

from tests.support.syncthing_recordings import ALICE, BOB, FOLDER, HERE, answers, config, recording, statuses
from tests.ui.bare import LOOK
from tui.client.wording.states import device_state, folder_state
from tui.core import folder_wire as wire
from tui.core.folder_rules import snapshot
from tui.core.folders import (
    DeviceConfig,
    DeviceState,
    DeviceView,
    FoldersData,
    FoldersSnapshot,
    FolderState,
    FolderView,
)
from tui.settings import i18n
from tui.settings.formats import Formats
from tui.ui.widgets.folder_lines import PageLine, device_lines, folder_lines
from tui.ui.widgets.folder_rows import DeviceRow, FolderPainter, FolderRow, Row, rows_of
from tui.ui.widgets.folder_signs import DEVICE_SIGNS, FOLDER_SIGNS

NOW = 1_795_460_000_000
CAROL = "P56IOI7-MZJNU2Y-IQGDREY-DM2MGTI-MGL3BXN-PQ6W5BM-TBBZ4TJ-XZWICQ2"


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("de")
    yield
    i18n.set_language(before)


def drawn(row: Row, width: int = 60) -> str:
    painter = FolderPainter(Formats("de"))
    painter.now = NOW
    return "\n".join("".join(s.text for s in line).rstrip() for line in painter.paint(row, width, LOOK))


def page(lines: Iterator[PageLine]) -> str:
    return "\n".join(f"{line.term}: {line.words}" for line in lines)


def recorded(name: str, index: int, **changes: object) -> FoldersSnapshot:
    """What the panel makes of one recorded `db/status`, with the errors of the same recording."""
    data = FoldersData(
        my_id=BOB,
        folders={FOLDER: config(**changes)},
        devices={ALICE: DeviceConfig(ALICE, "alice"), BOB: DeviceConfig(BOB, "bob")},
        statuses={FOLDER: statuses(name)[index]},
    )
    errors = [e for d in answers(name, "/rest/folder/errors") for e in wire.file_errors(d.get("errors"))]
    return snapshot(replace(data, errors={FOLDER: tuple(errors)}), NOW)


Case: TypeAlias = tuple[str, int, dict[str, object], tuple[str, ...]]
CASES: list[Case] = [
    ("05-share-step2-accept-folder", 0, {}, ("✓ Projekte", "Aktuell")),
    ("10-syncing", 0, {}, ("↕ Projekte", "%", "1 Datei fehlt")),
    ("11-scanning", 0, {}, ("◌ Projekte", "Scannen")),
    ("12-unshared", 0, {"device_ids": (BOB,)}, ("Projekte", "Ungeteilt")),
    ("13-folder-paused", 0, {"paused": True}, ("= Projekte", "Pausiert")),
    ("13-folder-paused", 0, {}, ("Projekte", "Unbekannt")),
    (
        "15-device-disconnected-midsync",
        1,
        {},
        ("! Projekte", "%", "1 Datei fehlt", "1 Datei fehlgeschlagen"),
    ),
    ("16-pull-errors", 0, {}, ("! Projekte", "darf das nicht lesen", "1 Datei fehlgeschlagen")),
    ("17-scan-error", 0, {}, ("! Projekte", "Fehlgeschlagene Elemente", "darf das nicht lesen")),
    ("18-folder-error-marker-and-path-missing", 0, {}, ("! Projekte", "Gestoppt", "eingehängt")),
    ("19-conflict", 0, {}, ("✓ Projekte", "Aktuell")),
    ("20-receive-only-local-additions", 0, {"type": "receiveonly"}, ("+ Projekte", "nur hier")),
    ("20-receive-only-local-additions", 0, {"type": "receiveencrypted"}, ("Unerwartete Elemente",)),
    ("22-send-only-override", 0, {"type": "sendonly"}, ("! Projekte", "99 %", "1 Datei fehlt, 54 B")),
    ("22-send-only-override", 1, {"type": "sendonly"}, ("✓ Projekte", "Aktuell")),
    ("24-not-enough-space", 0, {}, ("! Projekte", "platz.txt", "zu wenig Platz")),
    ("04-share-step1-create-folder", 0, {}, ("✓ Projekte", "Aktuell")),
    ("05-share-step2-accept-folder", 1, {}, ("✓ Projekte", "Aktuell")),
    ("10-syncing", 1, {}, ("✓ Projekte", "Aktuell")),
    ("10-syncing", 2, {}, ("↕ Projekte", "%", "1 Datei fehlt")),
    ("13-folder-paused", 1, {}, ("✓ Projekte", "Aktuell")),
    ("15-device-disconnected-midsync", 0, {}, ("↕ Projekte", "%", "1 Datei fehlt")),
    ("15-device-disconnected-midsync", 2, {}, ("! Projekte", "%", "1 Datei fehlt")),
    ("16-pull-errors", 1, {}, ("✓ Projekte", "Aktuell")),
    ("17-scan-error", 1, {}, ("✓ Projekte", "Aktuell")),
    ("18-folder-error-marker-and-path-missing", 1, {}, ("! Projekte", "Gestoppt", "Verzeichnis")),
    ("18-folder-error-marker-and-path-missing", 2, {}, ("✓ Projekte", "Aktuell")),
    ("20-receive-only-local-additions", 1, {"type": "receiveonly"}, ("1 Element nur hier",)),
    ("20-receive-only-local-additions", 2, {"type": "receiveonly"}, ("✓ Projekte", "Aktuell")),
    ("21-ignores", 0, {}, ("! Projekte", "Gestoppt", "Muster")),
    ("21-ignores", 1, {}, ("✓ Projekte", "Aktuell")),
    ("24-not-enough-space", 1, {}, ("✓ Projekte", "Aktuell")),
    ("26-config-edge-cases", 0, {"device_ids": (BOB,)}, ("Projekte", "Ungeteilt")),
]


def test_every_recorded_status_of_a_folder_is_drawn_below() -> None:
    there = {
        (path.stem, index)
        for path in HERE.glob("*-*.json")
        for index in range(len([d for d in answers(path.stem, "/rest/db/status") if "state" in d]))
    }
    assert len(there) > 25
    assert there == {(name, index) for name, index, _changes, _parts in CASES}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("02-pairing-step1-add-device", "device"),
        ("30-pending-device-dismiss-and-ignore", "device"),
        ("04-share-step1-create-folder", "folder"),
        ("25-pending-folder-dismiss-and-ignore", "folder"),
    ],
)
def test_what_was_recorded_as_waiting_is_drawn(name: str, kind: str) -> None:
    found = next(d for d in answers(name, f"/rest/cluster/pending/{kind}s") if d)
    if kind == "device":
        data = FoldersData(pending_devices={i: wire.text(wire.obj(d), "name") for i, d in found.items()})
    else:
        offers = {f: wire.obj(wire.obj(d).get("offeredBy")) for f, d in found.items()}
        pairs = {(i, f): wire.text(wire.obj(o), "label") for f, by in offers.items() for i, o in by.items()}
        data = FoldersData(pending_folders=pairs)
    rows = [drawn(row) for row in rows_of(snapshot(data, NOW)) if row.key.startswith("pending:")]
    assert len(rows) == 1
    assert ("alice-laptop möchte sich verbinden" if kind == "device" else "wird angeboten") in rows[0]


@pytest.mark.parametrize(("name", "index", "changes", "parts"), CASES)
def test_recorded_folder_as_a_row(
    name: str, index: int, changes: dict[str, object], parts: tuple[str, ...]
) -> None:
    view = recorded(name, index, **changes).folders[0]
    row = drawn(FolderRow(view), 200)
    assert [part for part in parts if part not in row] == []
    assert all(len(line) <= 32 for line in drawn(FolderRow(view), 32).splitlines())


def test_24_no_space_says_what_to_do_on_the_page() -> None:
    found = recorded("24-not-enough-space", 0)
    text = page(folder_lines(found.folders[0], found, Formats("de"), NOW))
    assert "current 30.06 % < required 99.9 %" in text
    assert "Schaff Platz" in text or "zu wenig Platz" in text


def test_14_a_paused_device() -> None:
    connections = wire.connections(dict(answers("14-device-paused", "/rest/system/connections")[0]))
    body = answers("14-device-paused", "/rest/config/devices")[0]
    data = FoldersData(
        my_id=ALICE,
        folders={FOLDER: config()},
        devices={BOB: replace(wire.device_config(body), paused=True)},
        connections=connections,
    )
    view = snapshot(data, NOW).devices[0]
    assert view.state is DeviceState.PAUSED
    assert drawn(DeviceRow(view)).startswith("= bob-server")
    assert drawn(DeviceRow(view)).endswith("Pausiert")


def unreachable() -> FoldersData:
    """What is known of Carol, who has an address where nobody listens."""
    row = answers("31-device-unreachable", "/rest/system/connections")[0]["carol"]
    added = wire.obj(wire.items(recording("31-device-unreachable")["exchanges"])[0]["request_body"])
    return FoldersData(
        my_id=ALICE,
        folders={FOLDER: config(device_ids=(ALICE, CAROL))},
        devices={CAROL: wire.device_config(added)},
        connections=wire.connections({"connections": {CAROL: row}}),
        dials=wire.system_status(answers("31-device-unreachable", "/rest/system/status")[0]).dials,
    )


def test_31_why_a_device_is_not_reached_stands_in_the_row_and_on_the_page() -> None:
    found = snapshot(unreachable(), NOW)
    assert "dort antwortet kein Syncthing" in drawn(DeviceRow(found.devices[0]))
    text = page(device_lines(found.devices[0], found, Formats("de"), NOW))
    assert "Versucht: tcp://127.0.0.1:22199, " in text
    assert "Der Rechner ist an, aber" in text
    assert "dial tcp 127.0.0.1:22199: connect: connection refused" in text
    assert "22102" not in text  # another device's


def test_31_a_device_that_nobody_reaches_was_never_seen() -> None:
    found = snapshot(unreachable(), NOW)
    assert found.devices[0].state in (DeviceState.DISCONNECTED, DeviceState.INACTIVE)
    assert drawn(DeviceRow(found.devices[0])).startswith("○ carol")
    text = page(device_lines(found.devices[0], found, Formats("de"), NOW))
    assert "Zuletzt gesehen: nie" in text
    assert CAROL in text


GERMAN = {
    FolderState.PAUSED: "Pausiert",
    FolderState.UNKNOWN: "Unbekannt",
    FolderState.STOPPED: "Gestoppt",
    FolderState.SCANNING: "Scannen",
    FolderState.SCAN_WAITING: "Wartet auf das Scannen",
    FolderState.SYNC_WAITING: "Wartet auf das Synchronisieren",
    FolderState.SYNC_PREPARING: "Synchronisation wird vorbereitet",
    FolderState.SYNCING: "Wird synchronisiert",
    FolderState.CLEANING: "Versionen werden bereinigt",
    FolderState.CLEAN_WAITING: "Wartet auf das Bereinigen",
    FolderState.STARTING: "Startet",
    FolderState.OUT_OF_SYNC: "Nicht synchronisiert",
    FolderState.FAILED_ITEMS: "Fehlgeschlagene Elemente",
    FolderState.LOCAL_ADDITIONS: "Lokal hinzugefügte Elemente",
    FolderState.UNEXPECTED_ITEMS: "Unerwartete Elemente",
    FolderState.UNSHARED: "Ungeteilt",
    FolderState.UP_TO_DATE: "Aktuell",
}


@pytest.mark.parametrize("state", list(FolderState))
def test_all_17_states_with_their_german_names(state: FolderState) -> None:
    assert len(FolderState) == 17
    assert folder_state(state) == GERMAN[state]
    row = drawn(FolderRow(FolderView("f", "Projekte", state)))
    assert row.startswith(f"{FOLDER_SIGNS[state][0]} Projekte")
    assert GERMAN[state] in row


@pytest.mark.parametrize("state", list(DeviceState))
def test_every_state_of_a_device(state: DeviceState) -> None:
    row = drawn(DeviceRow(DeviceView("D", "nas", state, percent=40)))
    assert row.startswith(f"{DEVICE_SIGNS[state][0]} nas")
    assert device_state(state) in row or "40 %" in row
