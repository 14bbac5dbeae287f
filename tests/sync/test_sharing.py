"""Pairing and sharing on two real Syncthings, and where a folder may lie on a real disk."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.syncthing import Instance, create
from tui.core.errors import Refused, UserMistake
from tui.core.pairing import Card, CardKind
from tui.core.shared_paths import PathTrouble
from tui.core.sharing import Arrival, Step
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import read_place
from tui.sync.sharing import Sharing, file_in

pytestmark = [pytest.mark.timeout(120), pytest.mark.syncthing]


@dataclass
class Side:
    """One person's machine: Syncthing, home, what we do with it."""

    instance: Instance
    home: Path
    sharing: Sharing

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.instance.sync_port}"


def a_side(name: str, base: Path) -> Side:
    instance = create(name, base)
    home = base / f"home-{name}"
    home.mkdir()
    ours = (instance.home, home / "teleteam")
    sharing = Sharing(lambda: SyncthingApi(read_place(instance.config)), FakeClock(), home=home, ours=ours)
    return Side(instance, home, sharing)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    base = tmp_path_factory.mktemp("pair")
    anna, ben = a_side("anna", base), a_side("ben", base)
    try:
        anna.instance.start()
        ben.instance.start()
        yield anna, ben
    finally:
        anna.instance.stop()
        ben.instance.stop()


