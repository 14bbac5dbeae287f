"""Two people with a teleteam and a real Syncthing each, on one Mattermost; and the way to a shared file.

Invariant: everything lies below one directory and on loopback.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.support.syncthing import Instance, create
from tests.support.waiting import wait_until
from tui.client.accounts import sign_in
from tui.client.client import Client, open_client
from tui.client.pairing import CardState, CardView
from tui.core.folders import FoldersLink, FolderView
from tui.core.models import Post, Target
from tui.core.pairing import PROP, CardKind
from tui.core.sharing import Arrival
from tui.settings.config import Config, Syncthing
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

SLOW = 60.0


@dataclass
class Person:
    """One of the two, with everything of theirs."""

    name: str
    client: Client
    syncthing: Instance
    place: Path

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.syncthing.sync_port}"

    def cards(self, channel_id: str, kind: CardKind) -> list[tuple[Post, CardView]]:
        """Cards of a kind in a channel, newest first."""
        found = []
        for post in self.client.base.store.posts.newest(channel_id, 50):
            view = self.client.pairing.view(post) if PROP in post.props else None
            if view is not None and view.card is not None and view.card.kind is kind:
                found.append((post, view))
        return sorted(found, key=lambda pair: pair[0].create_at, reverse=True)

    def sees(self, channel_id: str, kind: CardKind, state: CardState | None = None, newer: int = 0) -> Post:
        """Waits until the newest card of that kind (and state) is there."""

        def look() -> Post | None:
            found = [post for post, view in self.cards(channel_id, kind) if state in (None, view.state)]
            return found[0] if found and found[0].create_at > newer else None

        found = wait_until(look, timeout=SLOW)
        assert found is not None
        return found

    def folder(self, folder_id: str) -> FolderView:
        def look() -> FolderView | None:
            views = self.client.folders.snapshot().folders
            return next((view for view in views if view.id == folder_id), None)

        found = wait_until(look, timeout=SLOW)
        assert found is not None
        return found


def a_person(name: str, password: str, url: str, base: Path) -> Person:
    """Signed in, online, with a Syncthing that runs."""
    place = base / name
    place.mkdir()
    instance = create(name, base / "syncthing")
    instance.start()
    paths = Paths.resolve(place / "teleteam")
    config = replace(Config(), syncthing=Syncthing(config=str(instance.config)))
    keeper = TokenKeeper(paths, ring=lambda: None)
    signed = sign_in(url, name, password, paths=paths, config=config, keeper=keeper, file_allowed=True)
    client = open_client(signed.account, paths, config, keeper, token=signed.token)
    client.start()
    person = Person(name, client, instance, place)
    wait_until(lambda: client.connection().kind == "online", timeout=SLOW)
    wait_until(lambda: client.folders.snapshot().link is FoldersLink.OK, timeout=SLOW)
    return person


def close(person: Person) -> None:
    person.client.close()
    person.syncthing.stop()


def walk(anna: Person, ben: Person, said: Callable[[str], None] = lambda _text: None) -> None:
    """Pairing by direct message, a folder, a file by card, the end of it all."""
    here = pair(anna, ben, said)
    folder_id = share(anna, ben, here, said)
    arrive(anna, ben, here, folder_id, said)
    part(anna, ben, here)


def pair(anna: Person, ben: Person, said: Callable[[str], None]) -> str:
    """Returns the direct channel."""
    user_id = anna.client.pairing.find(ben.name).result(SLOW)
    here = anna.client.channels.direct(user_id).result(SLOW)
    myself = anna.client.pairing.identify().result(SLOW)
    anna.client.pairing.invite(user_id, here, myself, [anna.address])
    wait_until(lambda: ben.client.channels.get(here), timeout=SLOW)
    ben.client.channels.open(here)
    anna.client.channels.open(here)
    asked = ben.sees(here, CardKind.REQUEST, CardState.OPEN)
    said(asked.message)
    assert anna.sees(here, CardKind.REQUEST, CardState.WAITING)
    peer = ben.client.pairing.accept(asked, [ben.address]).result(SLOW)
    assert peer.device_id == anna.syncthing.device_id
    answer = anna.sees(here, CardKind.ANSWER, CardState.OPEN)
    finished = anna.client.pairing.accept(answer).result(SLOW)
    assert (finished.device_id, finished.state) == (ben.syncthing.device_id, "paired")
    assert anna.client.pairing.owner_of(ben.syncthing.device_id) == user_id
    assert anna.client.pairing.owner_of(ben.syncthing.device_id[:7]) == user_id
    anna.sees(here, CardKind.ANSWER, CardState.DONE)
    ben.sees(here, CardKind.REQUEST, CardState.DONE)
    anna.sees(here, CardKind.REQUEST, CardState.DONE)
    return here


def share(anna: Person, ben: Person, here: str, said: Callable[[str], None]) -> str:
    """Returns the folder's id; both have it, complete."""
    (peer,) = anna.client.pairing.devices_of(anna.client.channels.partner(here))
    path = anna.place / "Pläne"
    folder_id = anna.client.sharing.offer_new(here, peer, "Pläne 2026", str(path)).result(SLOW)
    (path / "Anfang.txt").write_text("Anfang")
    anna.client.base.lane.run(lambda wires: wires.sharing.scan(folder_id)).result(SLOW)  # type: ignore[union-attr]
    offered = ben.sees(here, CardKind.FOLDER, CardState.OPEN)
    said(offered.message)
    wait_until(lambda: ben.client.folders.snapshot().pending_folders, timeout=SLOW)
    target = ben.place / "Pläne"
    assert ben.client.sharing.accept(offered, str(target)).result(SLOW) == folder_id
    for who, other in ((anna, ben), (ben, anna)):
        wait_until(lambda w=who, o=other: _complete(w, folder_id, o), timeout=SLOW, interval=0.2)  # type: ignore[misc]
    assert (target / "Anfang.txt").read_text() == "Anfang"
    ben.sees(here, CardKind.FOLDER, CardState.DONE)
    return folder_id


