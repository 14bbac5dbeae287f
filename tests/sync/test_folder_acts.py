"""Acting on folders of two real Syncthing instances: conflicts, revert, override, patterns, traps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.syncthing import Instance, create, pair, share
from tests.support.waiting import until
from tui.core.errors import Refused, UserMistake
from tui.core.folder_acts import Keep
from tui.core.folder_rules import conflict_of, not_accepted
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import read_place
from tui.sync.folder_acts import FolderActs

pytestmark = [pytest.mark.syncthing, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Instance, Instance]]:
    base = tmp_path_factory.mktemp("acts")
    alice, bob = create("alice-laptop", base), create("bob-server", base)
    try:
        alice.start()
        bob.start()
        pair(alice, bob)
        yield alice, bob
    finally:
        alice.stop()
        bob.stop()


def acts_of(instance: Instance) -> FolderActs:
    return FolderActs(lambda: SyncthingApi(read_place(instance.config)))


def status(instance: Instance, folder: str) -> dict[str, object]:
    found = instance.call("GET", f"/rest/db/status?folder={folder}")
    assert isinstance(found, dict)
    return dict(found)


def text_of(path: Path) -> str:
    """ "" for the moment in which Syncthing has moved the old file away."""
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


async def test_a_conflict_is_looked_at_and_settled(two: tuple[Instance, Instance], tmp_path: Path) -> None:
    here, there = share(*two, "streit", "Streit", tmp_path)
    (here / "brief.txt").write_text("eins")
    two[0].call("POST", "/rest/db/scan?folder=streit")
    await until(lambda: (there / "brief.txt").exists(), timeout=30)
    two[1].call("POST", f"/rest/system/pause?device={two[0].device_id}")
    (here / "brief.txt").write_text("von Alice")
    (there / "brief.txt").write_text("von Bob, später")
    for instance in two:
        instance.call("POST", "/rest/db/scan?folder=streit")
    two[1].call("POST", f"/rest/system/resume?device={two[0].device_id}")
    copy = (await until(lambda: list(there.glob("brief.sync-conflict-*")), timeout=40))[0]
    conflict = conflict_of(copy.name)
    assert conflict is not None
    assert conflict.original == "brief.txt"
    assert conflict.winner in {i.device_id[:7] for i in two}
    acts = acts_of(two[1])
    sides = await acts.look_at_conflict("streit", conflict)
    assert sides.copy is not None
    assert sides.copy.size == len(copy.read_bytes())
    new = await acts.resolve("streit", sides, Keep.BOTH, "älter")
    assert new == "brief (älter).txt"
    assert (there / new).exists()
    assert not copy.exists()
    with pytest.raises(UserMistake):  # it is not any more what was shown
        await acts.resolve("streit", sides, Keep.ORIGINAL)
    assert (there / "brief.txt").exists()


async def test_trap_an_invalid_pattern_is_rolled_back_and_the_folder_goes_on(
    two: tuple[Instance, Instance], tmp_path: Path
) -> None:
    share(*two, "muster", "Muster", tmp_path)
    acts = acts_of(two[1])
    await acts.put_ignores("muster", ["*.tmp"], ())
    now = await acts.put_ignores("muster", ["[kaputt", "*.tmp"], ["*.tmp"])
    assert "invalid pattern" in now.error
    assert now.lines == ("*.tmp",)
    assert (await acts.fetch_ignores("muster")).error == ""
    await until(lambda: status(two[1], "muster")["state"] == "idle", timeout=20)


async def test_revert_undoes_what_was_added_here(two: tuple[Instance, Instance], tmp_path: Path) -> None:
    _here, there = share(*two, "nurher", "Nur her", tmp_path)
    two[1].call("PATCH", "/rest/config/folders/nurher", {"type": "receiveonly"})
    (there / "eigenes.txt").write_text("x")
    acts = acts_of(two[1])
    await acts.rescan("nurher")
    assert [i.name for i in await acts.fetch_local_changes("nurher")] == ["eigenes.txt"]
    await acts.revert("nurher")
    await until(lambda: not (there / "eigenes.txt").exists(), timeout=20)


async def test_override_makes_what_is_here_win(two: tuple[Instance, Instance], tmp_path: Path) -> None:
    here, there = share(*two, "nurhin", "Nur hin", tmp_path)
    two[1].call("PATCH", "/rest/config/folders/nurhin", {"type": "sendonly"})
    (there / "plan.txt").write_text("meiner")
    acts = acts_of(two[1])
    await acts.rescan("nurhin")
    await until(lambda: (here / "plan.txt").exists(), timeout=30)
    (here / "plan.txt").write_text("verändert von Alice")
    two[0].call("POST", "/rest/db/scan?folder=nurhin")
    await until(lambda: status(two[1], "nurhin")["needTotalItems"] == 1, timeout=30)
    await acts.override("nurhin")
    await until(lambda: text_of(here / "plan.txt") == "meiner", timeout=30)


async def test_rescan_all_leaves_out_what_is_paused_and_says_what_stands_still(tmp_path: Path) -> None:
    alone = create("allein", tmp_path)
    alone.start()
    try:
        for name in ("eins", "zwei", "drei"):
            alone.call("POST", "/rest/config/folders", {"id": name, "path": str(tmp_path / name)})
        alone.call("PATCH", "/rest/config/folders/zwei", {"paused": True})
        acts = acts_of(alone)
        assert await acts.rescan()
        (tmp_path / "drei" / ".stfolder").rmdir()
        (tmp_path / "eins" / "neu.txt").write_text("x")
        assert not await acts.rescan()
        assert status(alone, "eins")["localFiles"] == 1
        with pytest.raises(Refused, match="paused"):
            await acts.rescan("zwei")
    finally:
        alone.stop()


async def test_trap_completion_100_of_a_peer_that_never_accepted(
    two: tuple[Instance, Instance], tmp_path: Path
) -> None:
    alice, bob = two
    (tmp_path / "einsam").mkdir()
    (tmp_path / "einsam" / "da.txt").write_text("x")
    body = {"id": "einsam", "path": str(tmp_path / "einsam"), "devices": [{"deviceID": alice.device_id}]}
    bob.call("POST", "/rest/config/folders", body)
    await acts_of(bob).rescan("einsam")
    raw = bob.call("GET", f"/rest/db/completion?folder=einsam&device={alice.device_id}")
    assert isinstance(raw, dict)
    assert raw["sequence"] == 0  # the per cent beside it are 0 or 100, by chance
    api = SyncthingApi(read_place(bob.config))
    found = await api.fetch_completion(alice.device_id, "einsam")
    await api.close()
    assert not_accepted(found)
