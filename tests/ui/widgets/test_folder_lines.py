"""The lines of the pages: all that is known, nothing hostile."""

from __future__ import annotations

from tests.support.hostile import HOSTILE, raw_controls
from tests.support.makers import MINUTE, NOON
from tui.client.first_steps import NextStep
from tui.core.folders import (
    ChangeView,
    Conflict,
    DeviceState,
    DeviceView,
    FileError,
    FoldersSnapshot,
    FolderState,
    FolderView,
    LastFile,
    Transfer,
)
from tui.settings.formats import Formats
from tui.ui.widgets.folder_lines import MOST, PageLine, device_lines, first_step_lines, folder_lines

FORMATS = Formats("en")


def text(lines: object) -> str:
    assert hasattr(lines, "__iter__")
    return "\n".join(f"{line.term}|{line.words}" for line in lines if isinstance(line, PageLine))


def test_a_folder_that_syncs() -> None:
    view = FolderView(
        "f",
        "Projects",
        FolderState.SYNCING,
        percent=40,
        need_items=3,
        need_bytes=9_000_000,
        rate=1_000_000.0,
        seconds_left=10,
        transfers=(Transfer("a/big.mp4", 50, 100),),
        waits_for=("nas",),
        last_file=LastFile("b.txt", NOON - 5 * MINUTE),
        path="/home/anna/Projects",
        shared_with=2,
    )
    shown = text(folder_lines(view, FoldersSnapshot(folders=(view,)), FORMATS, NOON))
    for part in (
        "40%",
        "3 files, 9.0 MB",
        "1.0 MB/s",
        "nas",
        "50%|a/big.mp4",
        "5 min ago",
        "2 other devices",
    ):
        assert part in shown, part


def test_errors_conflicts_and_changes_are_named_and_limited() -> None:
    copy = "a.sync-conflict-20261123-170131-DJVUQGA.txt"
    view = FolderView(
        "f",
        "Projects",
        FolderState.FAILED_ITEMS,
        errors=tuple(FileError(f"f{n}", "permission denied") for n in range(MOST * 3)),
        conflict_copies=(Conflict(copy, "a.txt", "DJVUQGA", "20261123-170131"),),
    )
    changes = (ChangeView("Projects", "x.txt", "deleted", "bob", at=NOON), ChangeView("Other", "y", "added"))
    found = FoldersSnapshot(folders=(view,), names=(("DJVUQGA", "bob"),), changes=changes)
    shown = text(folder_lines(view, found, FORMATS, NOON))
    assert shown.count("permission denied") <= MOST
    assert "a.txt · overwritten by bob" in shown
    assert "x.txt · deleted by bob" in shown
    assert "|y" not in shown


def test_a_device_over_a_relay_and_one_never_seen() -> None:
    near = DeviceView(
        "D", "nas", DeviceState.SYNCING, 40, relayed=True, connection="relay", address="10.0.0.1"
    )
    shown = text(device_lines(near, FoldersSnapshot(), FORMATS, NOON))
    assert "over a relay: slow" in shown
    away = DeviceView("D", "nas", DeviceState.DISCONNECTED, used=False, not_accepted=("Plans",))
    shown = text(device_lines(away, FoldersSnapshot(), FORMATS, NOON))
    for part in ("Last seen|never", "has not accepted Plans yet", "No folder is shared with this device."):
        assert part in shown, part


def test_a_command_stands_on_a_line_of_its_own() -> None:
    lines = list(first_step_lines("No Syncthing", [NextStep("Do:", "make it"), NextStep("", "or this")]))
    assert [line.words for line in lines] == ["No Syncthing", "", "Do:", "  make it", "  or this"]


def test_nothing_hostile_gets_through() -> None:
    for evil in HOSTILE:
        view = FolderView(
            "f",
            evil,
            FolderState.STOPPED,
            error=evil,
            path=evil,
            errors=(FileError(evil, evil),),
            watch_error=evil,
        )
        device = DeviceView("D", evil, DeviceState.UP_TO_DATE, connection="tcp", address=evil)
        found = FoldersSnapshot(folders=(view,), changes=(ChangeView(evil, evil, evil, evil),))
        shown = text(folder_lines(view, found, FORMATS, NOON)) + text(
            device_lines(device, found, FORMATS, NOON)
        )
        assert not raw_controls(shown.replace("\n", ""))
