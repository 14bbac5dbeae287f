"""Folders and devices put into a real Syncthing, and the traps of doing so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.errors import Refused, UserMistake
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import Place

pytestmark = pytest.mark.timeout(90)
needs_syncthing = pytest.mark.syncthing
OTHER = "RXUDE7N-H37JQVP-NBLUN4E-4HYPRV3-2P45G3C-3FKGPE2-RBL3UHW-T7ESQAS"


@pytest.mark.parametrize("path", ["", "~", ".", "Projekte", "/", "//", "/."])
async def test_trap_a_folder_without_path_never_leaves(path: str) -> None:
    """Syncthing answers 200 and shares the whole home directory; nobody listens here: nothing was sent."""
    api = SyncthingApi(Place("http://127.0.0.1:9", "k"))
    with pytest.raises(UserMistake):
        await api.put_folder({"id": "a", "path": path})
    if not path.strip("/."):
        with pytest.raises(UserMistake):
            await api.put_folder({"id": "a"})
    await api.close()


async def test_trap_a_device_without_id_never_leaves() -> None:
    api = SyncthingApi(Place("http://127.0.0.1:9", "k"))
    with pytest.raises(UserMistake):
        await api.put_device({"name": "namenlos"})
    await api.close()


@needs_syncthing
async def test_a_folder_comes_changes_and_goes(api: SyncthingApi, tmp_path: Path) -> None:
    path = tmp_path / "mit" / "a b"
    await api.put_folder({"id": "x+y z", "label": "Ü", "path": str(path)})
    body = await api.fetch_folder_body("x+y z")
    assert (body["label"], body["path"], body["type"]) == ("Ü", str(path), "sendreceive")
    await api.patch_folder("x+y z", {"label": "Neu", "paused": True})
    assert (await api.fetch_folder_body("x+y z"))["label"] == "Neu"
    with pytest.raises(UserMistake):
        await api.patch_folder("x+y z", {"path": ""})
    (path / "bleibt.txt").write_text("hier")
    await api.remove_folder("x+y z")
    await api.remove_folder("x+y z")  # an unknown id is no error
    with pytest.raises(Refused):
        await api.fetch_folder_body("x+y z")
    assert (path / "bleibt.txt").exists()


@needs_syncthing
async def test_a_device_comes_changes_and_goes(api: SyncthingApi) -> None:
    await api.put_device({"deviceID": OTHER, "name": "bob", "addresses": ["tcp://127.0.0.1:9"]})
    await api.patch_device(OTHER, {"name": "robert"})
    assert (await api.fetch_device_body(OTHER))["name"] == "robert"
    await api.remove_device(OTHER)
    with pytest.raises(Refused):
        await api.fetch_device_body(OTHER)
    with pytest.raises(Refused):
        await api.put_device({"deviceID": "kaputt"})


@needs_syncthing
async def test_ids_are_checked_by_syncthing_itself(api: SyncthingApi) -> None:
    assert await api.check_device_id(OTHER.lower().replace("-", " ")) == OTHER
    assert await api.check_device_id(OTHER[:-1] + "A") == ""
    assert await api.check_device_id("") == ""


@needs_syncthing
async def test_nothing_is_offered_and_dismissing_it_again_does_no_harm(api: SyncthingApi) -> None:
    assert await api.fetch_offering_devices() == ()
    assert await api.fetch_offered_folders() == ()
    await api.dismiss_folder("gibtsnicht", OTHER)
    assert await api.fetch_default_folder_path()
