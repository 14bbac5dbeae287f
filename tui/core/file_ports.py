"""The part of `ServerApi` that moves and finds files.

`net.api.files` implements it.

Invariant: as for `core.ports`: every coroutine raises only leaves of `core.errors`; none holds a whole file.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from tui.core.ids import ChannelId, FileId, TeamId
from tui.core.models import FileInfo

if TYPE_CHECKING:
    from pathlib import PurePath


class FilesApi(Protocol):
    async def upload_file(
        self,
        channel_id: ChannelId,
        path: PurePath,
        progress: Callable[[int, int], None] | None = None,
        *,
        session: str = "",
        begun: Callable[[str], Awaitable[None]] | None = None,
    ) -> FileInfo:
        """`begun` is told the id of a session by which a large file can be gone on with (`session`)."""
        ...

    def uploads(self) -> Mapping[str, tuple[int, int]]:
        """Path → bytes done and in all of what is on its way up now. Any thread."""
        ...

    async def download_file(
        self,
        file_id: FileId,
        name: str,
        directory: PurePath,
        progress: Callable[[int, int], None] | None = None,
        *,
        keep: bool = False,
    ) -> PurePath:
        """`keep`: what has arrived of one that breaks off stays, and the next call goes on with it."""
        ...

    def forget_download(self, file_id: FileId, directory: PurePath) -> None: ...
    async def fetch_file_start(self, file_id: FileId, most: int) -> bytes: ...
    async def fetch_picture(self, file_id: FileId, kind: str) -> bytes:
        """`kind`: thumbnail or preview, a small JPEG or PNG that the server has made."""
        ...

    async def search_files(self, team_id: TeamId, terms: str) -> list[FileInfo]: ...
