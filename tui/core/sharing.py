"""Sharing a folder with one colleague: who we are, how far the sharing is, whether a file is here.

Invariant: values and rules only. A folder counts as synchronised when both sides have said so; what a version
of Syncthing cannot tell is "not yet", never "done".
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from tui.core.folder_acts import FileState
from tui.core.folders import Completion, FolderStatus
from tui.core.shared_paths import PathTrouble
from tui.core.values import dataclass

FOLDER_TYPES = ("sendreceive", "receiveonly", "sendonly")
_LETTERS = "abcdefghijkmnopqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Myself:
    """This machine's Syncthing as others see it."""

    device_id: str
    name: str = ""


class Step(StrEnum):
    """What has to be so, in this order, before a shared folder works."""

    DEVICE = "device"
    """The other machine is in our Syncthing's list."""
    CONNECTED = "connected"
    SHARED = "shared"
    """The folder is set up here and shared with that machine."""
    ACCEPTED = "accepted"
    """The other side has taken the folder."""
    SYNCED = "synced"
    """Nothing is missing, here or there."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """How far it is: the steps that are done, and figures for the last one."""

    done: frozenset[Step] = frozenset()
    need_items: int = 0
    """Missing here."""
    need_bytes: int = 0
    remote_need_items: int = 0
    """Missing there."""
    remote_need_bytes: int = 0
    empty: bool = False
    """Nothing is in the folder: before 1.20 a colleague's "yes" cannot be seen then."""
    error: str = ""
    """Why the folder is stopped, in Syncthing's words."""

    @property
    def next(self) -> Step | None:
        """The first step that is not done; None = all are."""
        return next((step for step in Step if step not in self.done), None)

    @property
    def complete(self) -> bool:
        return self.next is None


@dataclass(frozen=True, slots=True)
class PathReport:
    """What was found out about a place for a folder."""

    path: str
    """Absolute, links resolved."""
    trouble: PathTrouble | None = None
    exists: bool = False
    entries: int = 0
    """How many things lie there already: they would be shared too."""


class Arrival(StrEnum):
    """Whether a file of a shared folder is on this machine."""

    ASKING = "asking"
    NO_SYNCTHING = "no-syncthing"
    NO_FOLDER = "no-folder"
    """That folder is not shared with this machine."""
    UNANNOUNCED = "unannounced"
    """No connected machine has told of it yet."""
    ON_THE_WAY = "on-the-way"
    HERE = "here"
    GONE = "gone"
    """It was deleted since."""
    IGNORED = "ignored"
    """An ignore pattern keeps it away from here."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`path` is the file on this machine, "" unless it is here."""

    arrival: Arrival
    path: str = ""


def has_accepted(completion: Completion) -> bool:
    """Whether the other side has taken the folder. Before 1.20 only its index tells (`sequence`)."""
    return completion.remote_state == "valid" if completion.remote_state else completion.sequence > 0


def steps_done(
    *, known: bool, connected: bool, shared: bool, status: FolderStatus | None, completion: Completion | None
) -> frozenset[Step]:
    """Which steps are done, from what REST says. None = the folder is not there, or paused."""
    accepted = shared and completion is not None and has_accepted(completion)
    idle = status is not None and status.state == "idle" and status.need_total_items == 0
    there = completion is not None and completion.need_items + completion.need_deletes == 0
    found = {
        Step.DEVICE: known,
        Step.CONNECTED: known and connected,
        Step.SHARED: shared,
        Step.ACCEPTED: accepted,
        Step.SYNCED: accepted and connected and idle and there,
    }
    return frozenset(step for step, done in found.items() if done)


def arrival_of(state: FileState) -> Arrival:
    """What `db/file` means for a file that is not, or not as expected, on the disk."""
    if state.ignored:
        return Arrival.IGNORED
    if state.cluster is None:
        return Arrival.UNANNOUNCED
    if state.cluster.deleted:
        return Arrival.GONE
    return Arrival.ON_THE_WAY


def new_folder_id(numbers: Sequence[float]) -> str:
    """abcde-fghij as Syncthing makes them; `numbers`: ten of [0, 1)."""
    letters = "".join(_LETTERS[int(number * len(_LETTERS))] for number in numbers)
    return f"{letters[:5]}-{letters[5:10]}"
