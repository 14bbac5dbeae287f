"""A conversation line by line."""

from __future__ import annotations

import subprocess

from tests.cli.conftest import Cli
from tests.cli.people import texts, write
from tui.demo.server import DemoServer


def test_read_write_and_leave(anna: Cli, server: DemoServer) -> None:
    write(server, "wer ist da?")
    lines = "ins Leere\n/to ~town-square\n/read 5\nich\n/to nirgends\n/unread\n/help\n/quit\n"
    done = anna("--plain", stdin=lines)
    assert done.code == 0, done.err
    assert "wer ist da?" in done.out
    assert texts(server) == ["wer ist da?", "ich"]
    assert "\x1b" not in done.out


def test_the_end_of_the_input_is_the_end(anna: Cli) -> None:
    process = subprocess.run(
        anna.argv("--plain"), stdin=subprocess.DEVNULL, capture_output=True, env=anna.env(), timeout=60
    )
    assert process.returncode == 0
