"""Shared folders in words: what every recorded error means, who won, who changed what."""

from __future__ import annotations

import pytest

from tui.client.wording.errors import sentence
from tui.client.wording.folders import (
    change,
    conflict_day,
    connection,
    folder_type,
    overwritten,
    problem,
    reasons,
)
from tui.core.errors import Refused
from tui.core.folders import ChangeView, Conflict, FoldersSnapshot


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("folder marker missing (this indicates potential data loss)", "Is the drive mounted?"),
        ("folder path missing", "directory is gone"),
        ('loading ignores: invalid pattern "[kaputt" in ignore file', "pattern of the ignore list"),
        ("insufficient space in folder: current 30.06 % < required 99.9 %", "too little space"),
        ("opening temp file: open x: permission denied", "Check who owns it"),
        ("no connected device has the required version of this file", "when they are back"),
        ("pull: connection closed", "tries again by itself"),
    ],
)
def test_every_recorded_error_has_a_next_step(text: str, part: str) -> None:
    assert part in problem(text)


def test_what_is_unknown_stays_syncthings_own_words() -> None:
    assert problem("cosmic rays") == ""
    assert sentence(Refused("tele.folders.refused", "cosmic rays")) == "Syncthing says no: cosmic rays"
    assert "Is the drive mounted?" in sentence(Refused("tele.folders.refused", "folder marker missing"))


def test_a_conflict_names_the_winner_and_never_the_loser() -> None:
    conflict = Conflict("a.sync-conflict-20261123-170131-DJVUQGA.txt", "a.txt", "DJVUQGA", "20261123-170131")
    assert overwritten(conflict, {"DJVUQGA": "bob"}).startswith("overwritten by bob")
    assert "unknown device" in overwritten(conflict, {})
    assert conflict_day(conflict) == "2026-11-23 17:01"
    assert conflict_day(Conflict("a", "a")) == ""


def test_changes_connections_types_and_reasons() -> None:
    assert change(ChangeView("f", "a", "deleted", "bob")) == "deleted by bob"
    assert change(ChangeView("f", "a", "added", mine=True)) == "added by you"
    assert change(ChangeView("f", "a", "modified")) == "changed by somebody"
    assert (connection("relay"), connection("")) == ("over a relay: slow", "")
    assert (folder_type("sendonly"), folder_type("neu")) == ("sends only", "neu")
    assert reasons(FoldersSnapshot(notices=2, restart_required=True)) == [
        "2 notices of Syncthing",
        "Syncthing wants to be restarted for its settings to count.",
    ]
