"""In a real tmux: drawn right, alive over detaching, with a title, and with the way to the clipboard."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.e2e.place import CTRL_Q, ENTER, ESC, ONLINE, SMALL, Place, alive, say, texts
from tests.support.programs import need
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tests.terminal.fakes import FakePrograms
from tui.terminal import abilities, clipboard
from tui.terminal.advice import advice
from tui.terminal.session import Session, SessionKind
from tui.terminal.tmux import options as tmux_options

pytestmark = pytest.mark.tmux
SETTINGS = """
set -g status off
set -g set-clipboard on
set -g default-terminal "screen-256color"
set -g escape-time 10
set -g assume-paste-time 0
"""


class Tmux:
    """A tmux server of its own with one session, 80×24, in which the app runs."""

    def __init__(self, program: str, directory: Path, place: Place) -> None:
        self.place = place
        settings = directory / "tmux.conf"
        settings.write_text(SETTINGS, encoding="utf-8")
        self._argv = [program, "-S", str(directory / "socket"), "-f", str(settings), "-u"]

    def say(self, *words: str) -> str:
        """Runs a tmux command."""
        environment = {
            **self.place.environment(),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
        }
        environment.update(TERM="xterm-256color", SHELL="/bin/sh")
        done = subprocess.run(
            [*self._argv, *words], env=environment, capture_output=True, text=True, check=False, timeout=20
        )
        return done.stdout

    def start(self) -> None:
        self.say("new-session", "-d", "-x", "80", "-y", "24", "-s", "work", *self.place.argv())

    def stop(self) -> None:
        self.say("kill-server")

    def seen(self) -> str:
        return self.say("capture-pane", "-p", "-t", "work")

    def attach(self) -> PtyProgram:
        columns, rows = SMALL
        return PtyProgram(
            [*self._argv, "attach", "-t", "work"], columns=columns, rows=rows, env=self.place.environment()
        )


@pytest.fixture
def tmux(desk: Place) -> Iterator[Tmux]:
    program = need("tmux")
    say(desk.server, "ben", "Grüße 👩‍👩‍👧 aus 東京")
    with TemporaryDirectory(prefix="tele-") as directory:
        made = Tmux(program, Path(directory), desk)
        made.start()
        try:
            wait_until(lambda: ONLINE in made.seen(), timeout=20)
            yield made
        finally:
            made.stop()


def test_it_is_drawn_as_everywhere(tmux: Tmux) -> None:
    wait_until(lambda: "Grüße" in tmux.seen())
    lines = tmux.seen().splitlines()
    assert len(lines) == 24
    assert lines[0].startswith(" ● Nordlicht GmbH")
    assert {line.find("│") for line in lines[:22]} == {27}
    assert "東京" in tmux.seen()
    assert "To ~Town Square" in tmux.seen()
    wait_until(lambda: tmux.say("display-message", "-p", "-t", "work", "#{pane_title}") == "teleteam\n")


def test_e45_it_lives_over_detaching(tmux: Tmux) -> None:
    for number in range(3):
        with tmux.attach() as terminal:
            terminal.wait_text(f"Grüße.*{ONLINE}")
            terminal.send(f"message {number}{ENTER}and a thought")
            terminal.wait_text("› and a thought")
            terminal.send("\x02d")
            terminal.wait_exit()
        say(tmux.place.server, "ben", f"while away {number}")
        wait_until(partial(_both_seen, tmux, f"while away {number}"))
        with tmux.attach() as terminal:
            terminal.wait_text("› and a thought")
            terminal.send("\x7f" * len("and a thought") + "\x02d")
            terminal.wait_exit()
    own = [text for text in texts(tmux.place.server) if text.startswith("message")]
    assert own == ["message 0", "message 1", "message 2"]
    tmux.say("send-keys", "-t", "work", "C-q")
    wait_until(lambda: not tmux.say("list-sessions"))


def _both_seen(tmux: Tmux, news: str) -> bool:
    screen = tmux.seen()
    return news in screen and "› and a thought" in screen


def test_a_copied_link_arrives_in_the_buffer_and_at_the_terminal(tmux: Tmux) -> None:
    post = alive(tmux.place.server)[-1]
    link = f"{tmux.place.server.url}/nordlicht/pl/{post.id}"
    with tmux.attach() as terminal:
        terminal.wait_text(f"Grüße.*{ONLINE}")
        terminal.send(ESC)
        terminal.wait_text("r Reply")
        terminal.send("l")
        wait_until(lambda: tmux.say("show-buffer") == link)
        payload = base64.b64encode(link.encode())
        wait_until(lambda: b"\x1b]52;" in terminal.output and payload in terminal.output)
        terminal.wait_text("Copied")
        terminal.send(CTRL_Q)
        terminal.wait_exit()


@pytest.mark.parametrize(
    ("settings", "told", "heard"),
    [("", "tmux_half", False), ("set -s set-clipboard on\n", "tmux", True)],
    ids=["default", "opened"],
)
def test_osc_52_arrives_as_the_advice_says(settings: str, told: str, heard: bool) -> None:
    """What a program in the pane says by OSC 52; our own copies arrive by tmux's command in both."""
    program = need("tmux")
    with TemporaryDirectory(prefix="tele-") as name:
        place = Path(name)
        (place / "conf").write_text(settings, encoding="utf-8")
        argv = [program, "-S", str(place / "s"), "-f", str(place / "conf"), "-u"]
        env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        env["TMUX"] = f"{place / 's'},1,0"
        where = Session(SessionKind.SSH, "tmux", env)
        (place / "words").write_text(clipboard.osc52("by the sequence", where) + "all said\n", "utf-8")

        def say_to(*words: str) -> str:
            outside = {key: value for key, value in env.items() if key != "TMUX"}
            done = subprocess.run(
                [*argv, *words], env=outside, capture_output=True, text=True, check=False, timeout=20
            )
            return done.stdout

        say_to("new-session", "-d", "-x", "80", "-y", "24", f"cat {place / 'words'}; exec sleep 60")
        try:
            wait_until(lambda: "all said" in say_to("capture-pane", "-p"))
            assert say_to("show-buffer") == ("by the sequence" if heard else "")
            able = abilities.detect(env, where)
            found = advice(where, able, tmux_options(env), "none", FakePrograms())
            assert next(one.how for one in found if one.part == "clipboard") == told
            columns, rows = SMALL
            outer = {"TERM": "xterm-256color", "TMUX": ""}
            with PtyProgram([*argv, "attach"], columns=columns, rows=rows, env=outer) as terminal:
                terminal.wait_text("all said")
                copied = clipboard.copy("by our own key", where, able)
                assert copied.kind == clipboard.COPIED
                assert say_to("show-buffer") == "by our own key"
                payload = base64.b64encode(b"by our own key")
                wait_until(lambda: payload in terminal.output)
        finally:
            say_to("kill-server")
