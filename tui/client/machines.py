"""Asking this machine's Syncthing to do something: off the UI's loop, and in one place.

Invariant: every call is one thing that a person has said yes to; without a Syncthing it fails with
FoldersTrouble, never silently.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from tui.client.lane import NetLane, Wires
from tui.core.errors import FoldersTrouble
from tui.core.folders import FoldersLink
from tui.core.sharing import Myself

if TYPE_CHECKING:
    from tui.sync.sharing import Sharing

T = TypeVar("T")


class Machines:
    """The way to `sync.sharing` on the net lane."""

    def __init__(self, lane: NetLane) -> None:
        self._lane = lane

    def run(self, work: Callable[[Sharing], Coroutine[Any, Any, T]]) -> Future[T]:
        """Does `work` with the Sharing of the lane; fails with a leaf of `core.errors`."""
        return self.run_wired(lambda sharing, _wires: work(sharing))

    def run_wired(self, work: Callable[[Sharing, Wires], Coroutine[Any, Any, T]]) -> Future[T]:
        """The same, with the server at hand."""

        async def do(wires: Wires) -> T:
            if wires.sharing is None:
                raise FoldersTrouble(FoldersLink.OFF)
            return await work(wires.sharing, wires)

        return self._lane.run(do)

    def identify(self) -> Future[Myself]:
        """This machine's device ID and name."""
        return self.run(lambda sharing: sharing.identify())
