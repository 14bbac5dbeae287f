"""From no Syncthing to a running one, in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.client.first_steps import System, choose_instance, first_steps, instances, this_system
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


def test_of_several_syncthings_one_is_named_by_a_line_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STHOMEDIR", "STCONFDIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for place in (".config/syncthing", ".local/state/syncthing"):
        (tmp_path / place).mkdir(parents=True)
        assert choose_instance(instances()) == []
        (tmp_path / place / "config.xml").touch()
    assert [step.command for step in choose_instance(instances())] == [
        f'config = "{tmp_path}/.config/syncthing/config.xml"',
        f'config = "{tmp_path}/.local/state/syncthing/config.xml"',
    ]


def test_a_refused_key_says_that_it_is_not_sent_again() -> None:
    words = " ".join(step.words for step in first_steps(FoldersLink.WRONG_KEY, System.DEBIAN))
    assert "not sent again" in words
    assert "Restart Syncthing" in words
