"""A whole working day by keys alone, against the server and with a second morning: what a person does who
never opens the web app. The first day (sign-in, help, themes) is in `test_journey`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.hands import Hands
from tests.e2e.place import CTRL_K, ENTER, ESC, F8, ONLINE, SMALL, UP, WIDE, Place, alive, leave, say
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.demo.records import Channel, Post
from tui.demo.show import Demo

ALT_C, ALT_D, ALT_G, ALT_H, ALT_J, ALT_N, ALT_O, ALT_R, ALT_T = (f"\x1b{key}" for key in "cdghjnort")
ALT_LEFT, ALT_RIGHT, CTRL_U, F2, F7, TAB = "\x1b[1;3D", "\x1b[1;3C", "\x15", "\x1bOQ", "\x1b[18~", "\t"
DOWN = "\x1b[B"
SIZES = pytest.mark.parametrize("size", [SMALL, WIDE], ids=["80x24", "120x36"])
_FIRST = re.compile(r"││(\S[^\n]*?)  +\S+ *\n[^\n]*││(?=[^\n]*(?:mention|new))")
HALF = "ein halber Satz"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The whole company, at rest; each test of this file writes into places of its own."""
    made = Demo(pace=0, directory=tmp_path_factory.mktemp("syncthing"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def desk(demo: Demo, tmp_path: Path) -> Place:
    """Where anna is signed in, with a Syncthing and a directory for what she loads."""
    place = Place(tmp_path, demo.server)
    syncthing = tmp_path / "syncthing"
    syncthing.mkdir()
    (tmp_path / "loaded").mkdir()
    place.sign_in()
    place.configure(
        f'[syncthing]\nconfig = "{demo.syncthing.write_config(syncthing)}"\n'
        f'[files]\ndirectory = "{tmp_path / "loaded"}"\n'
    )
    return place


class _Day(Hands):
    def __init__(self, app: PtyProgram, place: Place) -> None:
        super().__init__(app)
        self.place, self.server = place, place.server
        self.me = self.server.world.user("anna")

    def begin(self) -> None:
        self.app.wait_text(f"(?=.*{ONLINE})(?=.*── To )")

    def go(self, title: str) -> None:
        self.app.send(CTRL_K)
        self.choose(title, f".{{0,2}}{title}")
        self.app.wait_text(f"── .. ~{title}")

    def channel(self, title: str) -> Channel:
        found = self.server.world.channels.values()
        return next(row for row in found if row.display_name == title)

    def mine(self, title: str, text: str) -> Post:
        """The message of mine with that text, as soon as the server has it."""
        name = self.channel(title).name

        def look() -> Post | None:
            posts = reversed(alive(self.server, name))
            return next((p for p in posts if p.user_id == self.me.id and text in p.message), None)

        found = wait_until(look)
        assert found is not None
        return found

    def wait(self, look: Callable[[], object]) -> None:
        wait_until(lambda: self.server.call(look))


@SIZES
def test_reading_and_writing(desk: Place, size: tuple[int, int]) -> None:
    """Catch-up, threads; writing with completion; correcting, reacting, quoting, forwarding, keeping."""
    there = "Marketing & Grafik" if size == SMALL else "Vertrieb"
    with desk.open("--lang", "en", size=size) as app:
        day = _Day(app, desk)
        day.begin()
        _catch_up(day)
        _followed_threads(day, there)
        day.go(there)
        app.send("Hallo @katharina")
        app.wait_text("Katharina Müllner +@katharina|@katharina +Katharina")
        app.send(TAB)
        app.wait_text("@katharina ")
        app.send(f"und alle{ENTER}")
        post = day.mine(there, "Hallo @katharina und alle")
        app.wait_text("und alle.*── To ~")
        app.quiet()  # sent and confirmed: only then it is what Up corrects
        app.send(UP)
        app.wait_text(r"── Edit.*› Hallo")
        app.send(f", guten Tag{ENTER}")
        wait_until(lambda: post.message == "Hallo @katharina und alle, guten Tag")
        app.wait_text(r"\(edited\)")
        _with_the_message(day, post, there)
        assert leave(app) == 0


def _catch_up(day: _Day) -> None:
    """The list of everything unread: the first is read, that is taken back, then it is opened."""
    day.app.send(ALT_C)
    first = _first(day.app.wait_text(_FIRST.pattern))
    day.app.send("x")
    day.app.wait_text(rf"\A(?!.*││{re.escape(first)}).*{_FIRST.pattern}")
    day.app.send("u")
    day.press(UP, rf"││{re.escape(first)}")
    day.act(ENTER)
    day.back_to_writing()
    day.app.wait_text(rf"── (To|An) .?{re.escape(first)}")


def _first(shown: str) -> str:
    """Whose entry of catch-up the cursor is on."""
    found = _FIRST.search(shown)
    return found[1] if found is not None else ""


def _followed_threads(day: _Day, there: str) -> None:
    """Somebody answers a message of anna: its thread is in the inbox, and is answered there."""
    root = say(day.server, "anna", "Wer hilft am Freitag?", day.channel(there).name)
    wait_until(lambda: day.server.world.now() > root.create_at)
    say(day.server, "ben", "Ich kann helfen.", day.channel(there).name, root_id=root.id)
    day.app.send(ALT_T)
    day.app.wait_text(r"Threads +\d/\d.*││[^\n]+\n[^\n]*││[^\n]+\n[^\n]*Wer hilft")
    day.app.send(ENTER)
    day.app.wait_text(r"Thread +\d/\d.*Wer hilft.*Ich kann.*Enter Send")
    day.app.send(f"Bis Freitag also, Ben{ENTER}")
    assert day.mine(there, "Bis Freitag also, Ben").root_id == root.id
    day.back_to_writing()


def _with_the_message(day: _Day, post: Post, there: str) -> None:
    """What keys do with the message under the cursor."""
    app = day.app
    app.send(ESC)
    app.wait_text(r"││\S")
    app.send(":")
    day.choose("tada", "🎉.*:tada:")
    wait_until(lambda: [r.emoji_name for r in post.reactions] == ["tada"])
    app.send("p")
    wait_until(lambda: post.is_pinned)
    app.send("s")
    saved = ("flagged_post", post.id)
    day.wait(lambda: day.server.world.preferences[day.me.id].get(saved) == "true")
    app.wait_text("▲ pinned")
    app.send("F")
    target = "Buchhaltung" if app.columns == SMALL[0] else "Dokumentation"
    day.choose(target, rf"# {target}")
    app.wait_text(f"── .. ~{target}.*Forwarded from")
    app.send(ENTER)
    assert post.id in day.mine(target, "Forwarded from").message
    app.send(ALT_LEFT)
    app.wait_text(f"── .. ~{there}")
    app.send(ESC)
    app.wait_text(r"││\S")
    app.send("q")
    app.wait_text("> Hallo @katharina")
    app.send(f"das gilt noch{ENTER}")
    assert day.mine(there, "das gilt noch").message.startswith(">")


@SIZES
def test_files_and_finding(desk: Place, size: tuple[int, int]) -> None:
    """A file goes out and comes back; an old message is found with modifiers, and the way back."""
    here, there = ("Releases", "Kundendienst") if size == SMALL else ("Telearbeit", "Sales UK")
    paper = desk.directory / "Angebot.txt"
    paper.write_text("Menge: drei\n", encoding="utf-8")
    with desk.open("--lang", "en", size=size) as app:
        day = _Day(app, desk)
        day.begin()
        day.go(here)
        app.send(CTRL_U)
        day.choose(str(paper), "▤ Angebot.txt")
        app.wait_text(r"\+ 1 file: Angebot")
        app.send(f"anbei das Angebot{ENTER}")
        assert len(day.mine(here, "anbei das Angebot").file_ids) == 1
        app.wait_text("(?=.*anbei das)(?=.*▤ Angebot.txt)")
        app.send(ESC)
        app.wait_text(r"││\S")
        app.send("o")
        day.choose("Save", "↓ Save")
        loaded = desk.directory / "loaded" / "Angebot.txt"
        wait_until(lambda: loaded.exists() and loaded.read_text(encoding="utf-8") == "Menge: drei\n")
        app.wait_text("Saved: ")
        _search_and_jump(day, here, there)
        assert leave(app) == 0


def _search_and_jump(day: _Day, here: str, there: str) -> None:
    """`from:` and `in:` by completion, a hit opened where it stands, back and forward."""
    app, name = day.app, day.channel(there).name
    post = alive(day.server, name)[4]
    author = day.server.world.users[post.user_id].username
    word = max(re.findall(r"\b[A-Za-zÄÖÜäöüß]{4,}\b", post.message.split("\n")[0]), key=len)
    app.send(F7)
    app.wait_text("Search everywhere")
    app.send(f"from:{author} in:{name[:-1]}")
    app.wait_text(rf"Tab: [^\n]*{name}")
    app.send(TAB)
    app.wait_text(f"in:{name}")
    app.send(f" {word}{ENTER}")
    app.wait_text(rf"│ ~{there[:10]}")
    app.send(DOWN)
    app.wait_text("││")
    app.send(ENTER)
    app.wait_text(f"── .. ~{there}.*r Reply")
    day.back_to_writing()
    app.send(ALT_LEFT)
    app.wait_text(f"── .. ~{here}")
    app.send(ALT_RIGHT)
    app.wait_text(f"── .. ~{there}")


@SIZES
def test_people_channels_and_the_next_morning(desk: Place, size: tuple[int, int]) -> None:
    """Joining, a direct message, a line of status, notifications, folders, a meeting; all there tomorrow."""
    channel = "Bücherecke" if size == SMALL else "Nachtschicht"
    with desk.open("--lang", "en", size=size) as app:
        day = _Day(app, desk)
        day.begin()
        if channel == "Nachtschicht":
            app.send(ALT_N)
            app.wait_text("● Werkstatt")
        app.send(ALT_D)
        day.choose(channel, rf"# {channel}")
        app.wait_text(f"── .. ~{channel}")
        assert day.me.id in day.channel(channel).members
        _notifications(day, day.channel(channel))
        _meeting(day, day.channel(channel))
        _direct_message(day)
        _line_of_status(day)
        day.press(ALT_O, "✓ Projekte", times=12)
        day.act(F8)
        day.go(channel)
        app.send(HALF)
        app.wait_text(f"› {HALF}")
        assert leave(app) == 0
    with desk.open("--lang", "en", size=size) as app:
        app.wait_text(rf"(?=.*{ONLINE})(?=.*── .. ~{channel})(?=.*› {HALF})(?=.*Jour fixe)")
        assert leave(app) == 0


def _notifications(day: _Day, channel: Channel) -> None:
    day.app.send(ALT_H)
    day.choose("Notifications", "› Notifications of")
    day.app.wait_text("┌─.*Notify me of")
    day.app.send(ENTER)
    day.choose("nothing", "[^\n]*[Nn]othing")
    day.app.wait_text("Notify me of[^›]*› nothing")
    day.app.send(F2)
    day.wait(lambda: channel.members[day.me.id].notify_props["desktop"] == "none")
    day.app.wait_text("Saved")


def _meeting(day: _Day, channel: Channel) -> None:
    day.app.send(ALT_J)
    day.app.wait_text("Start a meeting")
    day.app.send(f"Jour fixe{ENTER}")
    timelines = day.server.world.timelines
    day.wait(lambda: any(post.type == "custom_jitsi" for post in timelines[channel.id]))
    day.app.wait_text("has been started.*Join")
    day.app.send(ESC)
    day.app.wait_text("Meeting: Jour fixe")


def _direct_message(day: _Day) -> None:
    day.app.send(ALT_G)
    day.choose("clara", ". Clara Winkelbauer")
    day.choose("", "✓ Go on with Clara")
    day.app.wait_text("── To @?Clara")
    text = f"Hallo Clara {day.app.columns}"
    day.app.send(text + ENTER)
    posts = day.server.world.posts
    day.wait(lambda: any(post.message == text for post in posts.values()))


def _line_of_status(day: _Day) -> None:
    line = f"Im Archiv {day.app.columns}"
    day.app.send(ALT_R)
    day.choose("line", "✎ My line")
    day.choose("Write", "✎ Write one")
    day.app.wait_text("┌─.*Emoji")
    day.app.send(f"\x05{CTRL_U}{line}{F2}")
    day.wait(lambda: line in day.me.props.get("customStatus", ""))
    day.app.wait_text("status is set")
