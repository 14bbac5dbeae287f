"""Folders and devices as rows."""

from __future__ import annotations

import pytest

from tests.support.hostile import HOSTILE, raw_controls
from tests.support.makers import MINUTE, NOON
from tests.ui.bare import LOOK
from tui.core.folders import (
    DeviceState,
    DeviceView,
    FileError,
    FoldersLink,
    FoldersSnapshot,
    FolderState,
    FolderView,
    Light,
    Rates,
)
from tui.settings.formats import Formats
from tui.ui.widgets.folder_rows import DeviceRow, FolderPainter, FolderRow, LightRow, Row, rows_of


def drawn(row: Row, width: int = 36) -> list[str]:
    painter = FolderPainter(Formats("en"))
    painter.now = NOON
    return ["".join(s.text for s in line).rstrip() for line in painter.paint(row, width, LOOK)]


def folder(state: FolderState = FolderState.UP_TO_DATE, **fields: object) -> FolderRow:
    return FolderRow(FolderView("f", "Projects", state, **fields))  # type: ignore[arg-type]


def device(state: DeviceState, **fields: object) -> DeviceRow:
    return DeviceRow(DeviceView("d", "nas", state, **fields))  # type: ignore[arg-type]


def test_state_with_sign_and_word() -> None:
    assert drawn(folder()) == ["✓ Projects                Up to date"]
    assert drawn(folder(FolderState.PAUSED))[0].startswith("= Projects")


def test_a_running_sync_says_how_far_and_how_long() -> None:
    row = folder(FolderState.SYNCING, percent=43, need_items=12, need_bytes=38_100_000, seconds_left=120)
    assert drawn(row, 46) == [
        "↕ Projects                                 43%",
        "  12 files missing, 38.1 MB · 2 min left",
    ]


def test_what_is_wrong_is_named() -> None:
    row = folder(
        FolderState.FAILED_ITEMS,
        failed_items=1,
        conflicts=2,
        errors=(FileError("a.txt", "opening: permission denied"), FileError("b.txt", "odd thing")),
        waits_for=("nas", "laptop"),
        local_additions=1,
    )
    text = "\n".join(drawn(row, 60))
    for words in (
        "2 conflicts",
        "1 file failed",
        "Syncthing may not read or write this. Check who owns it.",
        "\n  a.txt\n  b.txt: odd thing",
        "waits for nas, laptop",
        "1 item only here",
    ):
        assert words in text


def test_a_long_state_never_eats_the_name() -> None:
    assert drawn(folder(FolderState.LOCAL_ADDITIONS), 20) == ["+ Projects", "  Local additions"]


def test_devices() -> None:
    assert drawn(device(DeviceState.UP_TO_DATE))[0].startswith("● nas")
    assert drawn(device(DeviceState.DISCONNECTED, last_seen=NOON - 5 * MINUTE)) == [
        "○ nas                 seen 5 min ago"
    ]
    busy = drawn(device(DeviceState.SYNCING, percent=20, rates=Rates(1_200_000, 0)))
    assert busy == ["↕ nas                            20%", "  ↓ 1.2 MB/s"]
    assert "relayed" in drawn(device(DeviceState.UP_TO_DATE, relayed=True))[0]


def test_all_rows_of_a_snapshot() -> None:
    snapshot = FoldersSnapshot(
        link=FoldersLink.OK,
        folders=(folder().view,),
        devices=(device(DeviceState.PAUSED).view,),
        pending_devices=(("DEVICE1", "laptop"),),
        pending_folders=(("DEVICE1", "f2", ""),),
    )
    keys = [row.key for row in rows_of(snapshot)]
    assert keys == [
        "light",
        "folder:f",
        "title:Devices",
        "device:d",
        "title:Waiting",
        "pending:DEVICE1",
        "pending:DEVICE1:f2",
    ]


@pytest.mark.parametrize("state", list(FolderState))
def test_every_folder_state_can_be_drawn(state: FolderState) -> None:
    assert drawn(folder(state))[0].strip()


@pytest.mark.parametrize("state", list(DeviceState))
def test_every_device_state_can_be_drawn(state: DeviceState) -> None:
    assert drawn(device(state))[0].strip()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_f49_hostile_labels_and_errors_stay_marks(text: str) -> None:
    errors = (FileError(text, text),)
    views = [
        FolderRow(FolderView("f", text, FolderState.STOPPED, error=text, errors=errors, waits_for=(text,))),
        DeviceRow(DeviceView(text, text, DeviceState.SYNCING)),
        *rows_of(FoldersSnapshot(pending_devices=((text, text),), pending_folders=((text, text, text),))),
    ]  # fmt: skip
    for row in views:
        assert raw_controls("".join(drawn(row))) == []


def test_the_light_keeps_its_words_beside_the_rates_or_above_them() -> None:
    row = LightRow(Light.ATTENTION, "Needs you", Rates(0, 1_500_000))
    assert drawn(row, 36) == ["! Needs you               ↑ 1.5 MB/s", ""]
    assert drawn(row, 20) == ["! Needs you", "  ↑ 1.5 MB/s"]
