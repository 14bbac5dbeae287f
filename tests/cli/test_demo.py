"""The demo in one command, beside the person's own profile."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli


def test_demo_works_without_a_server_and_leaves_nothing(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "tmp"
    place.mkdir()
    done = cli("--demo", "channels", TMPDIR=str(place))
    assert done.code == 0, done.err
    assert len(done.lines) > 20
    assert list(place.iterdir()) == []
    assert not cli.profile.exists()


def test_demo_folders(cli: Cli) -> None:
    rows = cli("--demo", "sync", "--json").rows
    assert len([row for row in rows if "label" in row]) >= 5
