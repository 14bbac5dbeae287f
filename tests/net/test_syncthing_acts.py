"""Acting on the folders of a real Syncthing, and what it answers that is not what it looks like."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.syncthing import Instance
from tui.core.errors import Refused
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_acts import PAGE

pytestmark = [pytest.mark.syncthing, pytest.mark.timeout(90)]


@pytest.fixture
async def folder(api: SyncthingApi, tmp_path: Path) -> AsyncIterator[Path]:
    """A folder "f" of three files, scanned."""
    path = tmp_path / "f"
    (path / "unter").mkdir(parents=True)
    for name in ("eins.txt", "zwei.txt", "unter/drei.txt"):
        (path / name).write_text(name)
    await api.put_folder({"id": "f", "path": str(path)})
    await api.rescan("f")
    yield path
    await api.remove_folder("f")


async def test_browse_and_file_show_what_is_known(api: SyncthingApi, folder: Path) -> None:
    assert [(e.name, e.directory) for e in await api.browse("f")] == [
        ("unter", True),
        ("eins.txt", False),
        ("zwei.txt", False),
    ]
    assert [e.name for e in await api.browse("f", "unter")] == ["drei.txt"]
    found = await api.fetch_file("f", "eins.txt")
    assert found.in_sync
    assert found.here is not None
    assert found.here.size == len((folder / "eins.txt").read_text())
    assert (await api.fetch_file("f", "gibtsnicht")).here is None


async def test_trap_an_invalid_pattern_is_answered_with_200(api: SyncthingApi, folder: Path) -> None:
    good = await api.put_ignores("f", ["*.tmp", "// Kommentar"])
    assert (good.lines, good.error) == (("*.tmp", "// Kommentar"), "")
    broken = await api.put_ignores("f", ["[kaputt"])
    assert "invalid pattern" in broken.error
    assert (await api.fetch_ignores("f")).lines == ("[kaputt",)
    assert (folder / ".stignore").read_text().strip() == "[kaputt"
    assert (await api.put_ignores("f", good.lines)).error == ""


async def test_pausing_a_folder_and_asking_it_for_things(api: SyncthingApi, folder: Path) -> None:
    assert folder.exists()
    await api.pause_folder("f", True)
    with pytest.raises(Refused, match="paused"):
        await api.rescan("f")
    await api.pause_folder("f", False)
    await api.rescan("f", "unter")


async def test_revert_and_override_are_silent_where_they_mean_nothing(
    api: SyncthingApi, folder: Path
) -> None:
    await api.revert("f")
    await api.override("gibtsnicht")
    assert (folder / "eins.txt").exists()
    assert await api.fetch_local_changes("f") == ()


async def test_local_changes_of_a_receive_only_folder(api: SyncthingApi, folder: Path) -> None:
    await api.patch_folder("f", {"type": "receiveonly"})
    (folder / "nur hier.txt").write_text("neu")
    await api.rescan("f")
    assert "nur hier.txt" in {item.name for item in await api.fetch_local_changes("f")}


async def test_versions_are_put_away_listed_and_brought_back(api: SyncthingApi, folder: Path) -> None:
    with pytest.raises(Refused, match="no versioner"):
        await api.fetch_versions("f")
    versions = folder / ".stversions"
    versions.mkdir()
    (versions / "eins~20260102-030405.txt").write_text("alt")
    await api.patch_folder("f", {"versioning": {"type": "simple", "params": {"keep": "5"}}})
    found = await api.fetch_versions("f")
    assert [(v.path, v.size) for v in found] == [("eins.txt", 3)]
    assert await api.restore_versions("f", {"eins.txt": found[0].stamp}) == {}
    assert (folder / "eins.txt").read_text() == "alt"
    failed = await api.restore_versions("f", {"nie.txt": found[0].stamp})
    assert "not found" in failed["nie.txt"]


async def test_lists_are_asked_page_by_page(api: SyncthingApi, folder: Path) -> None:
    assert folder.exists()
    assert (await api.fetch_need("f")).all() == ()
    assert PAGE <= 200
    with pytest.raises(Refused):
        await api.fetch_remote_need("f", "AAAA")


async def test_notices_come_and_are_cleared(one: Instance, api: SyncthingApi) -> None:
    one.call("POST", "/rest/system/error", "etwas ist los")
    assert any("etwas ist los" in notice.text for notice in await api.fetch_notices())
    await api.clear_notices()
    assert await api.fetch_notices() == ()


async def test_all_devices_pause_and_resume(api: SyncthingApi) -> None:
    await api.pause_devices(True)
    await api.pause_devices(False)
    with pytest.raises(Refused):
        await api.pause_devices(True, "AAAA")
