"""From end to end: a key pressed on a server opens a browser on another computer, through a real sshd.

Two homes on one machine: the server's, where the app runs with SSH_CONNECTION set, and the person's own, with
`teleteam bridge` and a browser that notes its arguments. Between them OpenSSH with a key, a configuration and
a port of its own.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.e2e.place import ENTER, ESC, ONLINE, Place, leave, say
from tests.support.programs import need
from tests.support.pty import PtyProgram
from tests.support.sshd import Sshd
from tests.support.waiting import wait_until
from tui.terminal.bridge_places import forwarded

OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22", "SSH_TTY": "/dev/pts/9"}


@pytest.fixture
def sshd() -> Iterator[Sshd]:
    need("ssh")
    with TemporaryDirectory(prefix="tele-") as directory:
        made = Sshd(Path(directory))
        try:
            yield made
        finally:
            made.stop()


class Computer:
    """The person's own computer: a place, a browser that notes what it gets."""

    def __init__(self, place: Place, directory: Path) -> None:
        self.place = place
        self.note = directory / "opened"
        browser = directory / "browser"
        browser.write_text(f'#!/bin/sh\nfor word; do printf "%s|" "$word"; done >> {self.note}\n')
        browser.chmod(0o755)
        place.configure(f'[commands]\nbrowser = ["{browser}"]\n')

    @property
    def opened(self) -> str:
        return self.note.read_text() if self.note.exists() else ""

    def printed(self, remote: Path) -> str:
        done = self.place.run("bridge", "--print-ssh", "server", "--socket", str(remote))
        assert "RemoteForward" in done.stdout
        return done.stdout

    def listen(self) -> PtyProgram:
        argv = self.place.argv("bridge")
        return PtyProgram(argv, columns=100, rows=24, env=self.place.environment(), cwd=self.place.directory)


def test_a_link_chosen_on_the_server_opens_on_ones_own_computer(
    desk: Place, sshd: Sshd, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("own")
    own = Computer(Place(home, desk.server), home)
    remote = sshd.directory / "teleteam-bridge-anna-laptop.sock"
    secret = own.place.run("bridge", "--give-secret").stdout
    assert desk.run("bridge", "--take-secret", stdin=secret).returncode == 0
    say(desk.server, "ben", "Notes: https://notes.example.org/a?b=1")
    over = {**OVER_SSH, "TELETEAM_BRIDGE": str(remote)}
    link = sshd.forward(own.printed(remote))
    try:
        wait_until(lambda: forwarded({"TELETEAM_BRIDGE": str(remote)}))
        assert remote.stat().st_mode & 0o777 == 0o600
        silent = desk.run("open", "https://notes.example.org/x", env=over)
        assert silent.returncode == 1
        assert "teleteam bridge" in silent.stderr
        with own.listen() as helper, desk.open(env=over) as app:
            helper.wait_text("Waiting for links")
            app.wait_text(f"Notes.*{ONLINE}")
            app.send(ESC)
            app.wait_text("o Open")
            app.send("o")
            app.wait_text("Open it on my own computer")
            app.send(ENTER)
            helper.wait_text("asks to open notes.example.org.*Open it")
            helper.send(f"a{ENTER}")
            app.wait_text("Opened on your own computer: notes.example.org")
            assert own.opened == "https://notes.example.org/a?b=1|"
            again = desk.run("open", "https://notes.example.org/second", env=over)
            assert again.returncode == 0, again.stderr
            assert own.opened.endswith("|https://notes.example.org/second|")
            assert desk.run("open", "http://notes.example.org/plain", env=over).returncode == 1
            assert secret.strip() not in app.text() + helper.text()
            assert leave(app) == 0
    finally:
        link.terminate()
        link.wait(10)


def test_a_stale_socket_does_not_keep_the_next_login_from_forwarding(
    desk: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Where the server's sshd does not remove it (its default), asking once does."""
    need("ssh")
    home = tmp_path_factory.mktemp("own")
    own = Computer(Place(home, desk.server), home)
    secret = own.place.run("bridge", "--give-secret").stdout
    desk.run("bridge", "--take-secret", stdin=secret)
    with TemporaryDirectory(prefix="tele-") as directory:
        sshd = Sshd(Path(directory), unlink=False)
        remote = sshd.directory / "teleteam-bridge-anna-laptop.sock"
        over = {**OVER_SSH, "TELETEAM_BRIDGE": str(remote)}
        try:
            with socket.socket(socket.AF_UNIX) as left_behind:
                left_behind.bind(str(remote))
            refused = sshd.forward(own.printed(remote))
            assert refused.wait(20) != 0
            os.utime(remote, (1, 1))
            desk.run("open", "https://notes.example.org/x", env=over)
            assert not remote.exists()
            link = sshd.forward(own.printed(remote))
            wait_until(remote.exists)
            link.terminate()
            link.wait(10)
        finally:
            sshd.stop()
