"""Private from the first byte on; replaced as a whole; other people's files are not trusted."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core.errors import ConfigTrouble
from tui.settings.files import check_trusted, make_private_dir, write_private


@pytest.fixture(params=[0o000, 0o022])
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("_umask")
def test_g58_files_are_0600_and_directories_0700(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "secret"
    write_private(file, "one\n")
    write_private(file, "two\n")
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)
    assert file.read_text() == "two\n"
    assert [path.name for path in file.parent.iterdir()] == ["secret"]


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "file").symlink_to(victim)
    write_private(tmp_path / "file", "ours")
    assert victim.read_text() == "mine"
    assert not (tmp_path / "file").is_symlink()


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    write_private(file, "old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_loose_directory_is_tightened(tmp_path: Path) -> None:
    loose = tmp_path / "loose"
    loose.mkdir(mode=0o755)
    assert mode(make_private_dir(loose)) == 0o700


@pytest.mark.parametrize(
    ("bits", "secret", "problem"),
    [(0o600, True, ""), (0o644, False, ""), (0o644, True, "readable"), (0o664, False, "writable")],
)
def test_g58_trust(tmp_path: Path, bits: int, secret: bool, problem: str) -> None:
    tmp_path.chmod(0o700)
    file = tmp_path / "file"
    file.touch()
    file.chmod(bits)
    if not problem:
        check_trusted(file, secret=secret)
        return
    with pytest.raises(ConfigTrouble) as caught:
        check_trusted(file, secret=secret)
    assert (caught.value.id, caught.value.problem) == ("tele.config.unsafe", problem)


def test_a_writable_directory_is_not_trusted(tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    room.chmod(0o777)
    (room / "file").touch(0o600)
    with pytest.raises(ConfigTrouble):
        check_trusted(room / "file")


@pytest.mark.skipif(os.getuid() != 0, reason="needs root to give a file away")
def test_someone_elses_file_is_not_trusted(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(0o600)
    os.chown(file, 12345, 12345)
    with pytest.raises(ConfigTrouble) as caught:
        check_trusted(file)
    assert caught.value.problem == "owner"
