"""Sharing folders with a colleague, and what Enter on a card does.

Invariant: a folder is set up only after its place was checked and the person has said yes to it; what is
shared, with whom and how much, is named first.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from tui.client.pairing import CardState, CardView, Peer
from tui.client.wording.pairing import WRONG
from tui.core.folders import FolderConfig
from tui.core.ids import ChannelId, UserId
from tui.core.models import Post
from tui.core.pairing import Card, CardKind, Doubt
from tui.core.safe_text import safe_line
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.messages import PendingChosen
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.picker import FactsPicker, Offer, Picker

if TYPE_CHECKING:
    from tui.ui.screens.main_pairing import PairingDesk
    from tui.ui.screens.main_shelf import ShelfDesk
    from tui.ui.screens.main_show import Showing
    from tui.ui.screens.main_whom import Whom


class SharingDesk(Desk):
    def __init__(self, screen: Showing, whom: Whom, pairing: PairingDesk, shelf: ShelfDesk) -> None:
        super().__init__(screen)
        self._whom = whom
        self._pairing = pairing
        self._shelf = shelf

    # what the folders panel asks for
    def pending(self, event: PendingChosen) -> None:
        """A machine that wants in, or a folder that is offered."""
        snapshot = self.client.folders.snapshot()
        if event.folder_id:
            offers = {(device, folder): label for device, folder, label in snapshot.pending_folders}
            label = offers.get((event.device_id, event.folder_id), "")
            self.ask_pending_folder(event.device_id, event.folder_id, label)
        else:
            self._pairing.ask_pending_device(
                event.device_id, dict(snapshot.pending_devices).get(event.device_id, "")
            )

    # cards
    def card(self, row: PostRow) -> None:
        """Enter on a card."""
        view = self.client.pairing.view(row.post)
        card = view.found.good if view is not None else None
        if view is None or card is None:
            problem = (view.found.problem if view is not None else None) or Doubt.SHAPE
            self.tell(str(WRONG[problem]), alarm=True)
        elif card.kind in (CardKind.FILE, CardKind.CONFLICT):
            self._shelf.open_shared_file(row.post, card)
        elif view.mine:
            self._pairing.own_card(row.post, card, view)
        elif card.kind in (CardKind.REQUEST, CardKind.ANSWER):
            self._pairing.compare(row.post, card, view)
        elif card.kind is CardKind.FOLDER:
            self._offered(row.post, card, view)
        elif card.kind is CardKind.UNPAIR:
            self._pairing.told_unpaired(row.post, card)

    # a folder of mine
    def share(self) -> None:
        self._whom.ask(_("Share a folder with"), self._share_with)

    def _share_with(self, user_id: UserId) -> None:
        """Which of the colleague's machines, then which folder."""
        peers = self.client.pairing.devices_of(user_id)
        name = self._whom.name(user_id)
        if not peers:
            self.tell(_("Pair with {name} first.").format(name=name))
            self._pairing.pair_with(user_id)
        elif len(peers) == 1:
            self._choose_folder(user_id, peers[0])
        else:
            offers = [Offer(p.device_id, p.name or p.device_id[:7], p.device_id[:7], "▣") for p in peers]
            known = {peer.device_id: peer for peer in peers}
            dialog = Picker(_("Which machine of {name}?").format(name=name), lambda _text: offers)
            self.push(dialog, lambda k: self._choose_folder(user_id, known[k]) if k else None)

    def _choose_folder(self, user_id: UserId, peer: Peer) -> None:
        def ask(folders: tuple[FolderConfig, ...]) -> None:
            known = {folder.id: folder for folder in folders if folder.type != "receiveencrypted"}
            offers = [Offer("", _("A new folder …"), "", "+")]
            offers += [Offer(f.id, f.label or f.id, safe_line(f.path, 60), "▤") for f in known.values()]
            offers[0] = Offer("+", offers[0].title, "", "+")
            dialog = Picker(
                _("Share with {name}").format(name=self._whom.name(user_id)),
                lambda text: [o for o in offers if text.casefold() in o.title.casefold()],
                verb=_("Share"),
            )
            self.push(dialog, lambda key: self._folder_chosen(key, user_id, peer, known))

        self.when_done(self.client.sharing.folders(), ask)

    def _folder_chosen(
        self, key: str | None, user_id: UserId, peer: Peer, known: dict[str, FolderConfig]
    ) -> None:
        if key == "+":
            self._ask_label(user_id, peer)
        elif key:
            self._ask_existing(user_id, peer, known[key])

    def _ask_existing(self, user_id: UserId, peer: Peer, folder: FolderConfig) -> None:
        view = next((v for v in self.client.folders.snapshot().folders if v.id == folder.id), None)
        size = self.screen.shared.formats.size(view.global_bytes) if view is not None else "?"
        text = _("{folder} ({path}, {size}) with everything in it goes to {name}’s machine {device}.")
        question = text.format(
            folder=safe_line(folder.label or folder.id, 80),
            path=safe_line(folder.path, 120),
            size=size,
            name=self._whom.name(user_id),
            device=safe_line(peer.name, 60) or peer.device_id[:7],
        )

        def share() -> None:
            def offer(channel_id: ChannelId) -> None:
                asked = self.client.sharing.offer_existing(channel_id, peer, folder)
                self.when_done(
                    asked, lambda folder_id: self._pairing.show_progress(folder_id, peer.device_id, user_id)
                )

            self.when_done(self.client.channels.direct(user_id), offer)

        dialog = Confirm(_("Share this folder?"), question, _("Share"))
        self.push(dialog, lambda yes: share() if yes else None)

    def _ask_label(self, user_id: UserId, peer: Peer) -> None:
        from tui.ui.screens.pairing import AskLine

        question = _("What is the folder to be called? Both of you see this name.")
        dialog = AskLine(_("A new folder"), question, verb=_("Next"))
        self.push(dialog, lambda name: self._ask_place(user_id, peer, name) if name else None)

    def _ask_place(self, user_id: UserId, peer: Peer, name: str) -> None:
        from tui.ui.screens.sharing import Chosen, PlaceScreen

        sharing = self.client.sharing

        def make(chosen: Chosen | None) -> None:
            if chosen is None:
                return

            def offer(channel_id: ChannelId) -> None:
                asked = sharing.offer_new(channel_id, peer, name, chosen.path, chosen.type)
                self.when_done(
                    asked, lambda folder_id: self._pairing.show_progress(folder_id, peer.device_id, user_id)
                )

            self.when_done(self.client.channels.direct(user_id), offer)

        def ask(path: str) -> None:
            question = _("Where shall {folder} lie on this machine?").format(folder=safe_line(name, 80))
            self.push(PlaceScreen(_("A new folder"), question, path, sharing.check_path), make)

        self.when_done(sharing.suggest(name), ask)

    def _offered(self, post: Post, card: Card, view: CardView) -> None:
        """A folder of a card: into which directory."""
        if view.state is CardState.DONE:
            self._pairing.checklist_of(card, post.user_id)
        elif view.state is CardState.OPEN:
            sharing = self.client.sharing
            self.ask_where(
                card.folder_id,
                card.label,
                self._whom.name(post.user_id),
                lambda path, type_: sharing.accept(post, path, type_),
                lambda folder_id: self._pairing.show_progress(folder_id, card.device_id, post.user_id),
            )
        else:
            text = _("This folder is on a device that you have not paired with {name} here. Pair first.")
            self.tell(text.format(name=self._whom.name(post.user_id)), alarm=True)

    def ask_where(
        self,
        folder_id: str,
        label: str,
        name: str,
        accept: Callable[[str, str], Future[str]],
        then: Callable[[str], None],
    ) -> None:
        """Directory and direction for a folder that `name` offers, then `accept`, then `then`."""
        from tui.ui.screens.sharing import Chosen, PlaceScreen

        sharing = self.client.sharing

        def take(chosen: Chosen | None) -> None:
            if chosen is not None:
                self.screen.attempt(lambda: self.when_done(accept(chosen.path, chosen.type), then))

        def ask(path: str) -> None:
            text = _("{name} offers the folder {folder} (ID {id}). Where shall it lie here?")
            question = text.format(name=name, folder=safe_line(label, 80), id=safe_line(folder_id, 64))
            screen = PlaceScreen(_("Accept a folder"), question, path, sharing.check_path, careful=False)
            self.push(screen, take)

        self.when_done(sharing.suggest(label, folder_id), ask)

    def ask_pending_folder(self, device_id: str, folder_id: str, label: str) -> None:
        """A folder that a known device offers, without a card."""
        client = self.client
        owner = client.pairing.owner_of(device_id)
        views = client.folders.snapshot().devices
        device = next((view.name for view in views if view.id == device_id), device_id[:7])
        name = self._whom.name(owner) if owner else safe_line(device, 60)

        def where() -> None:
            self.ask_where(
                folder_id,
                label or folder_id,
                name,
                lambda path, type_: client.sharing.accept_offer(folder_id, label, device_id, path, type_),
                lambda _id: self._pairing.show_progress(folder_id, device_id, owner),
            )

        def chosen(what: str | None) -> None:
            if what == "take":
                where()
            elif what == "decline":
                asked = client.sharing.decline(folder_id, device_id)
                told = _("Declined. It is offered again when that machine connects the next time.")
                self.when_done(asked, lambda _none: self.tell(told))

        text = _("{name} offers the folder {folder} (ID {id}).")
        facts = [text.format(name=name, folder=safe_line(label, 80), id=safe_line(folder_id, 64))]
        if not owner:
            text = _("Device {name} was not paired from here. Take its folder only if you expect it.")
            facts.append(text.format(name=name))
        take = Offer("take", _("Take it: choose a directory"), "", "+")
        offers = [take, Offer("decline", _("Decline it"), "", "–")]
        self.push(FactsPicker("\n".join(facts), offers, _("A folder is offered")), chosen)
