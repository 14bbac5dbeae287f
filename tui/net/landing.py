"""Writes one downloaded file into a directory: complete or not at all, and never over another.

Invariant: bytes go to a file of ours (O_NOFOLLOW, 0600; fresh by O_EXCL, or the part that we left there
before) relative to the directory that was opened once; the final name appears when everything is on disk.
Nothing is made executable or opened. Until then its name begins with `.syncthing.`, so that Syncthing sends
no half files on from a shared folder.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import stat
from contextlib import suppress
from pathlib import Path, PurePath

from tui.core.errors import StoreTrouble, TeleteamError, UserMistake
from tui.core.file_names import numbered

SPARE = 64 * 2**20
"""Bytes that a download leaves free on the disk."""
_MOST_NAMES = 1000
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_AGAIN = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_KEY = re.compile(r"[a-z0-9]{1,64}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Landing:
    """Use: `write` pieces, then `finish`; `abandon` removes every trace, `leave` keeps what is there so far
    for the next Landing with the same `key` (an id that names the content; "" = nothing is kept).

    Raises StoreTrouble; UserMistake, also tele.files.busy where the same is being loaded already.
    """

    def __init__(self, directory: PurePath, name: str, key: str = "") -> None:
        self._directory = Path(directory)
        self._name = name
        self._kept = _KEY.fullmatch(key) is not None
        self._part = part_name(key) if self._kept else part_name(secrets.token_hex(8))
        self._folder = self._opened_folder()
        try:
            self._file = self._opened_part()
        except OSError as error:
            os.close(self._folder)
            raise trouble(error) from None
        except UserMistake:
            os.close(self._folder)
            raise

    @property
    def held(self) -> int:
        """Bytes that are there already."""
        return os.fstat(self._file).st_size

    def restart(self) -> None:
        """Forgets what is there: the server sends all of it."""
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)

    def _opened_part(self) -> int:
        """A fresh file, or our own part of before, at its end; nobody else may have it open or under a
        second name.
        """
        if not self._kept:
            return os.open(self._part, _FRESH, 0o600, dir_fd=self._folder)
        file = os.open(self._part, _AGAIN, 0o600, dir_fd=self._folder)
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid() or found.st_nlink != 1:
            os.close(file)
            raise PermissionError(errno.EACCES, "not ours")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise UserMistake("tele.files.busy") from None
        os.fchmod(file, 0o600)
        os.lseek(file, 0, os.SEEK_END)
        return file

    def _opened_folder(self) -> int:
        try:
            self._directory.mkdir(mode=0o700, exist_ok=True)
            return os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except (FileNotFoundError, FileExistsError, NotADirectoryError):
            raise UserMistake("tele.files.no_place") from None
        except OSError as error:
            raise trouble(error) from None

    def expect(self, size: int) -> None:
        """Raises StoreTrouble("tele.store.full") where `size` bytes do not fit."""
        disk = os.fstatvfs(self._folder)
        if size + SPARE > disk.f_bavail * disk.f_frsize:
            raise StoreTrouble("tele.store.full")

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            raise trouble(error) from None

    def finish(self) -> PurePath:
        """Makes the file durable under its name, or "name (2)" …; returns where it is."""
        try:
            os.fsync(self._file)
            name = self._take_name()
            self._rename(name)
            os.fsync(self._folder)
        except OSError as error:
            raise trouble(error) from None
        self._close()
        return PurePath(self._directory / name)

    def _take_name(self) -> str:
        """Reserves the first free name with an empty file of ours, which the rename then replaces."""
        for number in range(1, _MOST_NAMES):
            name = numbered(self._name, number)
            try:
                os.close(os.open(name, _FRESH, 0o600, dir_fd=self._folder))
            except FileExistsError:
                continue
            return name
        raise FileExistsError(errno.EEXIST, "no free name")

    def _rename(self, name: str) -> None:
        try:
            os.rename(self._part, name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
        except OSError:
            self._remove(name)
            raise

    def _remove(self, name: str) -> None:
        with suppress(OSError):
            os.unlink(name, dir_fd=self._folder)

    def abandon(self) -> None:
        """Removes the unfinished file; harmless after `finish`."""
        if self._file < 0:
            return
        self._remove(self._part)
        self._close()

    def leave(self) -> None:
        """As `abandon`, but what has arrived stays for the next time, where there is a key."""
        if self._kept and self._file >= 0:
            self._close()
        else:
            self.abandon()

    def _close(self) -> None:
        os.close(self._file)
        os.close(self._folder)
        self._file = -1


def part_name(key: str) -> str:
    """The name of an unfinished file."""
    return f".syncthing.teleteam-{key}.tmp"


def forget_part(directory: PurePath, key: str) -> None:
    """Removes what `leave` has kept."""
    if _KEY.fullmatch(key):
        with suppress(OSError):
            os.unlink(Path(directory) / part_name(key))


def trouble(error: OSError) -> TeleteamError:
    """What a local file operation's failure means."""
    if error.errno in _FULL:
        return StoreTrouble("tele.store.full")
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserMistake("tele.files.gone")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return UserMistake("tele.files.denied")
    return StoreTrouble("tele.store.io", type(error).__name__)
