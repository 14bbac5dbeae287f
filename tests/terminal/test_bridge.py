"""The link helper on a real socket: whatever is said to it, only what is allowed is opened."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tui.core import bridge_wire as wire
from tui.core.bridge_wire import Wish
from tui.core.links import Link
from tui.terminal import bridge, bridge_asker
from tui.terminal.bridge_places import new_secret

SECRET = new_secret()
URL = "https://meet.example.org/Room?jwt=x"


class Person:
    """Has allowed meet.example.org; answers `yes` where asked."""

    def __init__(self) -> None:
        self.yes, self.browser = False, True
        self.asked: list[str] = []
        self.opened: list[str] = []
        self.told: list[str] = []
        self.wait: Callable[[], object] = lambda: None

    def knows(self, link: Link) -> bool:
        return link.host == "meet.example.org"

    def agrees(self, link: Link, wish: Wish) -> bool:
        self.asked.append(link.host)
        self.wait()
        return self.yes

    def opens(self, link: Link, wish: Wish) -> bool:
        self.opened.append(link.url)
        return self.browser

    def tell(self, answer: str, link: Link | None) -> None:
        self.told.append(answer)


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def place(tmp_path: Path, person: Person) -> Iterator[Path]:
    path = tmp_path / "helper.sock"
    listener = bridge.listen(path)
    served = threading.Thread(target=bridge.Bridge(SECRET, person).serve, args=(listener,))
    served.start()
    yield path
    listener.shutdown(socket.SHUT_RDWR)
    served.join(5)
    listener.close()


def ask(place: Path, url: str = URL, secret: str = SECRET) -> str:
    return bridge_asker.ask(Wish(url, "Weekly"), [place], [secret]).kind


def test_a_known_host_opens_at_once(place: Path, person: Person) -> None:
    assert place.stat().st_mode & 0o777 == 0o600
    assert bridge_asker.ready([place], [SECRET]).opened
    assert person.told == []
    assert ask(place) == wire.OPENED
    assert (person.opened, person.asked) == ([URL], [])


def test_a_new_host_is_asked_about(place: Path, person: Person) -> None:
    assert ask(place, "https://new.example/") == wire.REFUSED
    person.yes = True
    assert ask(place, "https://new.example/") == wire.OPENED
    assert person.asked == ["new.example"] * 2
    assert person.opened == ["https://new.example/"]


@pytest.mark.parametrize(
    "url",
    [
        "http://meet.example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "-flag",
        "mailto:a@b.example",
        "https://user@meet.example.org/",
        "https://meet.example.org/\n--x",
        "https://good\\@evil/",
        "",
    ],
)
def test_f52_only_https_is_opened(place: Path, person: Person, url: str) -> None:
    assert ask(place, url) == wire.REFUSED
    assert (person.asked, person.opened) == ([], [])


def test_without_the_secret_nothing_is_learnt_or_opened(place: Path, person: Person) -> None:
    assert ask(place, secret=new_secret()) == bridge_asker.IMPOSTOR
    assert bridge_asker.ask(Wish(URL), [place], []).kind == bridge_asker.UNPAIRED
    nonce = "a" * 64
    with socket.socket(socket.AF_UNIX) as liar:
        liar.connect(str(place))
        liar.sendall(wire.hello(nonce))
        said = wire.decode(liar.makefile("rb").readline())
        liar.sendall(wire.wish(new_secret(), nonce, str(said["nonce"]), Wish(URL)))
        assert b"bad" in liar.recv(1000)
    assert person.opened == []


@pytest.mark.parametrize(
    "said", [b"\0" * 50_000, b"GET / HTTP/1.1\r\n\r\n", b"[" * 16_000 + b"\n", b"{}\n", b""]
)
def test_hostile_bytes_are_harmless(place: Path, person: Person, said: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as liar:
        liar.settimeout(5)
        liar.connect(str(place))
        try:
            liar.sendall(said)
            liar.shutdown(socket.SHUT_WR)
            while liar.recv(1000):
                pass
        except ConnectionError:
            pass
    assert ask(place) == wire.OPENED


def test_a_flood_is_held_back_and_passes(place: Path, person: Person) -> None:
    answers = [ask(place) for _ in range(bridge.OPENS + 2)]
    assert answers.count(wire.OPENED) == bridge.OPENS
    assert answers[-1] == wire.BUSY
    assert len(person.opened) == bridge.OPENS


def test_silent_connections_do_not_fill_it_up(place: Path) -> None:
    idle = [socket.socket(socket.AF_UNIX) for _ in range(bridge.MOST_TALKS + 4)]
    for one in idle:
        one.connect(str(place))
    for one in idle:
        one.close()
    wait_until(lambda: ask(place) == wire.OPENED)


def test_one_question_at_a_time_and_none_for_who_has_left(place: Path, person: Person) -> None:
    gate = threading.Event()
    person.yes, person.wait = True, lambda: gate.wait(5)
    first: list[str] = []
    asking = threading.Thread(target=lambda: first.append(ask(place, "https://new.example/")))
    asking.start()
    wait_until(lambda: person.asked)
    assert ask(place) == wire.BUSY
    gate.set()
    asking.join(5)
    assert first == [wire.OPENED]
    gate.clear()
    nonce = "b" * 64
    with socket.socket(socket.AF_UNIX) as leaving:
        leaving.connect(str(place))
        leaving.sendall(wire.hello(nonce))
        theirs = str(wire.decode(leaving.makefile("rb").readline())["nonce"])
        leaving.sendall(wire.wish(SECRET, nonce, theirs, Wish("https://late.example/")))
        wait_until(lambda: "late.example" in person.asked)
    gate.set()
    wait_until(lambda: person.told[-1] == wire.REFUSED)
    assert "https://late.example/" not in person.opened


def test_no_browser_is_said(place: Path, person: Person) -> None:
    person.browser = False
    assert ask(place) == wire.FAILED


def test_a_stale_socket_is_replaced_a_used_one_is_not(place: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        bridge.listen(place)
    stale = tmp_path / "stale.sock"
    bridge.listen(stale).close()
    bridge.listen(stale).close()
    plain = tmp_path / "plain"
    plain.write_text("mine")
    with pytest.raises(OSError):
        bridge.listen(plain)
    assert plain.read_text() == "mine"


def test_the_asker_removes_a_stale_socket_and_tells_silence(tmp_path: Path) -> None:
    stale = tmp_path / "stale.sock"
    bridge.listen(stale).close()
    assert bridge_asker.ready([stale], [SECRET]).kind == bridge_asker.NONE
    assert stale.exists(), "it may be about to be listened on"
    os.utime(stale, (1, 1))
    assert bridge_asker.ready([stale], [SECRET]).kind == bridge_asker.NONE
    assert not stale.exists()
    deaf = bridge.listen(tmp_path / "deaf.sock")
    closing = threading.Thread(target=lambda: deaf.accept()[0].close())
    closing.start()
    assert bridge_asker.ready([tmp_path / "deaf.sock"], [SECRET]).kind == bridge_asker.SILENT
    closing.join(5)
    deaf.close()


def test_a_limit_lets_go_again() -> None:
    now = [0.0]
    limit = bridge.Limit(2, 10.0, lambda: now[0])
    assert [limit.allows() for _ in range(3)] == [True, True, False]
    now[0] = 10.0
    assert limit.allows()
