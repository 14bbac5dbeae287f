"""Signing in without a screen: secrets by standard input only, kept where the person agreed."""

from __future__ import annotations

import stat

import pytest

from tests.cli.conftest import Cli
from tui.demo.server import DemoServer


def login(cli: Cli, url: str, *words: str, stdin: str = "anna\n") -> tuple[int, str, str]:
    done = cli("login", url, "--login-id", "anna", "--password-stdin", *words, stdin=stdin)
    return done.code, done.out, done.err


def test_g59_without_consent_the_token_is_not_kept(cli: Cli, server: DemoServer) -> None:
    code, _out, err = login(cli, server.url)
    assert code == 1
    assert "--token-file" in err
    assert not cli.profile.exists()


def test_g58_with_consent_it_is_in_a_private_file(cli: Cli, server: DemoServer) -> None:
    code, out, _err = login(cli, f"{server.url}/nordlicht/channels/town-square", "--token-file")
    assert code == 0
    assert "anna" in out
    (token,) = (cli.profile / "data/secrets").iterdir()
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    assert (cli.profile / "accounts.toml").read_text().count(server.url) == 1
    everything = [p for p in cli.profile.rglob("*") if p.is_file() and p != token]
    secret = token.read_bytes().strip()
    assert not [p for p in everything if secret in p.read_bytes() or b'"anna\n"' in p.read_bytes()]


def test_wrong_password_is_said(cli: Cli, server: DemoServer) -> None:
    code, out, err = login(cli, server.url, "--token-file", stdin="wrong\n")
    assert (code, out) == (4, "")
    assert "wrong" not in err.replace("Wrong", "").replace("is wrong", "")


def test_token_by_standard_input(cli: Cli, server: DemoServer) -> None:
    login(cli, server.url, "--token-file")
    (file,) = (cli.profile / "data/secrets").iterdir()
    token = file.read_text()
    done = cli("login", server.url, "--token-stdin", "--token-file", stdin=token)
    assert done.code == 0
    assert cli("login", server.url, "--token-stdin", "--token-file", stdin="x" * 26).code == 4


@pytest.mark.parametrize("url", ["http://chat.example.org", "ftp://x", "not a url"])
def test_c31_unsafe_addresses_are_refused(cli: Cli, url: str) -> None:
    code, _out, err = login(cli, url, "--token-file")
    assert code in (1, 2)
    assert err


def test_a_server_that_is_not_there(cli: Cli) -> None:
    code, _out, err = login(cli, "http://127.0.0.1:1", "--token-file")
    assert code == 3
    assert "Traceback" not in err


def test_nobody_can_be_asked(cli: Cli, server: DemoServer) -> None:
    assert cli("login", server.url, "--token-file").code == 2
    assert cli("login", server.url, "--login-id", "anna", "--token-file").code == 2
