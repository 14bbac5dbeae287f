"""Private files: who may read and write what we keep.

Invariant: what we create is 0600 in a 0700 directory from its first byte on, and a replaced file is either
the old or the new one, also after a power cut. What another user of the machine could have written is not
trusted.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tui.core.errors import ConfigTrouble

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_READ = stat.S_IRWXG | stat.S_IRWXO


def make_private_dir(path: Path) -> Path:
    """`path` as a directory of ours with 0700; ConfigTrouble (unsafe) if it is someone else's."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = path.stat()
    if hasattr(os, "getuid") and state.st_uid != os.getuid():
        raise ConfigTrouble("tele.config.unsafe", f"{path}: owner", file=str(path), problem="owner")
    if state.st_mode & _OTHERS_READ:
        path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Replaces `path` atomically by `text`, 0600. OSError where the disk says no; the old file stays then."""
    make_private_dir(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def check_trusted(path: Path, *, secret: bool = False) -> None:
    """Raises ConfigTrouble("tele.config.unsafe") unless only we (or root) can have written `path`.

    `problem` is owner or writable, with `secret` also readable. The file's own directory is checked as well.
    """
    if not hasattr(os, "getuid"):
        return
    for place, readable in ((path, secret), (path.parent, False)):
        state = place.stat()
        problem = _distrust(state, readable)
        if problem:
            raise ConfigTrouble("tele.config.unsafe", f"{place}: {problem}", file=str(place), problem=problem)


def _distrust(state: os.stat_result, secret: bool) -> str:
    if state.st_uid not in (os.getuid(), 0):
        return "owner"
    if state.st_mode & _OTHERS_WRITE and not state.st_mode & stat.S_ISVTX:
        return "writable"
    return "readable" if secret and state.st_mode & _OTHERS_READ else ""
