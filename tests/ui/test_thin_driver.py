"""The driver: what of its own the app may send, and that no movement of the mouse is ever asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.place import CTRL_Q, ONLINE, Place
from tests.ui.stage import Stage
from tui.demo import company
from tui.demo.server import DemoServer
from tui.ui.thin_driver import ALT_AS_ESC, OWN, may_be_xterm
from tui.ui.thin_grid import MODES

F12 = "\x1b[24~"
MOVEMENTS = ("\x1b[?1002h", "\x1b[?1003h")


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b]2;teleteam\x07",
        "\x1b]52;c;aGVsbG8=\x07",
        "\x1b]9;Anna wrote\x07",
        "\x07",
        "\x1b[?25h",
        "\x1b[?1000h",
        "\x1b[?1006l",
    ],
)
def test_what_the_app_sends_of_its_own(sequence: str) -> None:
    assert OWN.fullmatch(sequence)


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b]52;c;?\x07",
        "\x1b]2;a\x1b]0;b\x07",
        "\x1b]4;1;?\x07",
        "\x1b[6n",
        "\x1bc",
        "\x1bP+q544e\x1b\\",
        *MOVEMENTS,
    ],
)
def test_f56_nothing_else_is_sent_for_it(sequence: str) -> None:
    assert not OWN.fullmatch(sequence)
    assert not MODES.fullmatch(sequence)


@pytest.mark.parametrize(
    ("env", "asked"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/tmux,1,0"}, False),
        ({"TERM": "xterm", "STY": "1.pts"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "tmux-256color"}, False),
        ({}, False),
    ],
)
def test_only_what_may_be_an_xterm_is_told_how_alt_is_sent(env: dict[str, str], asked: bool) -> None:
    assert may_be_xterm(env) == asked


def test_inline_mode_is_refused(stage: Stage, capfd: pytest.CaptureFixture[str]) -> None:
    """It has a driver of its own in Textual, without our list of what may reach the terminal."""
    app = stage.app()
    with pytest.raises(ValueError, match="no inline mode"):
        app.run(inline=True)
    assert capfd.readouterr().out == ""


def test_the_mouse_tells_of_clicks_and_never_of_movements(tmp_path: Path) -> None:
    server = DemoServer(1, company.small)
    server.start()
    try:
        place = Place(tmp_path, server)
        place.sign_in()
        place.configure('[ui]\nmouse = "on"\n')
        with place.open() as app:
            app.wait_text(ONLINE)
            assert b"\x1b[?1000h" in app.output
            assert ALT_AS_ESC[0].encode() in app.output
            app.send(F12)
            app.wait_text("The mouse is the terminal's again")
            app.send(F12)
            app.wait_text("The mouse works here now")
            app.send(CTRL_Q)
            assert app.wait_exit() == 0
            assert not any(wish.encode() in app.output for wish in MOVEMENTS)
            assert app.output.rfind(b"\x1b[?1000l") > app.output.rfind(b"\x1b[?1000h")
            assert app.output.rfind(ALT_AS_ESC[1].encode()) > app.output.rfind(ALT_AS_ESC[0].encode())
    finally:
        server.stop()
