from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.builders import a_post, put
from tests.support.clock import FakeClock
from tui.core.errors import StoreTrouble
from tui.store import Store, files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_g58_every_file_is_private_under_any_umask(umask: int, directory: Path, clock: FakeClock) -> None:
    with Store.open(directory, clock=clock) as store:
        put(store, a_post("p", 1))
        store.posts.get("p")
        found = {path.name: mode(path) for path in directory.iterdir()}
    assert mode(directory) == 0o700
    assert {"cache.db", "cache.db-wal", "cache.db-shm", "desk.db", "lease"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_g58_loose_modes_are_tightened_and_said(directory: Path, clock: FakeClock) -> None:
    Store.open(directory, clock=clock).close()
    directory.chmod(0o755)
    (directory / "cache.db").chmod(0o644)
    with Store.open(directory, clock=clock) as store:
        assert {"tele.store.mode", "tele.store.cache_mode"} <= set(store.warnings)
        assert store.details["tele.store.cache_mode"] == str(directory / "cache.db")
    assert mode(directory) == 0o700
    assert mode(directory / "cache.db") == 0o600


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("precious")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(StoreTrouble) as caught:
        files.private_file(tmp_path / "link")
    assert caught.value.id == "tele.store.owner"
    with pytest.raises(StoreTrouble):
        files.inspect(tmp_path / "link")
    assert (tmp_path / "target").read_text() == "precious"


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as caught:
        files.inspect(tmp_path)
    assert caught.value.id == "tele.store.owner"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_d38_files_and_directories_of_others_are_refused(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("x")
    os.chown(tmp_path / "db", 12345, -1)
    with pytest.raises(StoreTrouble) as caught:
        files.inspect(tmp_path / "db")
    assert (caught.value.id, caught.value.detail) == ("tele.store.owner", str(tmp_path / "db"))
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 12345, -1)
    with pytest.raises(StoreTrouble):
        files.private_directory(tmp_path / "theirs")


def test_set_aside_takes_the_companions_along_and_never_overwrites(tmp_path: Path) -> None:
    for _ in range(2):
        (tmp_path / "x.db").write_text("db")
        (tmp_path / "x.db-wal").write_text("wal")
        files.set_aside(tmp_path / "x.db", 1_000_000)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        "x.db.corrupt-1000",
        "x.db.corrupt-1000-1",
        "x.db.corrupt-1000-1-wal",
        "x.db.corrupt-1000-wal",
    ]
    assert len(files.leftovers(tmp_path / "x.db")) == 4


def test_discard_takes_all_of_a_database(tmp_path: Path) -> None:
    for name in ("x.db", "x.db-wal", "x.db-shm", "x.db-journal", "other"):
        (tmp_path / name).touch()
    files.discard(tmp_path / "x.db")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


MOUNTS = r"""22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:50 / /home rw - nfs4 server:/home rw
41 40 0:51 / /home/anna/My\040Drive rw - fuse.sshfs sshfs rw
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/var/x", "ext4"),
        ("/home/anna/x", "nfs4"),
        ("/homes", "ext4"),
        ("/home/anna/My Drive/y", "fuse.sshfs"),
    ],
)
def test_the_longest_mount_point_names_the_file_system(tmp_path: Path, path: str, expected: str) -> None:
    (tmp_path / "mountinfo").write_text(MOUNTS)
    assert files.filesystem_of(Path(path), tmp_path / "mountinfo") == expected


def test_where_linux_does_not_say_it_is_unknown(tmp_path: Path) -> None:
    assert files.filesystem_of(tmp_path, tmp_path / "none") == ""
    assert files.filesystem_of(tmp_path) != ""


@pytest.mark.parametrize("name", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuseblk", "9p"])
def test_d37_shared_file_systems_are_known(name: str) -> None:
    assert files.is_shared(name)


@pytest.mark.parametrize("name", ["", "ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs"])
def test_d37_local_file_systems_are_not_shared(name: str) -> None:
    assert not files.is_shared(name)
