"""Who may write: one process per account directory, by `flock` and by what the lease file says.

The kernel drops the lock with the process, so a lease left by kill -9 is taken over at once. On file systems
that other hosts share the lock may be blind to them: there the holder touches the file now and then, and a
foreign host's lease counts until it has been quiet for `QUIET`.

Invariant: two holders never believe in the same lease.
"""

from __future__ import annotations

import fcntl
import os
import socket
from dataclasses import replace
from pathlib import Path

import msgspec

from tui.core.ids import Millis
from tui.core.values import dataclass
from tui.store import files

QUIET = 90.0
"""Seconds after which a foreign host's untouched lease is stale."""
BEAT = 30.0
"""Seconds between two touches."""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a lease file says of the process that holds, or last held, it."""

    pid: int = 0
    host: str = ""
    boot_id: str = ""
    since: Millis = 0
    clean: bool = True
    """It was given back in good order."""


@dataclass(slots=True)
class Lease:
    """An acquired lease; give it back with `release`."""

    path: Path
    handle: int
    holder: Holder
    previous: Holder
    shared: bool

    def beat(self) -> None:
        """Show other hosts that we live."""
        if self.shared:
            os.utime(self.handle)

    def release(self, clean: bool = True) -> None:
        """Give it back. Not `clean`: what it guards was not left in good order."""
        if self.handle >= 0:
            _write(self.handle, replace(self.holder, clean=clean))
            os.close(self.handle)
            self.handle = -1


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody else holds the lease."""

    holder: Holder


def host_name() -> str:
    return socket.gethostname()


def boot_id(path: Path = Path("/proc/sys/kernel/random/boot_id")) -> str:
    """Changes with every start of the machine; "" where unknown."""
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def acquire(path: Path, now: Millis, *, shared: bool = False, host: str = "") -> Lease | Refused:
    """Take the lease at `path`, or say who has it.

    `shared`: the file system is one that other hosts see too. Raises StoreTrouble where the file cannot be
    made.
    """
    me = Holder(os.getpid(), host or host_name(), boot_id(), now, clean=False)
    handle = files.private_file(path)
    previous = _read(handle)
    if not _locked(handle, shared) or (shared and _lives_elsewhere(handle, previous, me.host, path)):
        os.close(handle)
        return Refused(previous)
    _write(handle, me)
    return Lease(path, handle, me, previous, shared)


def _locked(handle: int, shared: bool) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return shared  # no lock daemon: what the file says has to do
    return True


def _lives_elsewhere(handle: int, previous: Holder, host: str, path: Path) -> bool:
    if previous.clean or previous.host in ("", host):
        return False
    return _file_system_time(path) - os.fstat(handle).st_mtime < QUIET


def _file_system_time(path: Path) -> float:
    """What the file server's clock says; it may differ from ours."""
    probe = path.with_name(f"{path.name}.{os.getpid()}")
    handle = files.private_file(probe)
    try:
        os.utime(handle)
        return os.fstat(handle).st_mtime
    finally:
        os.close(handle)
        probe.unlink(missing_ok=True)


def _read(handle: int) -> Holder:
    try:
        return msgspec.json.decode(os.pread(handle, 4096, 0), type=Holder)
    except msgspec.DecodeError:
        return Holder()


def _write(handle: int, holder: Holder) -> None:
    os.ftruncate(handle, 0)
    os.pwrite(handle, msgspec.json.encode(holder), 0)
