"""Folders and devices of a Syncthing; without one, what is the matter."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tui.demo import shared_folders
from tui.demo.syncthing import DemoSyncthing

FIELDS = {"id", "label", "state", "error", "completion", "needBytes", "conflicts"}


@pytest.fixture
def syncthing(tmp_path: Path) -> Iterator[DemoSyncthing]:
    demo = DemoSyncthing(tmp_path)
    shared_folders.furnish(demo)
    demo.start()
    yield demo
    demo.stop()


def point(cli: Cli, config: Path) -> None:
    cli.profile.mkdir(mode=0o700, exist_ok=True)
    file = cli.profile / "config.toml"
    file.write_text(f'[syncthing]\nconfig = "{config}"\n')
    file.chmod(0o600)


def test_folders_and_devices(cli: Cli, syncthing: DemoSyncthing, tmp_path: Path) -> None:
    point(cli, syncthing.write_config(tmp_path / "st"))
    done = cli("sync", "--json")
    assert done.code == 0, done.err
    folders = [row for row in done.rows if "label" in row]
    devices = [row for row in done.rows if "deviceID" in row]
    assert len(folders) == len(syncthing.folders)
    assert all(set(row) >= FIELDS for row in folders)
    assert devices
    assert not [row for row in folders if row["needBytes"] and row["completion"] == 100]
    nas = next(row for row in devices if row["name"] == "nas-werkstatt")
    (address, dial), *_more = nas["lastDialStatus"].items()
    assert address.startswith("tcp://")
    assert "timeout" in dial["error"]
    assert dial["when"].endswith("Z")
    text = cli("sync", "--wait", "0.5")
    assert re.search(r"nas-werkstatt .* does not answer", text.out)
    assert text.code == 1
    assert all(row["label"] in text.out for row in folders)
    assert syncthing.api_key not in done.out + done.err + text.out


def test_wait_ends_as_soon_as_everything_is_there(cli: Cli, syncthing: DemoSyncthing, tmp_path: Path) -> None:
    point(cli, syncthing.write_config(tmp_path / "st"))
    for folder in syncthing.folders.values():
        folder.need_files = folder.need_bytes = 0
        folder.errors = []
        folder.state, folder.error = "idle", ""
    slow = syncthing.folders["zeichn-26"]
    slow.state, slow.need_files, slow.need_bytes = "syncing", 1, 1_000

    def arrive() -> None:
        slow.need_files = slow.need_bytes = 0
        syncthing.change_state(slow, "idle")
        syncthing.summarise(slow)

    later = threading.Timer(1.0, lambda: syncthing.call(arrive))
    later.start()
    try:
        done = cli("sync", "--wait", "60", "--json")
    finally:
        later.join()
    assert done.code == 0, done.err
    assert {row["needBytes"] for row in done.rows if "label" in row} == {0}
    assert next(row for row in done.rows if row.get("id") == "zeichn-26")["state"] == "up-to-date"


def test_without_syncthing(cli: Cli, tmp_path: Path) -> None:
    done = cli("sync")
    assert (done.code, done.out) == (1, "")
    assert "Syncthing" in done.err


def test_not_running(cli: Cli, syncthing: DemoSyncthing, tmp_path: Path) -> None:
    point(cli, syncthing.write_config(tmp_path / "st"))
    syncthing.stop()
    done = cli("sync", "--json")
    assert (done.code, done.out) == (3, "")
    assert done.err
