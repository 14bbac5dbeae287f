"""Pairs this machine's Syncthing with another and shares folders with it, over its REST API.

Each verb opens the API, does one thing that the person has said yes to, and closes it. What the panel shows
comes from the events that follow.

Invariant: devices are compared by their whole ID; a folder is accepted only where Syncthing itself reports
that this device offers it, and only into a place that `core.shared_paths` allows with all links resolved.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from tui.core import folder_wire as fw
from tui.core.device_ids import is_device_id
from tui.core.errors import Refused, UserMistake
from tui.core.folder_acts import Body, FileState
from tui.core.folders import Completion, FolderConfig, FolderStatus
from tui.core.models import Json
from tui.core.pairing import Card, is_folder_id
from tui.core.ports import Clock, FolderApi
from tui.core.shared_paths import Ground, PathTrouble, is_relative_path, refuse
from tui.core.sharing import (
    FOLDER_TYPES,
    Arrival,
    Checklist,
    Myself,
    PathReport,
    Step,
    Whereabouts,
    arrival_of,
    new_folder_id,
    steps_done,
)

MOST_ENTRIES = 1_000
"""So many things in a directory are counted."""


class Sharing:
    """Used on the net lane. `home` and `ours`: see `core.shared_paths.Ground`."""

    def __init__(
        self, open_api: Callable[[], FolderApi], clock: Clock, *, home: Path, ours: Sequence[Path] = ()
    ) -> None:
        self._open_api = open_api
        self._clock = clock
        self._home = home
        self._ours = tuple(ours)

    # machines
    async def identify(self) -> Myself:
        """This machine's device ID, and the name that its owner gave it."""
        async with _Session(self._open_api) as api:
            own = (await api.fetch_system_status()).my_id
            _folders, devices = await api.fetch_config()
            return Myself(own, next((d.name for d in devices if d.id == own), ""))

    async def add_device(self, device_id: str, name: str, addresses: Sequence[str] = ()) -> bool:
        """Adds a machine; False where it was there already (nothing is changed then).

        Raises UserMistake: tele.pairing.device_id, .own_device.
        """
        if not is_device_id(device_id):
            raise UserMistake("tele.pairing.device_id")
        async with _Session(self._open_api) as api:
            if (await api.fetch_system_status()).my_id == device_id:
                raise UserMistake("tele.pairing.own_device")
            _folders, devices = await api.fetch_config()
            if any(device.id == device_id for device in devices):
                return False
            body: Body = {"deviceID": device_id, "name": name}
            if addresses:
                body["addresses"] = [*addresses, "dynamic"]
            await api.put_device(body)
            return True

    async def remove_device(self, device_id: str) -> None:
        """Forgets a machine, in all folders too; files stay where they are."""
        async with _Session(self._open_api) as api:
            await api.remove_device(device_id)
            await _dismiss(api.dismiss_device, device_id)

    async def devices(self) -> frozenset[str]:
        """IDs of the machines in our list, our own left out."""
        async with _Session(self._open_api) as api:
            own = (await api.fetch_system_status()).my_id
            return frozenset(device.id for device in (await api.fetch_config())[1]) - {own}

    # folders
    async def folders(self) -> tuple[FolderConfig, ...]:
        async with _Session(self._open_api) as api:
            return tuple((await api.fetch_config())[0])

    async def share(self, folder_id: str, device_id: str) -> None:
        """Shares a folder that is here with one more machine; the others keep theirs."""
        async with _Session(self._open_api) as api:
            await _share(api, folder_id, device_id)

    async def create(self, label: str, path: str, device_id: str, type_: str = "sendreceive") -> str:
        """A new folder at `path`, shared with a machine; its id. Raises UserMistake tele.sharing.path.*."""
        folder_id = new_folder_id([self._clock.random() for _ in range(10)])
        async with _Session(self._open_api) as api:
            await self._put(api, folder_id, label, path, device_id, type_)
        return folder_id

    async def accept(
        self, folder_id: str, label: str, path: str, device_id: str, type_: str = "sendreceive"
    ) -> None:
        """Takes a folder that a machine offers; one that is here already is only shared with it too.

        Raises Refused("tele.sharing.not_offered") where Syncthing knows of no such offer (or not yet),
        ("tele.sharing.encrypted") for an offer to keep encrypted data.
        """
        async with _Session(self._open_api) as api:
            offers = await api.fetch_offered_folders()
            offer = next((o for o in offers if (o.id, o.device_id) == (folder_id, device_id)), None)
            folders, _devices = await api.fetch_config()
            here = next((folder for folder in folders if folder.id == folder_id), None)
            if here is not None and device_id in here.device_ids:
                return
            if offer is None:
                raise Refused("tele.sharing.not_offered")
            if offer.encrypted:
                raise Refused("tele.sharing.encrypted")
            if here is not None:
                await _share(api, folder_id, device_id)
            else:
                await self._put(api, folder_id, label, path, device_id, type_)

    async def stop(self, folder_id: str, device_id: str) -> None:
        """Shares a folder no longer with a machine; it stays here, and there what has arrived."""
        async with _Session(self._open_api) as api:
            body = await api.fetch_folder_body(folder_id)
            left = [
                entry for entry in fw.items(body.get("devices")) if fw.text(entry, "deviceID") != device_id
            ]
            await api.patch_folder(folder_id, {"devices": [dict(entry) for entry in left]})
            await _dismiss(lambda known: api.dismiss_folder(folder_id, known), device_id)

    async def decline(self, folder_id: str, device_id: str) -> None:
        """Takes an offer off Syncthing's list; it comes back when that machine connects again."""
        async with _Session(self._open_api) as api:
            await api.dismiss_folder(folder_id, device_id)

    async def dismiss_device(self, device_id: str) -> None:
        """Takes a machine that wants to connect off the list; it comes back when it dials again."""
        async with _Session(self._open_api) as api:
            await api.dismiss_device(device_id)

    async def suggested_root(self) -> str:
        """The directory in which Syncthing would make new folders."""
        async with _Session(self._open_api) as api:
            root = await api.fetch_default_folder_path()
        return str(Path(root or "~").expanduser())

    async def checklist(self, folder_id: str, device_id: str) -> Checklist:
        """How far the sharing of one folder with one machine is."""
        async with _Session(self._open_api) as api:
            folders, devices = await api.fetch_config()
            known = any(device.id == device_id for device in devices)
            link = (await api.fetch_connections()).get(device_id)
            folder = next((f for f in folders if f.id == folder_id), None)
            shared = folder is not None and device_id in folder.device_ids
            status, completion = await _state(api, folder, device_id) if shared else (None, None)
        done = steps_done(
            known=known,
            connected=link is not None and link.connected,
            shared=shared,
            status=status,
            completion=completion,
        )
        return _figures(done, status or FolderStatus(), completion or Completion())

    # places
    async def check_path(self, typed: str) -> PathReport:
        """Whether a new folder may lie there; asks Syncthing for its folders, and the disk."""
        async with _Session(self._open_api) as api:
            folders, _devices = await api.fetch_config()
        return await asyncio.to_thread(self._report, typed, folders)

    async def locate(self, card: Card) -> Whereabouts:
        """Whether the file that a card names is on this machine."""
        if not is_relative_path(card.path) or not is_folder_id(card.folder_id):
            return Whereabouts(Arrival.NO_FOLDER)
        async with _Session(self._open_api) as api:
            folders, _devices = await api.fetch_config()
            folder = next((f for f in folders if f.id == card.folder_id), None)
            if folder is None:
                return Whereabouts(Arrival.NO_FOLDER)
            here = await asyncio.to_thread(file_in, folder.path, card.path)
            if here is not None and (not card.size or here[1] == card.size):
                return Whereabouts(Arrival.HERE, here[0])
            state = await _file_state(api, card)
        if here is not None and state.in_sync:
            return Whereabouts(Arrival.HERE, here[0])
        return Whereabouts(arrival_of(state))

    async def scan(self, folder_id: str, path: str = "") -> None:
        """Lets Syncthing look now and not when its watcher wakes up (10 s)."""
        async with _Session(self._open_api) as api:
            await api.rescan(folder_id, path)

    async def _put(
        self, api: FolderApi, folder_id: str, label: str, path: str, device_id: str, type_: str
    ) -> None:
        if type_ not in FOLDER_TYPES:
            raise UserMistake("tele.sharing.type")
        folders, devices = await api.fetch_config()
        if not any(device.id == device_id for device in devices):
            raise UserMistake("tele.pairing.unknown_device")
        report = await asyncio.to_thread(self._report, path, folders)
        if report.trouble is not None:
            raise UserMistake(f"tele.sharing.path.{report.trouble.value}")
        partners: list[Json] = [{"deviceID": device_id}]
        await api.put_folder(
            {"id": folder_id, "label": label, "path": report.path, "type": type_, "devices": partners}
        )

    def _report(self, typed: str, folders: Sequence[FolderConfig]) -> PathReport:
        """Asks the disk. Blocks."""
        resolved = str(_resolved(typed))
        ground = Ground(
            str(_resolved(str(self._home))),
            tuple(str(_resolved(folder.path)) for folder in folders if folder.path),
            tuple(str(_resolved(str(own))) for own in self._ours),
        )
        trouble = refuse(typed.strip(), resolved, ground)
        if trouble is not None:
            return PathReport(resolved, trouble)
        return _on_disk(resolved)


