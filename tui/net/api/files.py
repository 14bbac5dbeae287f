"""Files that hang on posts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePath

from tui.core import fields, wire
from tui.core.ids import ChannelId, FileId, TeamId
from tui.core.models import FileInfo
from tui.net.api.base import path as place_of
from tui.net.api.session import Session
from tui.net.landing import forget_part
from tui.net.transfers import LARGEST, Progress, Transfers
from tui.net.uploads import Begun

MOST_PICTURE = 2 * 2**20
"""Bytes of a picture that the server has made small."""


class Files(Session):
    @cached_property
    def transfers(self) -> Transfers:
        return Transfers(self.http)

    @cached_property
    def _moving(self) -> dict[str, tuple[int, int]]:
        return {}

    async def upload_file(
        self,
        channel_id: ChannelId,
        path: PurePath,
        progress: Progress | None = None,
        *,
        session: str = "",
        begun: Begun | None = None,
    ) -> FileInfo:
        """Uploads a file that a later post names. Raises Refused before a byte is sent if it is too large.

        A large one goes in parts: `begun` is told the id of its session, `session` goes on with one.
        """
        if not self.largest_upload:
            await self.fetch_config()

        def moved(done: int, size: int) -> None:
            self._moving[str(path)] = (done, size)
            if progress:
                progress(done, size)

        try:
            return await self.transfers.upload(
                channel_id, path, self.largest_upload, moved, session=session, begun=begun
            )
        finally:
            self._moving.pop(str(path), None)

    def uploads(self) -> Mapping[str, tuple[int, int]]:
        """Path → bytes done and in all of what is on its way up now. Any thread."""
        return self._moving.copy()

    async def download_file(
        self,
        file_id: FileId,
        name: str,
        directory: PurePath,
        progress: Progress | None = None,
        *,
        keep: bool = False,
    ) -> PurePath:
        """Saves a file into `directory` (0600, never over another file); returns where it is.

        `keep`: what has arrived of one that breaks off stays, and is gone on with.
        """
        return await self.transfers.download(
            file_id, name, directory, limit=max(LARGEST, self.largest_upload), progress=progress, keep=keep
        )

    def forget_download(self, file_id: FileId, directory: PurePath) -> None:
        """Removes what has arrived of a download that is not wanted any more."""
        forget_part(directory, file_id)

    async def fetch_file_start(self, file_id: FileId, most: int) -> bytes:
        """The first `most` bytes of a file."""
        return await self.transfers.peek(place_of("files", file_id), most)

    async def fetch_picture(self, file_id: FileId, kind: str) -> bytes:
        """The small picture of an image that the server has made: `kind` thumbnail or preview.

        Raises Refused for what is no image.
        """
        return await self.transfers.peek(place_of("files", file_id, kind), MOST_PICTURE)

    async def search_files(self, team_id: TeamId, terms: str) -> list[FileInfo]:
        """`POST /teams/{id}/files/search`, newest first; here the infos know their channel."""
        body = {"terms": terms, "is_or_search": False}
        answer = await self.ask("POST", place_of("teams", team_id, "files", "search"), body=body)
        found = fields.obj(answer.value)
        infos = found.get("file_infos")
        rows = fields.obj(infos) if infos else {}
        order = fields.texts(found.get("order"))
        return [wire.file_info(rows[ident]) for ident in order if ident in rows]
