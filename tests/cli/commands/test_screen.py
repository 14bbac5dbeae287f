"""Where there can be no screen, one line says why and what else there is."""

from __future__ import annotations

import os
import pty
import subprocess

import pytest

from tests.cli.conftest import Cli


def test_e48_without_a_terminal_it_refuses_in_one_line(cli: Cli) -> None:
    done = cli()
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert "--plain" in done.err


@pytest.mark.parametrize(
    ("env", "hint"),
    [
        ({"TERM": "dumb"}, "--plain"),
        ({"TERM": "xterm", "PYTHONIOENCODING": "latin-1"}, "C.UTF-8"),
    ],
)
def test_e48_poor_terminals_are_told(cli: Cli, env: dict[str, str], hint: str) -> None:
    master, slave = pty.openpty()
    try:
        with subprocess.Popen(
            cli.argv(), stdin=slave, stdout=slave, stderr=slave, env=cli.env(**env), start_new_session=True
        ) as process:
            assert process.wait(30) == 2
        text = os.read(master, 10_000).decode()
    finally:
        os.close(master)
        os.close(slave)
    assert hint in text
    assert "\x1b" not in text
    assert len(text.splitlines()) == 1
