"""The list, the person's own keys in it, and the page that must not drift."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli
from tui.settings.keymap import ACTIONS

PAGE = Path(__file__).parents[3] / "docs/keys.md"


def test_every_action_is_listed(cli: Cli) -> None:
    out = cli("keys").out
    assert all(action.id in out for action in ACTIONS)


def test_own_keys_are_shown(cli: Cli) -> None:
    cli.profile.mkdir(mode=0o700)
    file = cli.profile / "config.toml"
    file.write_text('[keys]\n"app.mentions" = "Alt+Shift+W"\n')
    file.chmod(0o600)
    assert "Alt+Shift+W" in cli("keys").out


def test_the_page_is_up_to_date(cli: Cli) -> None:
    assert PAGE.read_text(encoding="utf-8") == cli("--lang", "en", "keys", "--markdown").out
