"""A company in which every field that others control is hostile, seen in a terminal: marks, never bytes.

What the terminal is sent is read byte by byte; what it shows is compared with what the app meant to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.e2e.place import CTRL_K, CTRL_Q, ESC, PAGE_UP, WIDE, Place
from tests.support.hostile import HOSTILE, LONG, MARKUP, SURROGATES
from tests.support.pty import PtyProgram
from tui.demo import company, membership
from tui.demo.folders import Folder
from tui.demo.records import File, Reaction
from tui.demo.server import DemoServer
from tui.demo.syncthing import DemoSyncthing
from tui.demo.world import World

ALT_O = "\x1bo"
TEXTS = tuple(text for text in HOSTILE if text not in SURROGATES + LONG)
"""Without what cannot be said in JSON and what only fills the screen."""
LAST = "the last word"
BEGINNING = "This is the beginning."
ALLOWED = re.compile(
    r"[^\x00-\x1f\x7f-\x9f]+|[\r\n\b]"
    r"|\x1b\[[\d;]*[ABCDHJKXm]"
    r"|\x1b\[\?(?:1049|25|1004|2004|2026|2031|2048|7|100[0236]|1015|1016)[hl]"
    r"|\x1b\[\?1036[shr]|\x1b\[\?20(?:26|48)\$p|\x1b\[[<>=][\d;]*[umc]|\x1b\[c|\x1b\[2[23];2t|\x1b[78=>]"
    r"|\x1b\]8;;(?:(?:https?://|mailto:)[!-~]*)?\x1b\\"
    r"|\x1b\][02];[^\x00-\x1f\x7f-\x9f]{0,400}(?:\x07|\x1b\\)"
)
"""Printable text and what the app itself says to a terminal."""
EVIL = (
    b"\x1b]52",
    b"\x1b[21t",
    b"\x1b[6n",
    b"\x1bP",
    b"\x1b_",
    b"\x1b^",
    b"\x1bc",
    b"\x1b#8",
    b"\x1b]99",
    b"\x1b]777",
)


def hostile(world: World) -> None:
    """The small company, with every text in every field of somebody or something."""
    company.small(world)
    evil = cycle(TEXTS)
    team = world.team("nordlicht")
    anna, ben = world.user("anna"), world.user("ben")
    writers = [ben, world.user("clara")]
    for number in range(8):
        user = world.add_user(
            f"evil{number}", nickname=next(evil), first_name=next(evil), last_name=next(evil)
        )
        user.position = next(evil)
        user.props["customStatus"] = f'{{"emoji": "calendar", "text": "x{number}"}}'
        membership.add_to_team(world, team, user)
        world.usernames[f"evil{number}"] = user.id
        writers.append(user)
    for channel in world.channels.values():
        channel.header, channel.purpose = "".join(TEXTS[:19]), next(evil)
    world.channel("nordlicht", "off-topic").display_name = "".join(TEXTS[:4])
    begun = world.now()
    for number, (text, author) in enumerate(zip(TEXTS, cycle(writers), strict=False), 1):
        _write(world, author.id, text, anna.id, begun + number)
    world.post(world.channel("nordlicht", "town-square"), ben, LAST, at=begun + 1000)


def _write(world: World, author: str, text: str, reader: str, at: int) -> None:
    """One message that is hostile wherever a message can be."""
    place, user = world.channel("nordlicht", "town-square"), world.users[author]
    file = File(world.new_id(), author, place.id, text, b"x", "text/plain", world.now())
    world.files[file.id] = file
    attachment = {"title": text, "text": text, "author_name": text, "footer": text, "fallback": text}
    attachment["fields"] = [{"title": text, "value": text}]  # type: ignore[assignment]
    props = {"attachments": [attachment], "override_username": text, "from_webhook": "true"}
    post = world.post(place, user, text, props=props, file_ids=(file.id,), at=at)
    now = world.now()
    post.reactions += [Reaction(reader, post.id, text, now, now), Reaction(author, post.id, "tada", now, now)]


@pytest.fixture
def evil_server() -> Iterator[DemoServer]:
    made = DemoServer(1, hostile)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def evil_place(evil_server: DemoServer, tmp_path: Path) -> Iterator[Place]:
    syncthing = DemoSyncthing(tmp_path / "folders")
    for number, text in enumerate(TEXTS[:12]):
        folder = Folder(f"f{number}", text, str(tmp_path), error=text, errors=[(text, text)])
        syncthing.folders[folder.id] = folder
    syncthing.start()
    place = Place(tmp_path, evil_server)
    (tmp_path / "syncthing").mkdir()
    place.configure(f'[syncthing]\nconfig = "{syncthing.write_config(tmp_path / "syncthing")}"\n')
    place.sign_in()
    yield place
    syncthing.stop()


def test_f49_f50_f51_f56_no_field_of_others_gets_through(evil_place: Place) -> None:
    pages: list[str] = []
    with evil_place.open(size=WIDE) as app:
        app.wait_text(LAST)
        app.quiet()
        pages.append(app.text())
        borders = [x for x in range(app.columns) if set(app.column(x)[1:31]) == {"│"}]
        assert len(borders) == 2
        walk_up(app, pages, borders)
        for keys in (CTRL_K, ESC + ESC, ALT_O, ALT_O, ALT_O, ALT_O, ALT_O):
            app.send(keys)
            app.quiet()
            pages.append(app.text())
        app.send(ESC * 3 + CTRL_Q)
        assert app.wait_exit() == 0
        said = bytes(app.output)
    left = ALLOWED.sub("", said.decode())
    assert left == "", left[:200]
    assert [evil for evil in EVIL if evil in said] == []
    assert b"EVIL" not in b"".join(re.findall(rb"\x1b\][02];[^\x07\x1b]*", said))
    assert "EVIL TITLE" in "".join(pages)
    together = "\n".join(pages)
    assert [text for text in MARKUP if len(text) < 40 and text not in together] == []


def walk_up(app: PtyProgram, pages: list[str], borders: list[int]) -> None:
    """Through the whole history, a screenful at a time; the borders of the panels never move."""
    for _ in range(200):
        app.send(PAGE_UP)
        app.quiet(0.15)
        pages.append(app.text())
        assert [x for x in borders if set(app.column(x)[1:31]) != {"│"}] == [], pages[-1]
        if BEGINNING in pages[-1]:
            return
    raise AssertionError(f"history has no beginning:\n{pages[-1]}")
