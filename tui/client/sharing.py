"""Sharing a folder with a colleague: choose or make one, offer it, take an offered one, watch it arrive.

Invariant: a folder goes to one machine, named by its whole ID, that was paired with that person; where it
lies was checked with all links resolved in the moment it is set up.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from tui.client.machines import Machines
from tui.client.pairing import Pairing, Peer
from tui.client.posts import Posts
from tui.client.wording.pairing import card_text
from tui.core.errors import UserMistake
from tui.core.folders import FolderConfig
from tui.core.ids import ChannelId
from tui.core.models import Post, Target
from tui.core.pairing import Card, CardKind, clean_name, is_folder_id
from tui.core.shared_paths import directory_name
from tui.core.sharing import Checklist, PathReport

if TYPE_CHECKING:
    from tui.sync.sharing import Sharing as Sharer


class Sharing:
    def __init__(self, posts: Posts, pairing: Pairing, machines: Machines) -> None:
        self._posts = posts
        self._pairing = pairing
        self._machines = machines

    def folders(self) -> Future[tuple[FolderConfig, ...]]:
        """The folders of this machine's Syncthing, as they are set up."""
        return self._machines.run(lambda sharer: sharer.folders())

    def check_path(self, typed: str) -> Future[PathReport]:
        """Whether a new folder may lie there."""
        return self._machines.run(lambda sharer: sharer.check_path(typed))

    def suggest(self, label: str, folder_id: str = "") -> Future[str]:
        """A directory to propose for a folder called `label`, one that nothing lies in yet."""

        async def work(sharer: Sharer) -> str:
            root = Path(await sharer.suggested_root())
            name = directory_name(label, folder_id)
            found = root / name
            for number in range(2, 100):
                report = await sharer.check_path(str(found))
                if report.trouble is None and not report.entries:
                    break
                found = root / f"{name} {number}"
            return str(found)

        return self._machines.run(work)

    def offer_new(
        self, channel_id: ChannelId, peer: Peer, label: str, path: str, type_: str = "sendreceive"
    ) -> Future[str]:
        """Makes a folder, shares it with the colleague's machine and says so; its id."""
        name = clean_name(label)
        if not name:
            raise UserMistake("tele.sharing.label")

        async def work(sharer: Sharer) -> str:
            folder_id = await sharer.create(name, path, peer.device_id, type_)
            await self._tell(sharer, channel_id, folder_id, name)
            return folder_id

        return self._machines.run(work)

    def offer_existing(self, channel_id: ChannelId, peer: Peer, folder: FolderConfig) -> Future[str]:
        """Shares a folder that is here with the colleague's machine and says so; its id."""

        async def work(sharer: Sharer) -> str:
            await sharer.share(folder.id, peer.device_id)
            await self._tell(sharer, channel_id, folder.id, clean_name(folder.label) or folder.id)
            return folder.id

        return self._machines.run(work)

    def accept(self, post: Post, path: str, type_: str = "sendreceive") -> Future[str]:
        """Takes the folder of a card into `path`; its id. UserMistake tele.pairing.bad_card, .foreign."""
        card = self._pairing.card(post)
        if card.kind is not CardKind.FOLDER:
            raise UserMistake("tele.pairing.bad_card")
        if self._pairing.owner_of(card.device_id) != post.user_id:
            raise UserMistake("tele.pairing.foreign")
        return self.accept_offer(card.folder_id, card.label, card.device_id, path, type_)

    def accept_offer(
        self, folder_id: str, label: str, device_id: str, path: str, type_: str = "sendreceive"
    ) -> Future[str]:
        """The same for an offer that Syncthing itself reports (the colleague has only the web page)."""

        async def work(sharer: Sharer) -> str:
            await sharer.accept(folder_id, label, path, device_id, type_)
            return folder_id

        return self._machines.run(work)

    def stop(self, folder_id: str, device_id: str) -> Future[None]:
        """Shares a folder no longer with that machine; what has arrived stays on both sides."""
        return self._machines.run(lambda sharer: sharer.stop(folder_id, device_id))

    def decline(self, folder_id: str, device_id: str) -> Future[None]:
        """Takes an offer off the list until that machine connects again."""
        return self._machines.run(lambda sharer: sharer.decline(folder_id, device_id))

    def dismiss_device(self, device_id: str) -> Future[None]:
        """Takes a stranger off the list until it dials again."""
        return self._machines.run(lambda sharer: sharer.dismiss_device(device_id))

    def checklist(self, folder_id: str, device_id: str) -> Future[Checklist]:
        return self._machines.run(lambda sharer: sharer.checklist(folder_id, device_id))

    async def _tell(self, sharer: Sharer, channel_id: ChannelId, folder_id: str, label: str) -> None:
        """The card; without a channel or with an id that no card can carry Syncthing's own offer must do."""
        if not channel_id or not is_folder_id(folder_id):
            return
        myself = await sharer.identify()
        card = Card(CardKind.FOLDER, device_id=myself.device_id, folder_id=folder_id, label=label)
        await asyncio.to_thread(self._posts.send_card, Target(channel_id), card_text(card), card.props())
