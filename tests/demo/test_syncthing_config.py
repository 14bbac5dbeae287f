"""Folders, devices and offers of the pretended Syncthing, changed over REST."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.demo.test_syncthing_acts import demo, http  # noqa: F401 - fixtures
from tui.demo.shared_folders import BEN, GRAZ
from tui.demo.syncthing import DemoSyncthing


def test_a_folder_is_accepted_shared_and_forgotten(
    demo: DemoSyncthing,  # noqa: F811
    http: httpx.Client,  # noqa: F811
) -> None:
    path = Path(http.get("config/defaults/folder").json()["path"]) / "Neues"
    body = {"id": "neu-26", "label": "Neues", "path": str(path), "devices": [{"deviceID": BEN}]}
    assert http.post("config/folders", json=body).status_code == 200
    assert (path / ".stfolder").is_dir()
    assert http.get("cluster/pending/folders").json() == {}
    http.patch("config/folders/neu-26", json={"devices": [{"deviceID": BEN}, {"deviceID": GRAZ}]})
    assert demo.folders["neu-26"].devices == [BEN, GRAZ]
    http.delete("config/folders/neu-26")
    assert http.get("config/folders/neu-26").status_code == 404
    assert path.is_dir()
    assert http.post("config/folders", json={}).status_code == 500


def test_a_device_comes_and_leaves_all_folders(
    demo: DemoSyncthing,  # noqa: F811
    http: httpx.Client,  # noqa: F811
) -> None:
    demo.pending_devices["NEU"] = {"name": "neu", "time": "2026-11-23T17:00:00Z", "address": "10.0.0.9"}
    http.post("config/devices", json={"deviceID": "NEU", "name": "neu"})
    assert http.get("cluster/pending/devices").json() == {}
    assert http.get("config/devices/NEU").json()["name"] == "neu"
    http.delete(f"config/devices/{BEN}")
    assert BEN not in demo.folders["proj-polar"].devices


def test_offers_are_taken_off_the_lists(demo: DemoSyncthing, http: httpx.Client) -> None:  # noqa: F811
    demo.pending_devices["NEU"] = {"name": "neu", "time": "2026-11-23T17:00:00Z", "address": "10.0.0.9"}
    http.delete("cluster/pending/devices?device=NEU")
    http.delete(f"cluster/pending/folders?folder=neu-26&device={BEN}")
    assert (demo.pending_devices, demo.pending_folders) == ({}, {})