def arrive(anna: Person, ben: Person, here: str, folder_id: str, said: Callable[[str], None]) -> None:
    """A file that is put there by Anna is shown as arrived at Ben's."""
    big = anna.place / "Film `roh`.mp4"
    big.write_bytes(b"x" * 3_000_000)
    seen: list[tuple[int, int]] = []
    view = anna.folder(folder_id)
    put = anna.client.shelf.put(Target(here), str(big), view, lambda done, size: seen.append((done, size)))
    name = put.result(SLOW)
    assert seen[-1] == (3_000_000, 3_000_000)
    card = ben.sees(here, CardKind.FILE)
    said(card.message)

    def there() -> bool:
        shown = ben.client.pairing.view(card)
        assert shown is not None
        assert shown.found.good is not None
        return ben.client.shelf.look(card, shown.found.good).result(SLOW).arrival is Arrival.HERE

    wait_until(there, timeout=SLOW, interval=0.2)
    assert (ben.place / "Pläne" / name).stat().st_size == 3_000_000
    assert not list((ben.place / "Pläne").glob(".syncthing.*"))
    shown = ben.client.pairing.view(card)
    assert shown is not None
    assert shown.found.good is not None
    assert ben.client.shelf.whereabouts(card, shown.found.good).arrival is Arrival.HERE
    stop = threading.Event()
    stop.set()
    stopped = anna.client.shelf.put(Target(here), str(big), view, None, stop).exception(SLOW)
    assert getattr(stopped, "id", "") == "tele.shelf.stopped"


def part(anna: Person, ben: Person, here: str) -> None:
    """Unpaired: no device is left, no file is lost, the other side is told."""
    (peer,) = anna.client.pairing.devices_of(anna.client.channels.partner(here))
    anna.client.pairing.unpair(peer).result(SLOW)
    assert anna.client.pairing.devices_of(peer.user_id) == ()
    ben.sees(here, CardKind.UNPAIR)
    (other,) = ben.client.pairing.devices_of(ben.client.channels.partner(here))
    ben.client.pairing.unpair(replace(other, channel_id="")).result(SLOW)
    for who in (anna, ben):
        wait_until(lambda w=who: not w.client.folders.snapshot().devices, timeout=SLOW)  # type: ignore[misc]
        assert (who.place / "Pläne" / "Anfang.txt").exists()


def withdrawn(anna: Person, ben: Person, here: str) -> None:
    """A request that was taken back cannot be accepted any more."""
    partner = anna.client.channels.partner(here)
    before = max((post.create_at for post, _view in ben.cards(here, CardKind.REQUEST)), default=0)
    anna.client.pairing.invite(partner, here, anna.client.pairing.identify().result(SLOW))
    mine = anna.sees(here, CardKind.REQUEST, CardState.WAITING, newer=before)
    anna.client.pairing.withdraw(mine)
    ben.sees(here, CardKind.REQUEST, CardState.WITHDRAWN, newer=before)


def _complete(who: Person, folder_id: str, other: Person) -> bool:
    found = who.client.sharing.checklist(folder_id, other.syncthing.device_id).result(SLOW)
    return found.complete
