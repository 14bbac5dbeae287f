"""Where a shared folder may lie, and where a file in one may.

Invariant: pure rules on paths whose symlinks somebody else has resolved; no disk is touched here. What
Syncthing is given as a folder goes out to other people's machines: all that is not surely meant is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from tui.core.patterns import pattern
from tui.core.safe_text import safe_line
from tui.core.values import dataclass

LONGEST_PATH = 500
OWN_NAMES = frozenset({".stfolder", ".stignore", ".stversions"})
"""Syncthing's own in a folder."""
SYSTEM = frozenset(
    {"bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "lost+found", "proc", "run"}
    | {"sbin", "sys", "usr"}
)
"""Directories of the system, as first component; all below them is refused too."""
SHALLOW = ("home", "media", "mnt", "opt", "root", "srv", "tmp", "var", "Users", "Volumes")
"""Refused themselves, not what lies below."""
SYSTEM_BELOW = ("var/lib", "var/log", "var/cache", "var/spool", "var/run", "var/backups", "var/mail")
_UNFIT = pattern(r'[/\\:*?"<>|\x00-\x1f\x7f]')


class PathTrouble(StrEnum):
    """Why a folder cannot lie there."""

    EMPTY = "empty"
    NOT_ABSOLUTE = "not-absolute"
    ODD = "odd"
    """Control characters, or `..`."""
    HOME = "home"
    ABOVE_HOME = "above-home"
    SYSTEM = "system"
    HIDDEN = "hidden"
    """Something like ~/.ssh or ~/.config."""
    OURS = "ours"
    """Where teleteam or Syncthing keep their own data."""
    NESTED = "nested"
    """The same as another folder, in it, or around it."""
    NO_DIRECTORY = "no-directory"
    """A file lies there."""
    DENIED = "denied"
    NOT_THERE = "not-there"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a path is held against; all of it resolved."""

    home: str
    folders: tuple[str, ...] = ()
    """Directories of the other shared folders."""
    ours: tuple[str, ...] = ()
    """Where teleteam and Syncthing keep settings, databases, keys."""


Parts = tuple[str, ...]
"""A resolved path, from the root down."""


def refuse(typed: str, resolved: str, ground: Ground) -> PathTrouble | None:
    """Why `typed` (its symlinks and `~` resolved: `resolved`) cannot be a shared folder; None = it can."""
    if not typed.strip():
        return PathTrouble.EMPTY
    if not is_plain(typed) or not is_plain(resolved) or ".." in typed.split("/"):
        return PathTrouble.ODD
    if not typed.startswith(("/", "~/")) and typed != "~":
        return PathTrouble.NOT_ABSOLUTE
    path, home = _parts(resolved), _parts(ground.home)
    return _near_home(path, home) or _of_the_system(path, home) or _taken(path, ground)


def _parts(path: str) -> Parts:
    return tuple(part for part in path.split("/") if part not in ("", "."))


def _is_within(path: Parts, other: Parts) -> bool:
    return path[: len(other)] == other


def _near_home(path: Parts, home: Parts) -> PathTrouble | None:
    if path == home:
        return PathTrouble.HOME
    if _is_within(home, path):
        return PathTrouble.ABOVE_HOME
    if home and _is_within(path, home) and path[len(home)].startswith("."):
        return PathTrouble.HIDDEN
    return None


def _of_the_system(path: Parts, home: Parts) -> PathTrouble | None:
    if home and _is_within(path, home):
        return None
    if not path or path[0] in SYSTEM or (len(path) == 1 and path[0] in SHALLOW):
        return PathTrouble.SYSTEM
    return PathTrouble.SYSTEM if "/".join(path[:2]) in SYSTEM_BELOW else None


def _taken(path: Parts, ground: Ground) -> PathTrouble | None:
    if any(_touch(path, _parts(own)) for own in ground.ours):
        return PathTrouble.OURS
    if any(_touch(path, _parts(other)) for other in ground.folders):
        return PathTrouble.NESTED
    return None


def _touch(one: Parts, other: Parts) -> bool:
    return _is_within(one, other) or _is_within(other, one)


def is_plain(text: str) -> bool:
    """No control characters, nothing that a reader does not see, not endless."""
    return len(text) <= LONGEST_PATH and safe_line(text, LONGEST_PATH) == text


def is_relative_path(text: str) -> bool:
    """Whether a colleague's text is a path that stays in a folder: a file's name or the way down to one."""
    if not text or not is_plain(text) or "\\" in text or "`" in text or text.startswith(("/", "~")):
        return False
    parts = text.split("/")
    if any(part in ("", ".", "..") or part != part.strip() for part in parts):
        return False
    return not (OWN_NAMES & set(parts)) and re.match(r"[A-Za-z]:", text) is None


def directory_name(label: str, folder_id: str) -> str:
    """A name to suggest for the directory of an offered folder."""
    name = _UNFIT.sub("_", safe_line(label, 80)).lstrip(". ").rstrip(". ")
    return name or _UNFIT.sub("_", safe_line(folder_id, 80)).lstrip(". ") or "Sync"


def free_name(name: str, taken: Iterable[str]) -> str:
    """`name`, or with a number behind it where that is taken."""
    held = {entry.casefold() for entry in taken}
    number, found = 2, name
    while found.casefold() in held:
        found, number = f"{name} {number}", number + 1
    return found
