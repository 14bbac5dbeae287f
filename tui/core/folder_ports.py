"""What can be done to one local Syncthing, as `sync` sees it; `net.syncthing` does it.

Invariant: every method raises FoldersTrouble where no Syncthing is usable and Refused (`detail` = Syncthing's
own words) where it says no; none of them reads or writes config.xml. Source: Syncthing's REST documentation
and what 1.19.2 answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from tui.core.folder_acts import (
    Body,
    Entry,
    FileState,
    Ignores,
    Item,
    NeedPage,
    Notice,
    PendingDevice,
    PendingFolder,
    Version,
)


class FolderConfigPort(Protocol):
    """Folders, devices and offers. A `fetch_…_body` is the entry with all fields this version has."""

    async def fetch_folder_body(self, folder_id: str) -> Body: ...
    async def fetch_device_body(self, device_id: str) -> Body: ...
    async def fetch_default_folder_path(self) -> str: ...

    async def put_folder(self, body: Body) -> None:
        """Adds a folder. UserMistake without id or path: Syncthing would share the whole home directory."""
        ...

    async def patch_folder(self, folder_id: str, changes: Body) -> None:
        """Changes some fields. A list among them (`devices`) replaces the whole list."""
        ...

    async def remove_folder(self, folder_id: str) -> None:
        """Forgets a folder; its files stay. An unknown id is no error."""
        ...

    async def put_device(self, body: Body) -> None:
        """Adds a device. UserMistake without `deviceID`: Syncthing would say 200 and keep nothing."""
        ...

    async def patch_device(self, device_id: str, changes: Body) -> None: ...

    async def remove_device(self, device_id: str) -> None:
        """Forgets a device, in all folders too. An unknown id is no error."""
        ...

    async def fetch_offering_devices(self) -> tuple[PendingDevice, ...]: ...
    async def fetch_offered_folders(self) -> tuple[PendingFolder, ...]: ...

    async def dismiss_device(self, device_id: str) -> None:
        """Takes a pending device off the list; it comes back when it dials again."""
        ...

    async def dismiss_folder(self, folder_id: str, device_id: str) -> None:
        """Takes an offer off the list; it comes back at the next connection."""
        ...

    async def check_device_id(self, typed: str) -> str:
        """`typed` as Syncthing spells it; "" where it is no device ID."""
        ...


class FolderActsPort(Protocol):
    """What is done to files and states."""

    async def rescan(self, folder_id: str = "", sub: str = "") -> None:
        """Done when the scan has ended (36 s for 9 GB). `sub` = a path in the folder."""
        ...

    async def pause_folder(self, folder_id: str, paused: bool) -> None: ...

    async def pause_devices(self, paused: bool, device_id: str = "") -> None:
        """One device, or ("") all of them."""
        ...

    async def revert(self, folder_id: str) -> None:
        """Receive-only: deletes what was added here and takes changed files back. Silent for other types."""
        ...

    async def override(self, folder_id: str) -> None:
        """Send-only: what is here wins on all machines. Silent for other types."""
        ...

    async def fetch_ignores(self, folder_id: str) -> Ignores: ...

    async def put_ignores(self, folder_id: str, lines: Sequence[str]) -> Ignores:
        """The answer's `error` is filled for an invalid pattern, which is *saved all the same*."""
        ...

    async def fetch_versions(self, folder_id: str) -> tuple[Version, ...]:
        """Newest first; Refused ("folder has no versioner") where older versions are not kept."""
        ...

    async def restore_versions(self, folder_id: str, stamps: Mapping[str, str]) -> dict[str, str]:
        """Path → `Version.stamp`; the answer names what failed: path → why."""
        ...

    async def fetch_need(self, folder_id: str, page: int = 1) -> NeedPage:
        """What is missing here, one page: without paging 20,000 files were 8.8 MB."""
        ...

    async def fetch_remote_need(self, folder_id: str, device_id: str, page: int = 1) -> tuple[Item, ...]: ...
    async def fetch_local_changes(self, folder_id: str, page: int = 1) -> tuple[Item, ...]: ...

    async def browse(self, folder_id: str, prefix: str = "") -> tuple[Entry, ...]:
        """One directory of the global state, directories first. 3 MB for 20,000 files: only on demand."""
        ...

    async def fetch_file(self, folder_id: str, path: str) -> FileState:
        """Of one file; an empty FileState where no device knows it."""
        ...

    async def prefer_file(self, folder_id: str, path: str) -> None:
        """Fetches a file before the others."""
        ...

    async def fetch_notices(self) -> tuple[Notice, ...]: ...
    async def clear_notices(self) -> None: ...
