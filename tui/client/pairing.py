"""Pairing machines with a colleague by cards in the direct channel; who belongs to which device.

A request names my device. The colleague's yes adds it there and answers with theirs; my yes adds that one
here. What was agreed with whom is kept on the desk: only so can a later card, offer or stranger be judged.

Invariant: nothing is added, removed or sent but by a verb that the person called; a card is judged again by
`core.pairing` at that moment, never by what was shown before.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tui.client.base import Base
from tui.client.folders import Folders
from tui.client.machines import Machines
from tui.client.posts import Posts
from tui.client.wording.pairing import card_text
from tui.core import pairing
from tui.core.changes import ChangeKind
from tui.core.device_ids import normalise
from tui.core.errors import UserMistake
from tui.core.folders import FoldersLink
from tui.core.ids import ChannelId, UserId
from tui.core.models import Post, Target
from tui.core.names import dm_partner_id
from tui.core.pairing import Card, CardKind, Found, Place
from tui.core.ports import ServerApi
from tui.core.sharing import Myself
from tui.core.values import dataclass

if TYPE_CHECKING:
    from tui.sync.sharing import Sharing

KEY = "pairings"
MOST_PEERS = 200
LOOK_BACK = 300
"""So many newest posts are searched for a withdrawal."""


class CardState(StrEnum):
    """Where a card stands, for the person who reads it."""

    OPEN = "open"
    """I can say yes to it."""
    WAITING = "waiting"
    """Mine; the other side has not answered."""
    DONE = "done"
    WITHDRAWN = "withdrawn"
    UNASKED = "unasked"
    """An answer to nothing that I asked."""
    FOREIGN = "foreign"
    """A folder of a machine that I have not paired with this person."""
    TOLD = "told"
    """Only to be read."""
    NO_SYNCTHING = "no-syncthing"
    BAD = "bad"
    """Not to be trusted; `CardView.found.problem` says why."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as the timeline shows it."""

    found: Found
    mine: bool
    state: CardState

    @property
    def card(self) -> Card | None:
        return self.found.card


@dataclass(frozen=True, slots=True)
class Peer:
    """What was agreed with whom. `state`: asked (by me), answered (by me) or paired."""

    user_id: UserId
    state: str
    request: str = ""
    device_id: str = ""
    name: str = ""
    channel_id: ChannelId = ""