async def so(probe: Callable[[], Awaitable[bool]], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not await probe():
        assert time.monotonic() < deadline, "still not so"
        await asyncio.sleep(0.1)


async def test_two_machines_from_strangers_to_synchronised_and_back(sides: tuple[Side, Side]) -> None:
    anna, ben = sides
    me, he = await anna.sharing.identify(), await ben.sharing.identify()
    assert (me.device_id, me.name) == (anna.instance.device_id, "anna")
    assert await anna.sharing.devices() == frozenset()

    assert await anna.sharing.add_device(he.device_id, "Ben", [ben.address])
    assert not await anna.sharing.add_device(he.device_id, "Ben")
    assert await ben.sharing.add_device(me.device_id, "Anna", [anna.address])
    assert await anna.sharing.devices() == {he.device_id}

    folder_id = await anna.sharing.create("Pläne", str(anna.home / "Pläne"), he.device_id)
    plan = anna.home / "Pläne" / "2026" / "Plan.txt"
    plan.parent.mkdir(parents=True)
    plan.write_text("erste Fassung")
    await anna.sharing.scan(folder_id, "2026")
    card = Card(CardKind.FILE, folder_id=folder_id, label="Pläne", path="2026/Plan.txt", size=13)
    assert (await anna.sharing.locate(card)).arrival is Arrival.HERE
    assert (await ben.sharing.locate(card)).arrival is Arrival.NO_FOLDER

    before = await anna.sharing.checklist(folder_id, he.device_id)
    assert before.next in (Step.CONNECTED, Step.ACCEPTED)
    assert Step.SYNCED not in before.done

    async def accepted() -> bool:
        try:
            await ben.sharing.accept(folder_id, "Pläne", str(ben.home / "Pläne"), me.device_id)
        except Refused as refused:
            if refused.id != "tele.sharing.not_offered":
                raise
            return False
        return True

    await so(accepted)
    await so(lambda: _complete(anna, folder_id, he.device_id))
    await so(lambda: _complete(ben, folder_id, me.device_id))
    assert (ben.home / "Pläne" / "2026" / "Plan.txt").read_text() == "erste Fassung"
    found = await ben.sharing.locate(card)
    assert found.arrival is Arrival.HERE
    assert found.path == str(ben.home / "Pläne" / "2026" / "Plan.txt")
    other = Card(CardKind.FILE, folder_id=folder_id, label="Pläne", path="2026/Nie.txt", size=1)
    assert (await ben.sharing.locate(other)).arrival is Arrival.UNANNOUNCED

    await anna.sharing.stop(folder_id, he.device_id)
    assert (await anna.sharing.checklist(folder_id, he.device_id)).next is Step.SHARED
    await anna.sharing.remove_device(he.device_id)
    assert await anna.sharing.devices() == frozenset()
    assert plan.exists()
    assert (await anna.sharing.checklist(folder_id, he.device_id)).next is Step.DEVICE


async def test_what_syncthing_would_take_is_refused_here(sides: tuple[Side, Side]) -> None:
    anna, ben = sides
    with pytest.raises(UserMistake, match=r"tele\.pairing\.own_device"):
        await anna.sharing.add_device(anna.instance.device_id, "me")
    with pytest.raises(UserMistake, match=r"tele\.pairing\.device_id"):
        await anna.sharing.add_device(ben.instance.device_id[:-1] + "0", "x")
    stranger = "RXUDE7N-H37JQVP-NBLUN4E-4HYPRV3-2P45G3C-3FKGPE2-RBL3UHW-T7ESQAS"
    with pytest.raises(UserMistake, match=r"tele\.pairing\.unknown_device"):
        await anna.sharing.create("x", str(anna.home / "x"), stranger)
    with pytest.raises(UserMistake, match=r"tele\.sharing\.type"):
        await anna.sharing.create("x", str(anna.home / "x"), ben.instance.device_id, "everything")
    with pytest.raises(Refused, match=r"tele\.sharing\.not_offered"):
        await ben.sharing.accept("nie-angeboten", "x", str(ben.home / "x"), anna.instance.device_id)
    assert not (ben.home / "x").exists()


async def test_places_on_the_disk(sides: tuple[Side, Side]) -> None:
    sharing, home, syncthing = sides[0].sharing, sides[0].home, sides[0].instance.home
    (home / "full").mkdir()
    (home / "full" / "a").write_text("a")
    (home / "file").write_text("x")
    (home / "to-home").symlink_to(home)
    (home / "to-etc").symlink_to("/etc")
    (home / "to-keys").symlink_to(syncthing)
    (home / "loop").symlink_to(home / "loop")

    async def trouble(typed: str) -> PathTrouble | None:
        return (await sharing.check_path(typed)).trouble

    assert await trouble(str(home)) is PathTrouble.HOME
    assert await trouble(str(home / "to-home")) is PathTrouble.HOME
    assert await trouble(str(home / "to-etc")) is PathTrouble.SYSTEM
    assert await trouble(str(home / "to-etc" / "new")) is PathTrouble.SYSTEM
    assert await trouble(str(home / "to-keys" / "x")) is PathTrouble.OURS
    assert await trouble(str(home / "teleteam")) is PathTrouble.OURS
    assert await trouble(str(home / "file")) is PathTrouble.NO_DIRECTORY
    assert await trouble(str(home / "file" / "below")) is PathTrouble.NO_DIRECTORY
    assert await trouble(str(home / ".ssh")) is PathTrouble.HIDDEN
    assert await trouble(str(home / "a" / ".." / "b")) is PathTrouble.ODD
    assert await trouble("x\0y") is not None
    assert await trouble("") is PathTrouble.EMPTY
    report = await sharing.check_path(str(home / "full"))
    assert (report.trouble, report.exists, report.entries) == (None, True, 1)
    report = await sharing.check_path(str(home / "new" / "deep"))
    assert (report.trouble, report.exists) == (None, False)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "folder"
    root.mkdir()
    (tmp_path / "secret").write_text("x")
    (root / "out").symlink_to(tmp_path / "secret")
    (root / "dir").symlink_to(tmp_path)
    (root / "in").write_text("here")
    (root / "also").symlink_to(root / "in")
    assert file_in(str(root), "in") == (str(root / "in"), 4)
    assert file_in(str(root), "also") == (str(root / "in"), 4)
    assert file_in(str(root), "out") is None
    assert file_in(str(root), "dir/secret") is None
    assert file_in(str(root), "missing") is None
    os.mkfifo(root / "pipe")
    assert file_in(str(root), "pipe") is None
    assert file_in(str(tmp_path / "no"), "in") is None


async def _complete(side: Side, folder_id: str, device_id: str) -> bool:
    return (await side.sharing.checklist(folder_id, device_id)).complete
