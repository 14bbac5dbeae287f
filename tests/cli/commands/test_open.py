"""One link from the command line, by the way that suits or that is wanted."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.support.codes import decoded, of_half_blocks
from tests.support.pty import PtyProgram
from tui.cli.arguments import make_parser
from tui.core.bridge_wire import Wish
from tui.core.links import Link
from tui.demo.server import DemoServer
from tui.terminal import bridge
from tui.terminal.bridge_places import new_secret
from tui.terminal.ladder import Way

URL = "https://notes.example.org/a?b=1"
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"
SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


def test_over_ssh_it_is_shown(cli: Cli) -> None:
    done = cli("open", URL, **SSH)
    assert done.code == 1
    assert done.lines == [URL]


def test_as_text_and_from_standard_input_without_the_token(cli: Cli) -> None:
    assert cli("open", URL, "--way", "text").lines == [URL]
    done = cli("open", "-", "--way", "text", stdin=f"https://meet.jit.si/Weekly?jwt={TOKEN}\n")
    assert (done.code, done.lines) == (0, ["https://meet.jit.si/Weekly"])
    assert "eyJ" not in done.err


def test_the_browser_of_the_settings_opens_it(cli: Cli, tmp_path: Path) -> None:
    note, program = tmp_path / "opened", tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {note}\n')
    program.chmod(0o755)
    cli.profile.mkdir(mode=0o700)
    config = cli.profile / "config.toml"
    config.write_text(f'[session]\nkind = "local"\n[commands]\nbrowser = ["{program}"]\n')
    config.chmod(0o600)
    done = cli("open", URL)
    assert (done.code, done.out) == (0, "")
    assert note.read_text() == f"{URL}|"


def test_what_is_no_web_address_is_refused(cli: Cli) -> None:
    for bad in ("javascript:alert(1)", "file:///etc/passwd", "-"):
        done = cli("open", bad, "--way", "text", stdin="ssh://host\n")
        assert (done.code != 0, done.out) == (True, "")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_a_way_that_does_not_exist_is_named_with_those_that_do(cli: Cli, lang: str) -> None:
    done = cli("--lang", lang, "open", URL, "--way", "teleport")
    assert (done.code, done.out) == (2, "")
    for word in ("teleport", *Way):
        assert f"'{word}'" in done.err


def test_every_way_of_the_ladder_can_be_asked_for(cli: Cli) -> None:
    for way in Way:
        assert make_parser().parse_args(["open", URL, "--way", way]).way == way


class Home:
    """The link helper of somebody who opens what comes from one host."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def knows(self, link: Link) -> bool:
        return link.host == "notes.example.org"

    def agrees(self, link: Link, wish: Wish) -> bool:
        return False

    def opens(self, link: Link, wish: Wish) -> bool:
        self.opened.append(link.url)
        return True

    def tell(self, answer: str, link: Link | None) -> None:
        pass


@pytest.fixture
def helper(cli: Cli, tmp_path: Path) -> Iterator[tuple[Home, str]]:
    """A listening link helper that knows `cli`'s secret, and its socket."""
    home, secret, place = Home(), new_secret(), tmp_path / "helper.sock"
    assert cli("bridge", "--take-secret", stdin=secret).code == 0
    listener = bridge.listen(place)
    served = threading.Thread(target=bridge.Bridge(secret, home).serve, args=(listener,))
    served.start()
    yield home, str(place)
    listener.shutdown(socket.SHUT_RDWR)
    served.join(5)
    listener.close()


def test_own_opens_on_ones_own_computer_and_says_what_came_of_it(cli: Cli, helper: tuple[Home, str]) -> None:
    home, place = helper
    done = cli("open", URL, "--way", "own", TELETEAM_BRIDGE=place)
    assert (done.code, done.out, home.opened) == (0, "", [URL])
    assert "Opened on your own computer: notes.example.org" in done.err
    refused = cli("open", "https://other.example/", "--way", "own", TELETEAM_BRIDGE=place)
    assert (refused.code, home.opened) == (1, [URL])
    assert "not allowed" in refused.err


def test_own_without_a_helper_says_how_to_get_one(cli: Cli) -> None:
    done = cli("open", URL, "--way", "own", TELETEAM_BRIDGE="/nonexistent/x.sock", **SSH)
    assert (done.code, done.out) == (1, "")
    assert "teleteam bridge --print-ssh" in done.err


def test_here_without_a_browser_fails(cli: Cli, tmp_path: Path) -> None:
    done = cli("open", URL, "--way", "here", PATH=str(tmp_path), **SSH)
    assert (done.code, done.out) == (1, "")
    assert "No browser" in done.err


def test_copy_claims_nothing_where_nothing_takes_it(cli: Cli) -> None:
    done = cli("open", URL, "--way", "copy", **SSH)
    assert (done.code, done.out) == (1, "")
    assert "no way to the clipboard" in done.err


def test_copy_and_click_speak_to_the_terminal(cli: Cli) -> None:
    """OSC 52 and OSC 8, on a terminal alone."""
    for way, sequence in (
        ("copy", b"\x1b]52;c;" + base64.b64encode(URL.encode()) + b"\x07"),
        ("click", f"\x1b]8;;{URL}\x1b\\{URL}\x1b]8;;\x1b\\".encode()),
    ):
        with PtyProgram(cli.argv("open", URL, "--way", way), env=cli.env(**SSH)) as app:
            assert app.wait_exit() == 0
            app.quiet(0.1)
            assert sequence in bytes(app.output)
    assert cli("open", URL, "--way", "click", **SSH).lines == [URL]


def test_qr_is_read_back_without_the_token(cli: Cli, tmp_path: Path) -> None:
    done = cli("open", f"https://meet.example.org/Weekly?jwt={TOKEN}", "--way", "qr")
    assert done.code == 0
    assert decoded(of_half_blocks(done.lines), tmp_path) == "https://meet.example.org/Weekly"


def test_send_is_a_message_to_oneself(anna: Cli, server: DemoServer) -> None:
    done = anna("open", URL, "--way", "send")
    assert done.code == 0, done.err
    assert [row["message"] for row in anna("read", "@anna", "--json").rows][-1] == URL
    server.down()
    offline = anna("open", URL, "--way", "send")
    assert (offline.code, offline.out) == (3, "")


def test_send_needs_an_account(cli: Cli) -> None:
    done = cli("open", URL, "--way", "send")
    assert (done.code, done.out) == (4, "")
    assert "teleteam login" in done.err
