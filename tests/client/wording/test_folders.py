"""Shared folders in words: what every recorded error means, who won, who changed what."""

from __future__ import annotations

import pytest

from tui.client.wording.errors import sentence
from tui.client.wording.folders import (
    change,
    conflict_day,
    connection,
    dial,
    folder_type,
    overwritten,
    problem,
    reasons,
    unreached,
)
from tui.core.errors import Refused
from tui.core.folders import ChangeView, Conflict, DeviceState, DeviceView, DialView, FoldersSnapshot


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


@pytest.mark.parametrize(
    ("error", "part", "short"),
    [
        (
            "dial tcp 127.0.0.1:22199: connect: connection refused",
            "The machine is on",
            "no Syncthing answers",
        ),
        ("dial: timeout: no recent network activity", "off or asleep", "does not answer"),
        ("dial tcp 10.0.0.7:22000: i/o timeout", "off or asleep", "does not answer"),
        ("context deadline exceeded", "off or asleep", "does not answer"),
        ("dial tcp [2001:db8::1]:22000: connect: no route to host", "VPN", "no way"),
        ("dial tcp 10.0.0.7:22000: connect: network is unreachable", "VPN", "no way"),
        ("dial tcp: lookup nas.invalid on 10.0.0.53:53: no such host", "spelt right", "name"),
        ("unexpected device id, expected P56IOI7 got NPWBSMT", "Another device", "another device"),
        ("remote error: tls: no application protocol", "no Syncthing", "something else"),
        ("incorrect response code 1: not found", "relay", "relay"),
        ("cosmic rays", "", "not reached"),
    ],
)
def test_every_way_of_not_reaching_a_device_is_said(error: str, part: str, short: str) -> None:
    """Texts that 1.19.2 gave to real dials, and those of its source."""
    assert part in dial(error)
    assert bool(part) == bool(dial(error))
    view = DeviceView("D", "nas", DeviceState.DISCONNECTED, dials=(DialView("tcp://a:1", 1, error),))
    assert short in unreached(view)


def test_a_device_that_is_not_reached_without_an_error() -> None:
    assert "not accepted" in unreached(DeviceView("D", "nas", DeviceState.DISCONNECTED, hangs_up=True))
    assert "address" in unreached(DeviceView("D", "nas", DeviceState.DISCONNECTED, lost=True))
    assert unreached(DeviceView("D", "nas", DeviceState.UP_TO_DATE)) == ""
