"""From no Syncthing to a running one, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.client.first_steps import System, first_steps, this_system
from tui.core.folders import FoldersLink


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("ID=debian\n", System.DEBIAN),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', System.DEBIAN),
        ('ID="opensuse-leap"\n', System.SUSE),
        ('ID=rocky\nID_LIKE="rhel centos fedora"\n', System.FEDORA),
        ("ID=gentoo\n", System.OTHER),
        ("", System.OTHER),
    ],
)
def test_the_family_of_this_system(tmp_path: Path, text: str, system: System) -> None:
    (tmp_path / "os-release").write_text(text)
    assert this_system("linux", tmp_path / "os-release") is system


def test_without_a_file_and_on_a_mac(tmp_path: Path) -> None:
    assert this_system("linux", tmp_path / "none") is System.OTHER
    assert this_system("darwin", tmp_path / "none") is System.MAC


@pytest.mark.parametrize("system", list(System))
@pytest.mark.parametrize("link", [x for x in FoldersLink if x not in (FoldersLink.OK, FoldersLink.STARTING)])
def test_every_failure_has_a_next_step(link: FoldersLink, system: System) -> None:
    steps = first_steps(link, system, "/home/anna/config.xml")
    assert steps
    assert all(step.words for step in steps)


def test_absent_tells_how_to_get_and_start_it() -> None:
    commands = [step.command for step in first_steps(FoldersLink.ABSENT, System.DEBIAN)]
    assert commands[0] == "sudo apt install syncthing"
    assert "systemctl --user enable --now syncthing.service" in commands
    assert first_steps(FoldersLink.OK, System.DEBIAN) == []
