"""What acting on a shared folder asks for and gets: ignore patterns, versions, items, offers.

Invariant: values only, as Syncthing's REST API gives them. Names and texts are remote text: they go through
`core.safe_text` before they are shown. Times are milliseconds since the epoch, 0 = never.
"""

from __future__ import annotations

from enum import StrEnum

from tui.core.folders import Conflict
from tui.core.ids import Millis
from tui.core.models import Json
from tui.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Ignores:
    """`/rest/db/ignores`: the lines of .stignore. `error` filled = saved all the same; the folder stops."""

    lines: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """An older copy of a file (`/rest/folder/versions`). `stamp`: the API's own text, to restore by."""

    path: str
    stamp: str
    at: Millis
    """When it was put away."""
    modified: Millis = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A file, directory or link in a list of `db/need`, `db/remoteneed` or `db/localchanged`."""

    name: str
    size: int = 0
    modified: Millis = 0
    modified_by: str = ""
    """Short ID (7 letters) of the device that wrote it last."""
    deleted: bool = False
    directory: bool = False


@dataclass(frozen=True, slots=True)
class NeedPage:
    """One page of `db/need`: what is being fetched, what comes next, what waits."""

    progress: tuple[Item, ...] = ()
    queued: tuple[Item, ...] = ()
    rest: tuple[Item, ...] = ()

    def all(self) -> tuple[Item, ...]:
        return (*self.progress, *self.queued, *self.rest)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the global state directly below a directory (`db/browse`)."""

    name: str
    directory: bool = False
    size: int = 0
    modified: Millis = 0


@dataclass(frozen=True, slots=True)
class FileState:
    """`db/file`: a file in the cluster and here. Equal versions = this machine has the newest one."""

    here: Item | None = None
    cluster: Item | None = None
    in_sync: bool = False
    ignored: bool = False
    available: tuple[str, ...] = ()
    """Ids of the connected devices that have it."""


@dataclass(frozen=True, slots=True)
class PendingDevice:
    """A machine that wants to connect. `name` is what it calls itself: anybody may choose any."""

    id: str
    name: str = ""
    address: str = ""
    at: Millis = 0


@dataclass(frozen=True, slots=True)
class PendingFolder:
    """A folder that a known device offers."""

    id: str
    device_id: str
    label: str = ""
    at: Millis = 0
    encrypted: bool = False
    """We would only keep encrypted data for the other side (`receiveEncrypted`)."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One of Syncthing's own notices (`/rest/system/error`)."""

    at: Millis
    text: str


Body = dict[str, Json]
"""The JSON of a folder or a device, as `/rest/config/…` takes it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files of a conflict, as it lies on this machine."""

    size: int
    modified_ns: int

    @property
    def modified(self) -> Millis:
        return self.modified_ns // 1_000_000


@dataclass(frozen=True, slots=True)
class ConflictSides:
    """A conflict with what was shown to the person; None = not there any more."""

    conflict: Conflict
    original: Side | None = None
    copy: Side | None = None


class Keep(StrEnum):
    """What becomes of a conflict."""

    ORIGINAL = "original"
    COPY = "copy"
    BOTH = "both"
