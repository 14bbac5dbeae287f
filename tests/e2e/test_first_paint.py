"""The last screen stands at once, the live one takes over in place, keys typed meanwhile arrive."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.e2e.place import ENTER, ONLINE, Place, leave, modes_are_reset
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.demo.server import DemoServer

STARTING = "starting … (this is how you left it)"
_HANGING = """
import sys, time

class Hangs:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            time.sleep(60)

sys.meta_path.insert(0, Hangs())
from tui.cli import main
sys.exit(main())
"""
"""The program, which stays for a minute where it imports a module."""


def test_the_last_screen_is_there_first_and_takes_early_keys(tmp_path: Path, server: DemoServer) -> None:
    place = Place(tmp_path, server)
    account = place.sign_in()
    with place.open() as app:
        app.wait_text(ONLINE)
        assert leave(app) == 0
    file = place.paths.last_screen(account.id)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with place.open() as app:
        wait_until(lambda: STARTING in app.text(), interval=0.002)
        app.send("typed early")
        app.wait_text(ONLINE)
        wait_until(lambda: "typed early" in app.text())
        assert bytes(app.output).count(b"\x1b[?1049h") == 1
        assert STARTING not in app.text()
        assert leave(app) == 0
        assert modes_are_reset(bytes(app.output))


def test_the_bare_command_from_the_first_start_on(tmp_path: Path, server: DemoServer) -> None:
    """Nothing but `teleteam`: no option, no word, the platform's own places."""
    place = Place(tmp_path, server)

    def bare() -> PtyProgram:
        return PtyProgram(
            [sys.executable, "-m", "tui"], columns=80, rows=24, env=place.environment(), cwd=place.home
        )

    with bare() as app:
        app.wait_text("https://chat.example.org")
        app.send(f"{server.url}{ENTER}")
        app.send(f"anna{ENTER}")
        app.send(f"anna{ENTER}")
        app.wait_text("Keep the token")
        app.send(ENTER)
        app.wait_text(ONLINE)
        assert leave(app) == 0
    assert (place.home / ".config/teleteam/accounts.toml").exists()
    with bare() as app:
        app.wait_text(ONLINE)
        assert b"starting" in bytes(app.output)
        assert leave(app) == 0


def test_a_start_that_fails_gives_the_terminal_back(tmp_path: Path, server: DemoServer) -> None:
    place = Place(tmp_path, server)
    account = place.sign_in()
    with place.open() as app:
        app.wait_text(ONLINE)
        leave(app)
    store = place.paths.store_dir(account.id)
    (store / "desk.db").unlink()
    (store / "desk.db").symlink_to("/dev/null")
    with place.open() as app:
        assert app.wait_exit() != 0
        assert b"starting" in bytes(app.output)
        assert modes_are_reset(bytes(app.output))
        assert b"teleteam: " in bytes(app.output).rpartition(b"?1049l")[2]


@pytest.mark.parametrize("module", ["tui.cli.running", "tui.ui.thin_driver"])
def test_a_signal_before_the_live_screen_gives_the_terminal_back(
    tmp_path: Path, server: DemoServer, module: str
) -> None:
    place = Place(tmp_path, server)
    place.sign_in()
    with place.open() as app:
        app.wait_text(ONLINE)
        leave(app)
    words = [sys.executable, "-c", _HANGING.format(module=module), *place.argv()[3:]]
    with PtyProgram(words, env=place.environment(), cwd=place.directory) as app:
        wait_until(lambda: STARTING in app.text(), interval=0.002)
        app.kill(signal.SIGTERM)
        assert app.wait_exit(timeout=3.0) == 128 + signal.SIGTERM
        assert modes_are_reset(bytes(app.output))


@pytest.mark.parametrize(("option", "true_colour"), [("--thin", False), ("--rich", True)])
def test_a_thin_line_carries_sixteen_colours(desk: Place, option: str, true_colour: bool) -> None:
    for _first_and_later in range(2):
        with desk.open(option, env={"COLORTERM": "truecolor"}) as app:
            app.wait_text(ONLINE)
            assert leave(app) == 0
            assert (b"38;2;" in app.output) is true_colour
