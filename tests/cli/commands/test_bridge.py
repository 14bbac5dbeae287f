"""Pairing and the lines for ssh; that it listens and opens is proven from end to end."""

from __future__ import annotations

import stat

import pytest

from tests.cli.conftest import Cli
from tui.settings.paths import Paths
from tui.terminal.bridge_places import is_secret


def test_a_secret_is_given_and_taken(cli: Cli) -> None:
    secret = cli("bridge", "--give-secret").out.strip()
    assert is_secret(secret)
    assert cli("bridge", "--give-secret").out.strip() == secret
    taken = cli("bridge", "--take-secret", stdin=f"{secret}\n")
    assert (taken.code, secret in taken.out + taken.err) == (0, False)
    file = Paths.resolve(cli.profile).helper_secrets
    assert file.read_text().split() == [secret]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_is_no_secret_is_not_kept(cli: Cli) -> None:
    done = cli("bridge", "--take-secret", stdin="hello\n")
    assert done.code == 2
    assert "--give-secret | ssh HOST" in done.err
    assert not Paths.resolve(cli.profile).helper_secrets.exists()


def test_the_lines_for_ssh(cli: Cli) -> None:
    done = cli("bridge", "--print-ssh", "work", "--socket", "/run/there.sock")
    assert done.code == 0
    assert "Host work" in done.lines
    assert [line for line in done.lines if line.startswith("    RemoteForward /run/there.sock /")]


@pytest.mark.parametrize("host", ["-oProxyCommand=x", "a b", "a\nProxyCommand x"])
def test_a_host_that_says_more_is_refused(cli: Cli, host: str) -> None:
    done = cli("bridge", f"--print-ssh={host}")
    assert done.code != 0
    assert "ProxyCommand" not in done.out
    assert "Host " not in done.out
