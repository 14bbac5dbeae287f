from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tui.core.errors import StoreTrouble, UserMistake
from tui.net.landing import Landing


def land(directory: Path, name: str, data: bytes = b"data") -> Path:
    landing = Landing(directory, name)
    landing.write(data)
    return Path(landing.finish())


def test_f53_complete_private_and_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        place = land(tmp_path / "new", "a.txt")
    finally:
        os.umask(old)
    assert place == tmp_path / "new" / "a.txt"
    assert place.read_bytes() == b"data"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert os.listdir(place.parent) == ["a.txt"]


def test_f53_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    assert [land(tmp_path, "a.txt").name for _ in range(2)] == ["a (2).txt", "a (3).txt"]
    assert (tmp_path / "a.txt").read_text() == "mine"


def test_f53_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / "a.txt").symlink_to(victim)
    (downloads / "a (2).txt").symlink_to(tmp_path / "not there")
    assert land(downloads, "a.txt").name == "a (3).txt"
    assert victim.read_text() == "precious"
    assert not (tmp_path / "not there").exists()


def test_f53_an_exchanged_directory_does_not_move_the_file(tmp_path: Path) -> None:
    downloads, elsewhere = tmp_path / "downloads", tmp_path / "elsewhere"
    downloads.mkdir()
    elsewhere.mkdir()
    landing = Landing(downloads, "a.txt")
    downloads.rename(tmp_path / "moved")
    downloads.symlink_to(elsewhere)
    landing.write(b"data")
    landing.finish()
    assert os.listdir(elsewhere) == []
    assert (tmp_path / "moved" / "a.txt").read_bytes() == b"data"


def test_an_abandoned_one_leaves_nothing(tmp_path: Path) -> None:
    landing = Landing(tmp_path, "a.txt")
    landing.write(b"half")
    landing.abandon()
    landing.abandon()
    assert os.listdir(tmp_path) == []


def test_a_disk_that_is_too_small(tmp_path: Path) -> None:
    landing = Landing(tmp_path, "a.txt")
    with pytest.raises(StoreTrouble) as caught:
        landing.expect(2**60)
    landing.abandon()
    assert caught.value.id == "tele.store.full"


def test_a_full_disk(tmp_path: Path) -> None:
    landing = Landing(tmp_path, "a.txt")
    os.dup2(os.open("/dev/full", os.O_WRONLY), landing._file)
    with pytest.raises(StoreTrouble) as caught:
        landing.write(b"x")
    landing.abandon()
    assert caught.value.id == "tele.store.full"


def test_a_place_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserMistake):
        Landing(tmp_path / "file", "a.txt")
    with pytest.raises(UserMistake):
        Landing(tmp_path / "no" / "such" / "place", "a.txt")
