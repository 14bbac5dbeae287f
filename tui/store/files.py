"""The files of the store: private, plain, and set aside rather than lost.

Invariant: under any umask a file is 0600 and a directory 0700 from the moment it exists, and no link is
followed to a file of ours.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from tui.core.errors import StoreTrouble
from tui.core.ids import Millis
from tui.store.troubles import translated

Filesystem = Callable[[Path], str]
"""The type of the file system that a path lies on, "" = unknown."""

_SHARED = (
    "nfs",
    "cifs",
    "smb",
    "fuse",
    "9p",
    "afs",
    "ceph",
    "gluster",
    "lustre",
    "gpfs",
    "ncpfs",
    "vboxsf",
    "coda",
)
_TAILS = ("-wal", "-shm", "-journal")


def private_directory(path: Path) -> bool:
    """Make `path`, or close an existing one to others; True iff others could look into it before."""
    with translated():
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.stat()
        if found.st_uid != os.geteuid():
            raise StoreTrouble("tele.store.owner", str(path))
        return _tighten(path, found.st_mode, 0o700)


def private_file(path: Path, flags: int = os.O_RDWR | os.O_CREAT) -> int:
    """Open (and make) a file that only its owner can read; returns its descriptor."""
    with translated():
        handle = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        os.fchmod(handle, 0o600)
        return handle


def make_file(path: Path) -> None:
    """An empty private file at `path`; what was there is emptied."""
    os.close(private_file(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def inspect(path: Path) -> bool:
    """Refuse a database that is not a plain file of ours; True iff others could read it before.

    Raises StoreTrouble("tele.store.owner", path) for links, foreign owners and anything that is no file.
    """
    with translated():
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
            raise StoreTrouble("tele.store.owner", str(path))
        return _tighten(path, found.st_mode, 0o600)


def _tighten(path: Path, mode: int, wanted: int) -> bool:
    loose = stat.S_IMODE(mode) & ~wanted != 0
    if stat.S_IMODE(mode) != wanted:
        path.chmod(wanted)
    return loose


def set_aside(path: Path, now: Millis) -> Path:
    """Rename a database and what belongs to it to `….corrupt-<seconds>`; returns the new name."""
    aside = path.with_name(f"{path.name}.corrupt-{now // 1000}")
    number = 0
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.corrupt-{now // 1000}-{number}")
    with translated():
        path.rename(aside)
        for tail in _TAILS:
            companion = path.with_name(path.name + tail)
            if companion.exists():
                companion.rename(aside.with_name(aside.name + tail))
    return aside


def leftovers(path: Path) -> list[Path]:
    """Everything that once was, or was copied from, the database at `path`."""
    names = [f"{path.name}.corrupt-*", f"{path.name}.before-*", f"{path.name}.new*", f"{path.name}.screen"]
    return [found for name in names for found in path.parent.glob(name)]


def discard(path: Path) -> None:
    """Delete a database with all that belongs to it."""
    for doomed in (path, *(path.with_name(path.name + tail) for tail in _TAILS)):
        doomed.unlink(missing_ok=True)


def filesystem_of(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Type of the file system under `path` ("ext4", "nfs4", "fuse.sshfs"); "" where Linux does not say."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    wanted = path.resolve()
    best = ("", "")
    for line in lines:
        before, _, after = line.partition(" - ")
        point = before.split(" ")[4].replace("\\040", " ")
        if wanted.is_relative_to(point) and len(point) >= len(best[0]):
            best = (point, after.split(" ", 1)[0])
    return best[1]


def is_shared(filesystem: str) -> bool:
    """Whether other hosts may hold the same files, so that WAL's shared memory cannot be trusted."""
    return filesystem.startswith(_SHARED)
