"""A Sharing that notes what it is asked, so that dialogs can be tried without a Syncthing.

Invariant: every answer is a plain value that the test may change; nothing is written anywhere.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from tui.client.client import Client
from tui.client.lane import Wires
from tui.client.machines import Machines
from tui.client.pairing import Pairing
from tui.client.sharing import Sharing
from tui.client.shelf import Shelf
from tui.core.device_ids import with_check_digits
from tui.core.folders import DeviceState, DeviceView, FolderConfig, FoldersLink, FoldersSnapshot
from tui.core.pairing import Card
from tui.core.sharing import Arrival, Checklist, Myself, PathReport, Whereabouts

T = TypeVar("T")
MINE = with_check_digits("ANNA" * 13)
BENS = with_check_digits("BENB" * 12 + "BENA")
EVES = with_check_digits("EVEB" * 12 + "EVEA")


class PretendedSharing:
    """The verbs of `sync.sharing.Sharing` that the dialogs use."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.report = PathReport("/home/anna/Plans")
        self.list = Checklist()
        self.where = Whereabouts(Arrival.ON_THE_WAY)
        self.known: tuple[FolderConfig, ...] = ()

    async def identify(self) -> Myself:
        return Myself(MINE, "annas-laptop")

    async def add_device(self, device_id: str, name: str, addresses: Sequence[str] = ()) -> bool:
        self.asked.append(("add", device_id, name, tuple(addresses)))
        return True

    async def remove_device(self, device_id: str) -> None:
        self.asked.append(("remove", device_id))

    async def folders(self) -> tuple[FolderConfig, ...]:
        return self.known

    async def create(self, label: str, path: str, device_id: str, type_: str) -> str:
        self.asked.append(("create", label, path, device_id, type_))
        return "abcde-fghij"

    async def accept(self, folder_id: str, label: str, path: str, device_id: str, type_: str) -> None:
        self.asked.append(("accept", folder_id, label, path, device_id, type_))

    async def share(self, folder_id: str, device_id: str) -> None:
        self.asked.append(("share", folder_id, device_id))

    async def dismiss_device(self, device_id: str) -> None:
        self.asked.append(("dismiss", device_id))

    async def decline(self, folder_id: str, device_id: str) -> None:
        self.asked.append(("decline", folder_id, device_id))

    async def stop(self, folder_id: str, device_id: str) -> None:
        self.asked.append(("stop", folder_id, device_id))

    async def suggested_root(self) -> str:
        return "/home/anna"

    async def check_path(self, typed: str) -> PathReport:
        self.asked.append(("check", typed))
        return self.report

    async def checklist(self, folder_id: str, device_id: str) -> Checklist:
        self.asked.append(("checklist", folder_id, device_id))
        return self.list

    async def scan(self, folder_id: str, path: str = "") -> None:
        self.asked.append(("scan", folder_id, path))

    async def locate(self, card: Card) -> Whereabouts:
        self.asked.append(("locate", card.path))
        return self.where


class AtOnce(Machines):
    """Runs what would run on the lane here and now."""

    def __init__(self, sharing: PretendedSharing) -> None:
        self._sharing = sharing

    def run_wired(self, work: Callable[[Any, Wires], Coroutine[Any, Any, T]]) -> Future[T]:
        done: Future[T] = Future()

        def do() -> None:
            try:
                done.set_result(asyncio.run(work(self._sharing, cast(Wires, None))))
            except Exception as error:  # noqa: BLE001 - handed on
                done.set_exception(error)

        threading.Thread(target=do, daemon=True).start()
        return done


def pretend(client: Client) -> PretendedSharing:
    """Gives `client` a Syncthing that only notes what it is asked; Ben's machine is in its list."""
    sharing = PretendedSharing()
    machines = AtOnce(sharing)
    client.pairing = Pairing(client.base, client.folders, client.posts, machines)
    client.sharing = Sharing(client.posts, client.pairing, machines)
    client.shelf = Shelf(client.base, client.folders, client.posts, client.pairing, machines)
    link_up(client)
    return sharing


def link_up(client: Client, *devices: str) -> None:
    """Syncthing answers and has these devices."""
    views = tuple(DeviceView(device, device[:7], DeviceState.UP_TO_DATE) for device in devices)
    client.folders.publish(FoldersSnapshot(link=FoldersLink.OK, devices=views, my_id=MINE))
