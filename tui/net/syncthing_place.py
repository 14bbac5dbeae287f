"""Finds the local Syncthing: which config.xml, which address, which key.

Invariant: config.xml is only read, never written, and only believed when it belongs to the person (or root)
and others cannot write it. The key leaves this module only inside `Place`, whose repr hides it. Source: the
search order of Syncthing 1.27 and newer, which also finds the files of older ones.
"""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tui.core.errors import FoldersTrouble
from tui.core.folders import FoldersLink
from tui.core.values import dataclass

MAX_CONFIG_BYTES = 16 * 2**20
PROBE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """How to reach one Syncthing."""

    url: str
    key: str
    socket: str = ""
    """Path of a unix socket, "" = TCP."""
    certificate: Path | None = None
    """https-cert.pem to pin, for TLS."""

    @property
    def mark(self) -> int:
        """Another number for another address or key."""
        return hash((self.url, self.socket, self.key))

    def __repr__(self) -> str:
        return f"Place({self.url}, socket={self.socket!r})"


def candidates(env: Mapping[str, str], home: Path) -> Iterator[Path]:
    """Where config.xml may be, best first."""
    for name in ("STCONFDIR", "STHOMEDIR"):
        if env.get(name):
            yield Path(env[name]) / "config.xml"
    if env.get("XDG_CONFIG_HOME"):
        yield Path(env["XDG_CONFIG_HOME"]) / "syncthing" / "config.xml"
    yield home / ".config" / "syncthing" / "config.xml"
    if env.get("XDG_STATE_HOME", "").startswith("/"):
        yield Path(env["XDG_STATE_HOME"]) / "syncthing" / "config.xml"
    yield home / ".local" / "state" / "syncthing" / "config.xml"
    yield home / "Library" / "Application Support" / "Syncthing" / "config.xml"


def find_config(explicit: str, env: Mapping[str, str], home: Path) -> Path:
    """The config.xml to use; `explicit` is a file or a directory from the settings.

    Of several instances the first that listens, else the first: an old home may lie beside the one in use.
    """
    if explicit:
        path = Path(explicit).expanduser()
        return path / "config.xml" if path.is_dir() else path
    found = instances(env, home)
    if not found:
        raise FoldersTrouble(FoldersLink.ABSENT)
    return found[0] if len(found) == 1 else next(filter(_listens, found), found[0])


def instances(env: Mapping[str, str], home: Path) -> list[Path]:
    """Every config.xml in the known places, best first."""
    return list(dict.fromkeys(path for path in candidates(env, home) if _exists(path)))


def running(env: Mapping[str, str], home: Path) -> list[Path]:
    """Those of `instances` that listen; an old home that lies about is none."""
    found = instances(env, home)
    return list(filter(_listens, found)) if len(found) > 1 else []


def _listens(path: Path) -> bool:
    """Whether somebody takes connections where this config.xml says; nothing is sent."""
    try:
        place = read_place(path)
        if place.socket:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.settimeout(PROBE_SECONDS)
                probe.connect(place.socket)
            return True
        url = urlsplit(place.url)
        with socket.create_connection((url.hostname or "", url.port or 0), PROBE_SECONDS):
            return True
    except (OSError, ValueError, FoldersTrouble):
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return True


def read_place(path: Path) -> Place:
    """Address and key of the Syncthing that owns this config.xml."""
    gui = _gui(_read(path))
    if gui.get("enabled", "true") == "false":
        raise FoldersTrouble(FoldersLink.DISABLED)
    key = (gui.findtext("apikey") or "").strip()
    if not key:
        raise FoldersTrouble(FoldersLink.WRONG_KEY, str(path))
    address = (gui.findtext("address") or "127.0.0.1:8384").strip()
    tls = gui.get("tls", "false") == "true"
    return place_of(address, key, tls=tls, certificate=path.parent / "https-cert.pem")


def place_of(address: str, key: str, *, tls: bool, certificate: Path | None) -> Place:
    """`address` as in config.xml: host:port, :port, or the absolute path of a unix socket."""
    scheme = "https" if tls else "http"
    pinned = certificate if tls else None
    if address.startswith(("/", "unix://", "unixs://")):
        return Place(
            f"{scheme}://localhost",
            key,
            socket="/" + address.split("://")[-1].lstrip("/"),
            certificate=pinned,
        )
    host, _, port = address.rpartition(":")
    return Place(f"{scheme}://{_reachable(host)}:{port}", key, certificate=pinned)


def _reachable(host: str) -> str:
    """A wildcard listener is reached over loopback."""
    if host in {"", "0.0.0.0", "*"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return "[::1]" if host == "[::]" else host


def _read(path: Path) -> bytes:
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise FoldersTrouble(FoldersLink.ABSENT, str(path)) from None
    except OSError:
        raise FoldersTrouble(FoldersLink.UNREADABLE, str(path)) from None
    with os.fdopen(fd, "rb") as file:
        _check_owner(os.fstat(fd), path)
        return file.read(MAX_CONFIG_BYTES)


def _check_owner(info: os.stat_result, path: Path) -> None:
    """A config that others can write could name their server and take our key."""
    strange_owner = info.st_uid not in {os.getuid(), 0}
    if strange_owner or info.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise FoldersTrouble(FoldersLink.UNREADABLE, str(path))


def _gui(text: bytes) -> ElementTree.Element:
    try:
        gui = ElementTree.fromstring(text).find("gui")  # noqa: S314 - a file of the person's own
    except ElementTree.ParseError:
        raise FoldersTrouble(FoldersLink.UNREADABLE) from None
    if gui is None:
        raise FoldersTrouble(FoldersLink.UNREADABLE)
    return gui


def listener_uid(port: int, tables: tuple[str, ...] = ("/proc/net/tcp", "/proc/net/tcp6")) -> int | None:
    """User id of the process that listens on a TCP port of this host; None where the kernel does not tell."""
    for table in tables:
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                return int(fields[7])
    return None
