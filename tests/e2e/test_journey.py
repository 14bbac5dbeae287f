"""A working day by keyboard alone, from the first sign-in to Ctrl+Q, as a person sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.place import (
    CTRL_F,
    CTRL_J,
    CTRL_K,
    CTRL_P,
    CTRL_Q,
    DOWN,
    ENTER,
    ESC,
    F1,
    F8,
    PAGE_UP,
    SMALL,
    UP,
    WIDE,
    Place,
    alive,
    say,
)
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.demo.records import Post
from tui.demo.show import Demo
from tui.demo.world import World

ALT_O, CTRL_U = "\x1bo", "\x15"
_MEMBERS = re.compile(r"\A[^\n]*\d \w+ *\n")
"""The channel's header is seen to its end."""
FIRST, SECOND = "Guten Morgen,", "hier ist Anna"
BOTH = f"{FIRST}\n{SECOND}"
LINK = "https://meet.example.org/KlareKranicheKommen"


@dataclass(frozen=True)
class Words:
    """What the screen says in one language."""

    language: str
    sign_in: str
    wrong: str
    consent: str
    online: str
    welcome: str
    edited: str
    thread: str
    open_link: str
    theme: str
    help: str
    reply: str
    to_reply: str
    sending: str


ENGLISH = Words(
    language="en",
    sign_in="Sign in",
    wrong="Name or password is wrong",
    consent="Keep the token",
    online="● online",
    welcome="To ~Town Square",
    edited="(edited)",
    thread="1 reply",
    open_link="Open link",
    theme="Choose a theme",
    help="Help: what works here",
    reply="Reply to",
    to_reply="Reply",
    sending="Enter Send",
)
GERMAN = Words(
    language="de",
    sign_in="Anmelden",
    wrong="Name oder Passwort",
    consent="Token behalten",
    online="● online",
    welcome="An ~Town Square",
    edited="(bearbeitet)",
    thread="1 Antwort",
    open_link="Link öffnen",
    theme="Farbthema wählen",
    help="Hilfe: was hier geht",
    reply="Antwort an",
    to_reply="Antworten",
    sending="Eingabe Senden",
)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The whole company, at rest; one for all tests of this file, each writes into a channel of its own."""
    made = Demo(pace=0, directory=tmp_path_factory.mktemp("syncthing"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def office(demo: Demo, tmp_path: Path) -> Place:
    place = Place(tmp_path, demo.server)
    syncthing = tmp_path / "syncthing"
    syncthing.mkdir()
    place.configure(f'[syncthing]\nconfig = "{demo.syncthing.write_config(syncthing)}"\n')
    return place


@pytest.mark.parametrize(
    ("size", "words", "channel"),
    [
        (SMALL, ENGLISH, "Buchhaltung"),
        (WIDE, ENGLISH, "Marketing & Grafik"),
        (WIDE, GERMAN, "Vertrieb"),
    ],
    ids=["80x24-en", "120x36-en", "120x36-de"],
)
def test_a_working_day(office: Place, size: tuple[int, int], words: Words, channel: str) -> None:
    with office.open("--lang", words.language, size=size) as app:
        day = _Day(app, office, words, channel)
        day.sign_in()
        day.read_history()
        day.switch()
        post = day.write()
        day.edit(post)
        day.react(post)
        day.answer(post)
        day.search()
        day.open_a_meeting()
        day.look_at_the_folders()
        day.pick_a_theme()
        day.ask_for_help()
        app.send(CTRL_Q)
        assert app.wait_exit() == 0
    assert [p.message for p in day.mine() if not p.root_id] == [f"{BOTH} :)"]


class _Day:
    def __init__(self, app: PtyProgram, place: Place, words: Words, channel: str) -> None:
        self.app, self.place, self.words, self.channel = app, place, words, channel
        self.server = place.server
        self.name = self.server.call(lambda: _named(self.server.world, channel))
        self.before = {post.id for post in alive(self.server, self.name)}

    def mine(self) -> list[Post]:
        """What anna has written today into the channel."""
        me = self.server.world.user("anna").id
        found = alive(self.server, self.name)
        return [post for post in found if post.id not in self.before and post.user_id == me]

    def sign_in(self) -> None:
        app, words = self.app, self.words
        app.wait_text(words.sign_in)
        app.send(f"{self.server.url}/nordlicht/channels/town-square{ENTER}")
        app.send(f"anna{ENTER}")
        app.send(f"wrong{ENTER}")
        app.wait_text(words.wrong)
        app.send(CTRL_U + "\x7f" * 5 + "anna" + ENTER)
        app.wait_text(words.consent)
        app.send(ENTER)
        app.wait_text(f"(?=.*{words.online})(?=.*{words.welcome})")

    def read_history(self) -> None:
        """Scrolls up until messages older than the first page of the server are there."""
        app = self.app
        newest = [post.message.split()[0] for post in alive(self.server)[-12:] if post.message.split()]
        app.wait_text("|".join(map(re.escape, newest)))  # it opens at the first unread one, or at the newest
        app.send(PAGE_UP)
        app.wait_text(f"r {self.words.to_reply}")
        first = re.escape(alive(self.server)[0].message.split("\n")[0][:30])
        self.press("g", first, times=20)
        app.send("G" + ESC)
        app.wait_text(self.words.sending)

    def switch(self) -> None:
        self.app.send(CTRL_K)
        self.app.wait_text("┌─")
        self.app.send(self.channel[:6])
        self.app.wait_text(f"›. {self.channel}")
        self.app.send(ENTER)
        self.app.wait_text(f"── .. ~{self.channel}")

    def write(self) -> Post:
        self.app.send(f"{FIRST}{CTRL_J}{SECOND}{ENTER}")
        post = wait_until(lambda: next(iter(self.mine()), None))
        assert post is not None
        assert post.message == BOTH
        self.app.wait_text(rf"{FIRST}.*{SECOND}.*── .. ~")
        return post

    def edit(self, post: Post) -> None:
        self.app.send(UP)
        self.app.wait_text(rf"── \w+.*─.*{FIRST}")
        self.app.send(f" :){ENTER}")
        wait_until(lambda: post.message == f"{BOTH} :)")
        self.app.wait_text(re.escape(self.words.edited))

    def react(self, post: Post) -> None:
        self.app.send(ESC)
        self.app.wait_text(r"││\S")
        self.app.send(":")
        self.app.wait_text("┌─")
        self.app.send("tada")
        self.app.wait_text("›🎉.*:tada:")
        self.app.send(ENTER)
        wait_until(lambda: [r.emoji_name for r in post.reactions] == ["tada"])
        self.app.wait_text(r"🎉 1")

    def answer(self, post: Post) -> None:
        self.app.send("t")
        self.app.wait_text(self.words.reply)
        self.app.send(f"und noch etwas{ENTER}")
        reply = wait_until(lambda: next((p for p in self.mine() if p.root_id), None))
        assert reply is not None
        assert (reply.root_id, reply.message) == (post.id, "und noch etwas")
        self.app.wait_text("und noch etwas")
        self.back_to_writing()

    def back_to_writing(self) -> None:
        """Out of the side panel, which is closed where it lies over the messages."""
        self.act(ESC)
        if self.app.columns < 100 and not _MEMBERS.search(self.app.text()):
            self.app.send(F8)
            self.app.wait_text(_MEMBERS.pattern)
        self.press(ESC, self.words.sending)

    def act(self, key: str) -> None:
        """Presses a key and waits until the screen has answered."""
        before = self.app.text()
        self.app.send(key)
        with suppress(AssertionError):
            wait_until(lambda: self.app.text() != before, timeout=3.0)
        self.app.quiet(0.2)

    def press(self, key: str, until: str, times: int = 6) -> None:
        """Presses a key until it has led to where it should, as a person would who looks at the screen."""
        for _ in range(times):
            if re.search(until, self.app.text(), re.S):
                return
            self.act(key)
        self.app.wait_text(until, timeout=5.0)

    def search(self) -> None:
        self.app.send(CTRL_F)
        self.app.send(f"morgen{ENTER}")
        self.app.wait_text(rf"~{self.channel[:10]}.*{FIRST}")
        self.back_to_writing()

    def open_a_meeting(self) -> None:
        """There is no browser here: the address is shown to copy."""
        say(self.server, "katharina", f"Jour fixe: {LINK}", self.name)
        self.app.wait_text("meet.example.org")
        self.press(ESC, r"││Katharina")
        self.app.send("o")
        self.app.wait_text(rf"{self.words.open_link}.*{LINK}")
        self.app.send(ESC)
        self.app.wait_text(f"r {self.words.to_reply}")
        self.press(ESC, self.words.sending)

    def look_at_the_folders(self) -> None:
        """The next tab of the side panel, until it is theirs."""
        self.press(ALT_O, "✓ Projekte")
        self.back_to_writing()

    def pick_a_theme(self) -> None:
        self.app.send(CTRL_P)
        self.app.wait_text("┌─")
        self.app.send(self.words.theme)
        self.app.wait_text(rf"›› {self.words.theme}")
        self.app.send(ENTER)
        self.app.wait_text(rf"│ {self.words.theme}")
        before = len(self.app.output)
        self.app.send(DOWN + ENTER)
        wait_until(lambda: "┌─" not in self.app.text() and len(self.app.output) - before > 2_000)

    def ask_for_help(self) -> None:
        self.app.send(F1)
        self.app.wait_text(rf"│ {self.words.help}")
        self.app.send(ESC)
        wait_until(lambda: "┌─" not in self.app.text())


def _named(world: World, title: str) -> str:
    return next(c.name for c in world.channels.values() if c.display_name == title)
