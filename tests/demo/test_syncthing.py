"""The pretended Syncthing over HTTP."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest

from tui.demo import shared_folders
from tui.demo.syncthing import DemoSyncthing
from tui.demo.syncthing_rest import OWN_ID

MASK = "StateChanged,FolderSummary"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoSyncthing]:
    demo = DemoSyncthing(tmp_path / "files")
    shared_folders.furnish(demo)
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture
def http(demo: DemoSyncthing) -> Iterator[httpx.Client]:
    headers = {"X-API-Key": demo.api_key}
    with httpx.Client(base_url=demo.url, headers=headers, trust_env=False) as client:
        yield client


def test_without_key_or_under_another_name_nothing_is_told(demo: DemoSyncthing, http: httpx.Client) -> None:
    response = httpx.get(demo.url + "/rest/system/ping", trust_env=False)
    assert (response.status_code, response.text) == (403, "CSRF Error\n")
    response = http.get("/rest/system/ping", headers={"Host": "evil.example"})
    assert (response.status_code, response.text) == (403, "Host check error\n")
    assert http.get("/rest/system/ping").json() == {"ping": "pong"}


def test_every_call_of_the_panel_is_answered(http: httpx.Client) -> None:
    for path in (
        "system/version",
        "system/status",
        "system/connections",
        "system/error",
        "config/folders",
        "config/devices",
        "config/restart-required",
        "stats/folder",
        "stats/device",
        "cluster/pending/devices",
        "cluster/pending/folders",
        "db/status?folder=proj-polar",
        "db/completion?folder=proj-polar",
        "db/completion?device=" + shared_folders.BEN,
        "folder/errors?folder=fotos-mont",
    ):
        assert http.get("/rest/" + path).status_code == 200, path
    assert http.get("/rest/system/status").json()["myID"] == OWN_ID


def test_unknown_and_paused_folders_are_plain_text(http: httpx.Client) -> None:
    assert http.get("/rest/db/status?folder=nope").text == "no such folder\n"
    response = http.get("/rest/db/completion?folder=archiv")
    assert (response.status_code, response.text) == (404, "folder is paused\n")
    assert http.get("/rest/nosuch").status_code == 404
    assert http.post("/rest/db/status").status_code == 405
    response = http.post("/rest/db/scan?folder=stick")
    assert (response.status_code, response.text.startswith("folder marker missing")) == (500, True)


def test_a_long_poll_ends_with_the_first_event(demo: DemoSyncthing, http: httpx.Client) -> None:
    assert http.get(f"/rest/events?events={MASK}&since=0&timeout=0").json() == []
    folder = demo.folders["notizen"]
    timer = threading.Timer(0.05, demo.call, [lambda: demo.change_state(folder, "scanning")])
    timer.start()
    events = http.get(f"/rest/events?events={MASK}&since=0&timeout=20", timeout=30).json()
    timer.join()
    assert [(e["id"], e["type"], e["data"]["to"]) for e in events] == [(1, "StateChanged", "scanning")]


def test_a_scan_and_a_pause_are_told(demo: DemoSyncthing, http: httpx.Client) -> None:
    mask = "StateChanged,FolderPaused,DevicePaused"
    http.get(f"/rest/events?events={mask}&since=0&timeout=0")
    assert http.post("/rest/db/scan?folder=notizen").status_code == 200
    http.patch("/rest/config/folders/notizen", json={"paused": True})
    http.post(f"/rest/system/pause?device={shared_folders.BEN}")
    events = http.get(f"/rest/events?events={mask}&since=0&timeout=0").json()
    assert [e["type"] for e in events] == ["StateChanged", "StateChanged", "FolderPaused", "DevicePaused"]
    assert demo.folders["notizen"].paused


def test_after_a_restart_ids_begin_anew(demo: DemoSyncthing, http: httpx.Client) -> None:
    path = f"/rest/events?events={MASK}&timeout=0&since="
    http.get(path + "0")
    demo.call(lambda: demo.tell("StateChanged", {}))
    assert len(http.get(path + "0").json()) == 1
    demo.restart()
    assert http.get(path + "1").json() == []


def test_the_config_file_is_private_and_readable_by_rule(demo: DemoSyncthing, tmp_path: Path) -> None:
    path = demo.write_config(tmp_path / "home")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    gui = ElementTree.parse(path).getroot().find("gui")
    assert gui is not None
    assert gui.findtext("address") == f"127.0.0.1:{demo.port}"
    assert gui.findtext("apikey") == demo.api_key
