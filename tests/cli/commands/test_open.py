"""One link from the command line, by the way that suits or that is wanted."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli

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