class _Session:
    """One opened API; closed in any case."""

    def __init__(self, open_api: Callable[[], FolderApi]) -> None:
        self._api = open_api()

    async def __aenter__(self) -> FolderApi:
        return self._api

    async def __aexit__(self, *_error: object) -> None:
        await self._api.close()


async def _share(api: FolderApi, folder_id: str, device_id: str) -> None:
    body = await api.fetch_folder_body(folder_id)
    held = [dict(entry) for entry in fw.items(body.get("devices"))]
    if any(entry.get("deviceID") == device_id for entry in held):
        return
    await api.patch_folder(folder_id, {"devices": [*held, {"deviceID": device_id}]})


async def _dismiss(dismiss: Callable[[str], object], device_id: str) -> None:
    """Syncthing before 1.18 cannot; there is nothing to be done then."""
    try:
        await dismiss(device_id)  # type: ignore[misc]
    except Refused:
        return


async def _state(
    api: FolderApi, folder: FolderConfig | None, device_id: str
) -> tuple[FolderStatus | None, Completion | None]:
    if folder is None or folder.paused:
        return None, None
    return await api.fetch_folder_status(folder.id), await api.fetch_completion(device_id, folder.id)


async def _file_state(api: FolderApi, card: Card) -> FileState:
    try:
        return await api.fetch_file(card.folder_id, card.path)
    except Refused:
        return FileState()


