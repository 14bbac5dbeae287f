"""Path, check, and the page that must not drift."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli

PAGE = Path(__file__).parents[3] / "docs/config.md"


def test_path_and_check(cli: Cli) -> None:
    file = cli.profile / "config.toml"
    assert cli("config", "path").out == f"{file}\n"
    assert cli("config", "check").code == 0
    cli.profile.mkdir(mode=0o700)
    file.write_text("[ui]\nthem = 1\n[cach]\n")
    file.chmod(0o600)
    done = cli("config", "check")
    assert done.code == 1
    assert len(done.lines) == 2
    assert "theme" in done.lines[0]


def test_the_page_is_up_to_date(cli: Cli) -> None:
    assert PAGE.read_text(encoding="utf-8") == cli("--lang", "en", "config", "markdown").out
