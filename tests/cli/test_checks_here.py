"""What the doctor sees on this machine; nothing of it is a secret, and looking changes nothing."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tui.cli.checks_here import look
from tui.cli.context import Context
from tui.cli.findings import BAD, GOOD, HINT, Finding
from tui.settings import accounts
from tui.settings.accounts import Account, Accounts
from tui.settings.config import Config
from tui.settings.paths import Paths

SSH = {"SSH_CONNECTION": "10.0.0.9 50000 10.0.0.1 22", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


def findings(directory: Path, **env: str) -> dict[str, Finding]:
    context = Context(Namespace(profile=""), Paths.resolve(directory), Config(), env, keyring=False)
    return {found.part: found for found in look(context)}


def test_a_fresh_machine(tmp_path: Path) -> None:
    found = findings(tmp_path / "none", **SSH)
    assert found["settings"].text == "all defaults"
    assert found["account"].state == HINT
    assert found["session"].text == "ssh"
    assert "secret" not in found
    assert not (tmp_path / "none").exists()


def test_broken_settings_are_bad(tmp_path: Path) -> None:
    file = Paths.resolve(tmp_path).config_file
    file.write_text("[ui]\nthem = 'x'\n")
    file.chmod(0o600)
    assert findings(tmp_path)["settings"].state == BAD


def test_g58_what_others_can_look_into_is_said(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path)
    paths.secrets_dir.mkdir(parents=True)
    paths.secrets_dir.chmod(0o755)
    assert str(paths.secrets_dir) in findings(tmp_path)["storage"].text


def test_an_account_without_its_token(tmp_path: Path) -> None:
    accounts.save(Paths.resolve(tmp_path), Accounts().with_account(Account("a", "https://chat.example.org")))
    found = findings(tmp_path)
    assert found["account"].state == GOOD
    assert found["secret"].state == BAD


def test_g57_proxies_by_name_alone(tmp_path: Path) -> None:
    found = findings(tmp_path, HTTPS_PROXY="http://anna:geheim@proxy.example:8080", no_proxy="")
    assert found["proxy"].text == "https_proxy"
