"""Files that hang on posts."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePath

from tui.core.ids import ChannelId, FileId
from tui.core.models import FileInfo
from tui.net.api.session import Session
from tui.net.transfers import LARGEST, Progress, Transfers


class Files(Session):
    @cached_property
    def transfers(self) -> Transfers:
        return Transfers(self.http)

    async def upload_file(
        self, channel_id: ChannelId, path: PurePath, progress: Progress | None = None
    ) -> FileInfo:
        """Uploads a file that a later post names. Raises Refused before a byte is sent if it is too large."""
        if not self.largest_upload:
            await self.fetch_config()
        return await self.transfers.upload(channel_id, path, self.largest_upload, progress)

    async def download_file(
        self, file_id: FileId, name: str, directory: PurePath, progress: Progress | None = None
    ) -> PurePath:
        """Saves a file into `directory` (0600, never over another file); returns where it is."""
        return await self.transfers.download(
            file_id, name, directory, limit=max(LARGEST, self.largest_upload), progress=progress
        )
