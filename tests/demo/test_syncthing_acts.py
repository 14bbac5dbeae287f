"""What the pretended Syncthing does when told to, in the shapes that the real one was recorded with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.folder_stage import SENDER, furnished
from tests.support.syncthing_recordings import answers
from tui.demo.shared_folders import BEN, GRAZ
from tui.demo.syncthing import DemoSyncthing


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[DemoSyncthing]:
    made = furnished(tmp_path / "files")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def http(demo: DemoSyncthing) -> Iterator[httpx.Client]:
    headers = {"X-API-Key": demo.api_key}
    with httpx.Client(base_url=f"{demo.url}/rest/", headers=headers, trust_env=False) as client:
        yield client


def test_trap_an_invalid_pattern_is_saved_with_200_and_stops_the_folder(
    demo: DemoSyncthing, http: httpx.Client
) -> None:
    answer = http.post("db/ignores?folder=notizen", json={"ignore": ["[kaputt"]})
    assert answer.status_code == 200
    assert "invalid pattern" in answer.json()["error"]
    assert demo.folders["notizen"].state == "error"
    recorded = next(d for d in answers("21-ignores", "/rest/db/ignores") if d.get("error"))
    assert set(answer.json()) == set(recorded)
    http.post("db/ignores?folder=notizen", json={"ignore": []})
    assert demo.folders["notizen"].state == "idle"
    assert http.get("db/ignores?folder=notizen").json()["ignore"] is None


def test_revert_and_override_only_where_they_mean_something(demo: DemoSyncthing, http: httpx.Client) -> None:
    assert len(http.get("db/localchanged?folder=vorlagen").json()["files"]) == 2
    assert http.post("db/revert?folder=zeichn-26").status_code == 200
    assert http.post("db/revert?folder=vorlagen").status_code == 200
    assert demo.folders["vorlagen"].local_additions == 0
    assert http.post("db/override?folder=fotos-mont").status_code == 200
    assert demo.folders["fotos-mont"].need_files == 2
    http.post(f"db/override?folder={SENDER}")
    assert demo.folders[SENDER].need_files == 0


def test_files_need_and_versions(http: httpx.Client) -> None:
    names = [entry["name"] for entry in http.get("db/browse?folder=proj-polar&levels=0").json()]
    assert "Angebot.txt" in names
    assert ".stfolder" not in names
    assert http.get("db/browse?folder=proj-polar&prefix=../..").json() == []
    assert http.get("db/file?folder=proj-polar&file=../x").status_code == 404
    state = http.get("db/file?folder=proj-polar&file=Angebot.txt").json()
    assert {device["id"] for device in state["availability"]} == {GRAZ, BEN}
    assert len(http.get("db/need?folder=fotos-mont").json()["rest"]) == 2
    versions = http.get("folder/versions?folder=zeichn-26").json()
    assert http.post("folder/versions?folder=zeichn-26", json={"x": "y"}).json() == {}
    assert versions


def test_rescan_all_passes_over_paused_folders_and_names_those_that_stand_still(
    demo: DemoSyncthing, http: httpx.Client
) -> None:
    """As 1.19.2 does: one folder's trouble keeps no other one from being scanned."""
    before = {folder.id: folder.last_scan for folder in demo.folders.values()}
    answer = http.post("db/scan")
    assert answer.status_code == 500
    assert answer.text == 'Error scanning folders\n{\n  "stick": {}\n}\n'
    same = {i for i, folder in demo.folders.items() if folder.last_scan == before[i]}
    assert same == {"stick", "archiv"}
    demo.change_state(demo.folders["stick"], "idle")
    assert http.post("db/scan").status_code == 200
    assert http.post("db/scan?folder=archiv").text == "folder is paused\n"
