"""Pairing machines with a colleague: my ID out, theirs compared and let in, a pairing ended.

Invariant: every step that changes a Syncthing follows from a key in a dialog that shows whom and what it is
about; the calls run on the net lane, and what comes of them is told in one line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.client.pairing import CardState, CardView, Peer
from tui.client.wording.pairing import WRONG
from tui.core.errors import TeleteamError
from tui.core.ids import ChannelId, UserId
from tui.core.models import Post
from tui.core.pairing import Card, CardKind, Doubt, is_address
from tui.core.safe_text import safe_line
from tui.core.sharing import Myself
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.messages import Failed
from tui.ui.panels.composer import Submission
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.ui.screens.main_show import Showing
    from tui.ui.screens.main_whom import Whom


class PairingDesk(Desk):
    def __init__(self, screen: Showing, whom: Whom) -> None:
        super().__init__(screen)
        self._whom = whom

    # whom
    def by_name(self, given: Submission, username: str) -> None:
        """`/pair @name`: the line is cleared when there is such a person."""

        def found(user_id: UserId) -> None:
            if user_id:
                given.composer.sent()
                self.pair_with(user_id)
            else:
                words = _("There is nobody called @{name} here.").format(name=safe_line(username, 60))
                self.tell(words, alarm=True)

        self.when_done(self.client.pairing.find(username), found)

    def pair(self) -> None:
        """In a direct message with the other one; elsewhere it is asked with whom."""
        self._whom.ask(_("Pair machines with"), self.pair_with)

    def unpair(self) -> None:
        """Which machine; then a question that says what is lost."""
        client = self.client
        peers = {peer.device_id: peer for peer in client.pairing.peers() if peer.device_id}
        if not peers:
            self.tell(_("No machine was paired from here."))
            return
        offers = [
            Offer(peer.device_id, peer.name or peer.device_id[:7], self._whom.name(peer.user_id), "▣")
            for peer in peers.values()
        ]
        dialog = Picker(_("End the pairing with"), lambda _text: offers, verb=_("Choose"))
        self.push(dialog, lambda key: self._ask_unpair(peers[key]) if key else None)

    def _ask_unpair(self, peer: Peer) -> None:
        views = self.client.folders.snapshot().folders
        text = _(
            "{name} of {person} leaves your Syncthing and all of your {n} folders. Files stay where they "
            "are, on both sides; changes no longer travel."
        )
        name = safe_line(peer.name, 80) or peer.device_id[:7]
        question = text.format(name=name, person=self._whom.name(peer.user_id), n=len(views))
        dialog = Confirm(_("End the pairing?"), question, _("End it"))
        self.push(dialog, lambda yes: self._unpair(peer) if yes else None)

    def _unpair(self, peer: Peer) -> None:
        asked = self.client.pairing.unpair(peer)
        self.when_done(asked, lambda _none: self.tell(_("The pairing has ended.")))

    # asking
    def pair_with(self, user_id: UserId) -> None:
        """My ID, and in which way the colleague is to get it."""
        self.when_done(self.client.pairing.identify(), lambda myself: self._show_own(user_id, myself))

    def _show_own(self, user_id: UserId, myself: Myself) -> None:
        from tui.ui.screens.pairing import DeviceScreen

        name = self._whom.name(user_id)
        facts = [
            _("Your machine: {name}").format(name=safe_line(myself.name, 80)),
            _("Pairing lets {name} and you share folders, nothing else. Both have to say yes.").format(
                name=name
            ),
        ]
        offers = [
            Offer("send", _("Send my ID to {name} in a direct message").format(name=name)),
            Offer("address", _("The same, with an address (without discovery)")),
            Offer("copy", _("Copy my ID")),
            Offer("code", _("Show my ID as a QR code")),
            Offer("type", _("Type in the ID of {name}’s machine").format(name=name)),
        ]
        title = _("Pair with {name}").format(name=name)
        screen = DeviceScreen(title, myself.device_id, facts, offers)
        self.push(screen, lambda what: self._own_chosen(what, user_id, myself))

    def _own_chosen(self, what: str | None, user_id: UserId, myself: Myself) -> None:
        match what:
            case "send":
                self._invite(user_id, myself)
            case "address":
                self._ask_address(lambda entry: self._invite(user_id, myself, entry))
            case "copy":
                self.screen.copy(myself.device_id)
            case "code":
                from tui.ui.screens.pairing import IdCode

                self.push(IdCode(myself.device_id))
            case "type":
                self._ask_id(user_id)

    def _invite(self, user_id: UserId, myself: Myself, address: str = "") -> None:
        def send(channel_id: ChannelId) -> None:
            entries = (address,) if address else ()
            self.screen.attempt(lambda: client.pairing.invite(user_id, channel_id, myself, entries))
            self.screen.open_channel(channel_id)
            self.tell(_("Sent. {name} has to say yes now.").format(name=self._whom.name(user_id)))

        client = self.client
        self.when_done(client.channels.direct(user_id), send)

    def _ask_address(self, then: Callable[[str], None]) -> None:
        from tui.ui.screens.pairing import AskLine

        def wrong(text: str) -> str:
            return "" if is_address(text) else _("It must look like tcp://host:22000.")

        question = _("Where can your machine be reached? Needed only where Syncthing’s discovery is off.")
        dialog = AskLine(_("Address"), question, placeholder="tcp://host:22000", check=wrong)
        self.push(dialog, lambda text: then(text) if text else None)

    def _ask_id(self, user_id: UserId) -> None:
        from tui.core.device_ids import normalise
        from tui.ui.screens.pairing import AskLine

        def wrong(text: str) -> str:
            return "" if normalise(text) else str(WRONG[Doubt.CHECK_DIGITS])

        name = self._whom.name(user_id)
        question = _("The ID stands in {name}’s Syncthing under “Actions” → “Show ID”.").format(name=name)
        dialog = AskLine(_("ID of {name}’s machine").format(name=name), question, check=wrong)
        self.push(dialog, lambda text: self._add_by_hand(user_id, text) if text else None)

    def _add_by_hand(self, user_id: UserId, typed: str) -> None:
        name = self._whom.name(user_id)
        try:
            asked = self.client.pairing.add_by_hand(user_id, typed, name)
        except TeleteamError as error:
            self.screen.post_message(Failed(error))
            return
        self.when_done(asked, lambda peer: self._paired(peer))

    # what a card is asked for
    def own_card(self, post: Post, card: Card, view: CardView) -> None:
        if view.state is CardState.WAITING:
            dialog = Confirm(
                _("Take the request back?"),
                _("Your colleague is told not to add your device."),
                _("Take it back"),
            )
            pairing = self.client.pairing
            self.push(
                dialog, lambda yes: self.screen.attempt(lambda: pairing.withdraw(post)) if yes else None
            )
        elif card.kind is CardKind.FOLDER:
            self.checklist_of(card, self.client.channels.partner(post.channel_id))
        elif view.state is CardState.WITHDRAWN:
            self.tell(_("This request was taken back."))

    def compare(self, post: Post, card: Card, view: CardView) -> None:
        """The other one's device, to be compared before it is let in."""
        from tui.ui.screens.pairing import DeviceScreen

        name = self._whom.name(post.user_id)
        if view.state is CardState.DONE:
            self.show_progress("", card.device_id, post.user_id)
            return
        if view.state is CardState.WITHDRAWN:
            self.tell(_("This request was taken back."))
            return
        facts = [
            _("From: {name} (in this direct message)").format(name=name),
            _("Machine: {name}").format(name=safe_line(card.name, 80)),
        ]
        facts += [_("Address: {address}").format(address=entry) for entry in card.addresses]
        warning = _("You did not send this request from here.") if view.state is CardState.UNASKED else ""
        answer = card.kind is CardKind.REQUEST
        offers = [
            Offer("yes", _("Accept, and send my ID back") if answer else _("Accept: finish pairing")),
            *([Offer("address", _("The same, with an address (without discovery)"))] if answer else []),
            Offer("copy", _("Copy this ID")),
            Offer("no", _("Leave it")),
        ]
        if view.state is CardState.UNASKED:
            offers = offers[-2:]
        title = _("Pair with {name}").format(name=name)
        screen = DeviceScreen(title, card.device_id, facts, offers, warning=warning)
        self.push(screen, lambda what: self._compared(what, post, card))

    def _compared(self, what: str | None, post: Post, card: Card) -> None:
        match what:
            case "yes":
                self._accept(post)
            case "address":
                self._ask_address(lambda entry: self._accept(post, entry))
            case "copy":
                self.screen.copy(card.device_id)

    def _accept(self, post: Post, address: str = "") -> None:
        try:
            asked = self.client.pairing.accept(post, (address,) if address else ())
        except TeleteamError as error:
            self.screen.post_message(Failed(error))
            return
        self.when_done(asked, self._paired)

    def _paired(self, peer: Peer) -> None:
        name = self._whom.name(peer.user_id)
        if peer.state == "answered":
            self.tell(_("Accepted. {name} finishes the pairing now.").format(name=name))
        else:
            self.tell(_("Paired with {name}. Next: share a folder (Ctrl+P, “folder”).").format(name=name))
        self.screen.timeline.read()

    def told_unpaired(self, post: Post, card: Card) -> None:
        peers = self.client.pairing.devices_of(post.user_id)
        peer = next((peer for peer in peers if peer.device_id == card.device_id), None)
        if peer is None:
            self.tell(_("That device is not paired here any more."))
        else:
            self._ask_unpair(peer)

    # offers that Syncthing itself reports
    def ask_pending_device(self, device_id: str, name: str) -> None:
        """A machine that wants to connect: whose it is, or a warning that it is nobody's we know."""
        from tui.ui.screens.pairing import DeviceScreen

        owner = self.client.pairing.owner_of(device_id)
        facts = [_("It calls itself: {name}").format(name=safe_line(name, 80) or "?")]
        warning = ""
        if owner:
            facts.append(_("Agreed with {name} in a direct message.").format(name=self._whom.name(owner)))
        else:
            warning = _("Nobody has told you of this device here. Anybody can choose any name: ask first.")
        offers = [Offer("dismiss", _("Take it off the list")), Offer("copy", _("Copy this ID"))]
        offers.insert(1 if warning else 0, Offer("add", _("Add it: I have compared the ID with its owner")))
        screen = DeviceScreen(_("A device wants to connect"), device_id, facts, offers, warning=warning)
        self.push(screen, lambda what: self._pending_chosen(what, device_id, name, owner))

    def _pending_chosen(self, what: str | None, device_id: str, name: str, owner: UserId) -> None:
        client = self.client
        match what:
            case "dismiss":
                asked = client.sharing.dismiss_device(device_id)
                self.when_done(asked, lambda _none: self.tell(_("Taken off. It may ask again.")))
            case "copy":
                self.screen.copy(device_id)
            case "add" if owner:
                self.when_done(client.pairing.add_by_hand(owner, device_id, name), self._paired)
            case "add":
                self._whom.ask(
                    _("Whose device is it?"), lambda user: self._own_pending(user, device_id, name)
                )

    def _own_pending(self, user_id: UserId, device_id: str, name: str) -> None:
        if user_id:
            self.when_done(self.client.pairing.add_by_hand(user_id, device_id, name), self._paired)

    # how far it is
    def checklist_of(self, card: Card, partner: UserId) -> None:
        """My own card names my device: the other side's is the one that counts."""
        peers = self.client.pairing.devices_of(partner)
        device = next((p.device_id for p in peers if p.device_id == card.device_id), "")
        device = device or (peers[0].device_id if peers else "")
        if device:
            self.show_progress(card.folder_id, device, partner)
        else:
            self.tell(_("That device is not paired here any more."))

    def show_progress(self, folder_id: str, device_id: str, user_id: UserId) -> None:
        """The five steps; without a folder the first two."""
        from tui.ui.screens.sharing import ChecklistScreen

        sharing, name = self.client.sharing, self._whom.name(user_id)
        title = _("Sharing with {name}").format(name=name)
        screen = ChecklistScreen(
            title, name, lambda: sharing.checklist(folder_id, device_id), self.screen.shared.formats
        )
        self.push(screen)