def _figures(done: frozenset[Step], status: FolderStatus, there: Completion) -> Checklist:
    return Checklist(
        done,
        need_items=status.need_total_items,
        need_bytes=status.need_bytes,
        remote_need_items=there.need_items + there.need_deletes,
        remote_need_bytes=there.need_bytes,
        empty=Step.SHARED in done and there.global_items == 0,
        error=status.error,
    )


def _resolved(typed: str) -> Path:
    """Absolute, `~` and links followed as far as they exist; the text itself where that is impossible."""
    try:
        return Path(typed.strip().replace("\0", "")).expanduser().resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(typed)


def _on_disk(resolved: str) -> PathReport:
    """What lies at an allowed place."""
    path = Path(resolved)
    try:
        with os.scandir(path) as entries:
            count = sum(1 for _entry, _number in zip(entries, range(MOST_ENTRIES), strict=False))
    except NotADirectoryError:
        return PathReport(resolved, PathTrouble.NO_DIRECTORY)
    except FileNotFoundError:
        return _to_be_made(path)
    except OSError:
        return PathReport(resolved, PathTrouble.DENIED, exists=True)
    if not os.access(path, os.W_OK | os.X_OK):
        return PathReport(resolved, PathTrouble.DENIED, exists=True)
    return PathReport(resolved, exists=True, entries=count)


def _to_be_made(path: Path) -> PathReport:
    """The nearest directory above must let us make one."""
    above = next((parent for parent in path.parents if parent.exists()), Path("/"))
    if not above.is_dir():
        return PathReport(str(path), PathTrouble.NO_DIRECTORY)
    if not os.access(above, os.W_OK | os.X_OK):
        return PathReport(str(path), PathTrouble.DENIED)
    return PathReport(str(path))


def file_in(root: str, relative: str) -> tuple[str, int] | None:
    """(path, size) of a regular file in a folder; None where it is missing or a link leads out. Blocks."""
    try:
        base = Path(root).expanduser().resolve(strict=True)
        found = (base / relative).resolve(strict=True)
        info = found.stat()
    except (OSError, RuntimeError, ValueError):
        return None
    if not found.is_relative_to(base) or not stat.S_ISREG(info.st_mode):
        return None
    return str(found), info.st_size