class Pairing:
    def __init__(self, base: Base, folders: Folders, posts: Posts, machines: Machines) -> None:
        self._base = base
        self._folders = folders
        self._posts = posts
        self._machines = machines
        self._lock = threading.Lock()
        self._kept: tuple[Peer, ...] | None = None

    # reading
    def identify(self) -> Future[Myself]:
        """This machine's device ID and name."""
        return self._machines.identify()

    def find(self, username: str) -> Future[UserId]:
        """The person of that name, asked for at the server; "" = there is none."""

        async def look(api: ServerApi) -> UserId:
            known = self._base.store.users.by_name(username.lower())
            if known is not None:
                return known.id
            found = await api.fetch_users_by_names([username.lower()])
            self._base.change(lambda tx: tx.users.put(found))
            return found[0].id if found else ""

        return self._base.lane.ask(look)

    def view(self, post: Post) -> CardView | None:
        """The card that a post is, with where it stands; None for ordinary posts. Quick."""
        if pairing.PROP not in post.props or not post.id:
            return None
        found = pairing.read(post, self._place(post))
        if found is None:
            return None
        mine = post.user_id == self._base.me
        state = CardState.BAD if found.good is None else self._state(found.good, post, mine)
        return CardView(found, mine, state)

    def card(self, post: Post) -> Card:
        """The card of a post that may be acted upon. Raises UserMistake tele.pairing.bad_card."""
        view = self.view(post)
        if view is None or view.found.good is None:
            raise UserMistake("tele.pairing.bad_card", view.found.problem or "" if view else "")
        return view.found.good

    def peers(self) -> tuple[Peer, ...]:
        with self._lock:
            if self._kept is None:
                self._kept = _read(self._base.store.kept.get(KEY))
            return self._kept

    def devices_of(self, user_id: UserId) -> tuple[Peer, ...]:
        """The person's machines that are paired with this one, or were agreed upon."""
        return tuple(peer for peer in self.peers() if peer.user_id == user_id and peer.device_id)

    def owner_of(self, device_id: str) -> UserId:
        """Whose machine that is, as agreed by cards; "" = a stranger's. Seven letters are enough."""
        if len(device_id) < 7:
            return ""
        owners = {peer.user_id for peer in self.peers() if peer.device_id.startswith(device_id)}
        return owners.pop() if len(owners) == 1 else ""

    # verbs
    def invite(
        self, user_id: UserId, channel_id: ChannelId, myself: Myself, addresses: Sequence[str] = ()
    ) -> None:
        """Sends my device to a colleague. Raises UserMistake tele.pairing.address, .device_id."""
        request = self._base.clock.new_id()
        card = self._of_mine(CardKind.REQUEST, request, myself, addresses)
        self._send(Target(channel_id), card)
        self._keep(Peer(user_id, "asked", request, channel_id=channel_id))

    def accept(self, post: Post, addresses: Sequence[str] = ()) -> Future[Peer]:
        """Adds the device of a request or an answer; a request is answered with mine (at `addresses`)."""
        card, partner = self.card(post), post.user_id
        self._refuse_old(post, card, partner)

        async def work(sharing: Sharing) -> Peer:
            await sharing.add_device(card.device_id, card.name, card.addresses)
            state = "paired" if card.kind is CardKind.ANSWER else "answered"
            peer = Peer(partner, state, card.request, card.device_id, card.name, post.channel_id)
            self._keep(peer)
            if card.kind is CardKind.REQUEST:
                answer = self._of_mine(CardKind.ANSWER, card.request, await sharing.identify(), addresses)
                await asyncio.to_thread(self._send, Target(post.channel_id), answer)
            return peer

        return self._machines.run(work)

    def add_by_hand(
        self, user_id: UserId, typed: str, name: str, addresses: Sequence[str] = ()
    ) -> Future[Peer]:
        """Adds a device whose ID the colleague told in another way (only the plain web page there)."""
        device_id = normalise(typed)
        if not device_id:
            raise UserMistake("tele.pairing.device_id")
        _check(addresses)
        peer = Peer(user_id, "paired", device_id=device_id, name=pairing.clean_name(name) or device_id[:7])

        async def work(sharing: Sharing) -> Peer:
            await sharing.add_device(device_id, peer.name, addresses)
            self._keep(peer)
            return peer

        return self._machines.run(work)

    def withdraw(self, post: Post) -> None:
        """Takes my own request back. Raises UserMistake where it is not mine or was answered."""
        card = self.card(post)
        if post.user_id != self._base.me or card.kind is not CardKind.REQUEST:
            raise UserMistake("tele.pairing.not_mine")
        self._send(Target(post.channel_id), replace(card, kind=CardKind.WITHDRAW, name="", addresses=()))
        self._forget(lambda peer: peer.request == card.request and not peer.device_id)

    def unpair(self, peer: Peer, channel_id: ChannelId = "") -> Future[None]:
        """Removes a colleague's device here, from all folders too, and says so in the direct channel."""

        async def work(sharing: Sharing) -> None:
            await sharing.remove_device(peer.device_id)
            self._forget(lambda other: other.device_id == peer.device_id)
            place = peer.channel_id or channel_id
            if place:
                myself = await sharing.identify()
                card = Card(CardKind.UNPAIR, device_id=myself.device_id)
                await asyncio.to_thread(self._send, Target(place), card)

        return self._machines.run(work)

    # inside
    def _place(self, post: Post) -> Place:
        channel = self._base.store.channels.get(post.channel_id)
        partner = dm_partner_id(channel, self._base.me) if channel is not None else ""
        author = self._base.lookups.users((post.user_id,)).get(post.user_id)
        person = author is not None and not author.is_bot and not author.delete_at
        return Place(self._base.me, channel.type if channel else "", partner, person)

    def _state(self, card: Card, post: Post, mine: bool) -> CardState:
        if card.kind not in (CardKind.REQUEST, CardKind.ANSWER, CardKind.FOLDER):
            return CardState.TOLD
        if card.kind is CardKind.REQUEST and self._withdrawn(card, post):
            return CardState.WITHDRAWN
        snapshot = self._folders.snapshot()
        if snapshot.link is not FoldersLink.OK:
            return CardState.NO_SYNCTHING
        if mine:
            return self._state_of_mine(card)
        if card.kind is CardKind.ANSWER and not self._asked(card, post.user_id):
            return CardState.UNASKED
        known = any(device.id == card.device_id for device in snapshot.devices)
        if card.kind is not CardKind.FOLDER:
            return CardState.DONE if known else CardState.OPEN
        if not known or self.owner_of(card.device_id) != post.user_id:
            return CardState.FOREIGN
        here = any(folder.id == card.folder_id for folder in snapshot.folders)
        return CardState.DONE if here else CardState.OPEN

    def _state_of_mine(self, card: Card) -> CardState:
        if card.kind is not CardKind.REQUEST:
            return CardState.TOLD
        done = any(peer.request == card.request and peer.device_id for peer in self.peers())
        return CardState.DONE if done else CardState.WAITING

    def _withdrawn(self, card: Card, post: Post) -> bool:
        """Whether the author of a request has taken it back later."""
        for other in self._base.store.posts.newest(post.channel_id, LOOK_BACK):
            if other.user_id != post.user_id or pairing.PROP not in other.props:
                continue
            found = pairing.read(other, self._place(other))
            told = found.good if found is not None else None
            if told is not None and (told.kind, told.request) == (CardKind.WITHDRAW, card.request):
                return True
        return False

    def _asked(self, card: Card, user_id: UserId) -> bool:
        return any((p.request, p.user_id) == (card.request, user_id) for p in self.peers())

    def _refuse_old(self, post: Post, card: Card, partner: UserId) -> None:
        if partner == self._base.me or card.kind not in (CardKind.REQUEST, CardKind.ANSWER):
            raise UserMistake("tele.pairing.bad_card")
        if card.kind is CardKind.REQUEST and self._withdrawn(card, post):
            raise UserMistake("tele.pairing.withdrawn")
        if card.kind is CardKind.ANSWER and not self._asked(card, partner):
            raise UserMistake("tele.pairing.unasked")
        owner = self.owner_of(card.device_id)
        if owner and owner != partner:
            raise UserMistake("tele.pairing.other_owner")

    def _of_mine(self, kind: CardKind, request: str, myself: Myself, addresses: Sequence[str]) -> Card:
        _check(addresses)
        name = pairing.clean_name(myself.name) or myself.device_id[:7]
        return Card(kind, request, normalise(myself.device_id), name, tuple(addresses))

    def _send(self, target: Target, card: Card) -> None:
        self._posts.send_card(target, card_text(card), card.props())

    def _keep(self, peer: Peer) -> None:
        """One row a device; a row that only asked gives way to the answer."""
        self._forget(
            lambda old: (
                (old.device_id and old.device_id == peer.device_id)
                or (bool(peer.request) and old.request == peer.request)
            ),
            then=peer,
        )

    def _forget(self, gone: Callable[[Peer], object], then: Peer | None = None) -> None:
        known = self.peers()
        with self._lock:
            kept = tuple(peer for peer in known if not gone(peer))
            self._kept = (*kept, *((then,) if then else ()))[-MOST_PEERS:]
            text = json.dumps([asdict(peer) for peer in self._kept])
        self._base.note(lambda desk: desk.kept.set(KEY, text))
        self._base.hub.say(ChangeKind.FOLDERS)


def _check(addresses: Sequence[str]) -> None:
    wrong = next((entry for entry in addresses if not pairing.is_address(entry)), None)
    if wrong is not None or len(addresses) > pairing.MOST_ADDRESSES:
        raise UserMistake("tele.pairing.address", wrong or "")


def _read(text: str) -> tuple[Peer, ...]:
    """What an older run kept; what cannot be read counts as nothing."""
    try:
        rows = json.loads(text or "[]")
        return tuple(Peer(**row) for row in rows)
    except (ValueError, TypeError):
        return ()
