"""Large files in parts, on the server's upload sessions: what has arrived need not be sent again.

Invariant: a part begins where the server says that it stands, never where we think so; a session whose file
has changed meanwhile is never gone on with (its caller keeps that apart).
Source: `POST /uploads`, `POST|GET /uploads/{id}`; mattermost-facts §11.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import PurePath

import httpx

from tui.core import fields, wire
from tui.core.errors import BadAnswer, Refused, UserMistake
from tui.core.ids import ChannelId
from tui.core.models import FileInfo
from tui.net import bodies
from tui.net.address import segment
from tui.net.answers import Answer, judged
from tui.net.http import Ask, Http

Progress = Callable[[int, int], None]
Begun = Callable[[str], Awaitable[None]]
"""Told the id of a new session before a byte is sent."""
PART = 5 * 2**20
"""Bytes of a part: the least that servers take as the first one, so that little is lost with it."""
PIECE = 32 * 1024
COURTESY = 5.0
TIMEOUT = httpx.Timeout(connect=10, read=120, write=120, pool=60)
"""Two minutes without a byte: TCP tries again as late after a break as that was long, and whoever gives up
after a break of a minute sends everything again (the first 5 MiB of a file cannot be gone on with)."""


class Uploads:
    def __init__(self, http: Http) -> None:
        self._http = http

    async def send(
        self,
        file: int,
        size: int,
        channel_id: ChannelId,
        path: PurePath,
        *,
        session: str = "",
        begun: Begun | None = None,
        progress: Progress | None = None,
    ) -> FileInfo:
        """Sends the open `file`, from where `session` stands; a session that has gone is begun anew."""
        at = await self._place(session, size) if session else None
        if at is None:
            session, at = await self._begin(channel_id, path.name, size), 0
            if begun is not None:
                await begun(session)
        while True:
            try:
                answer = await self._part(file, session, at, size, progress)
            except Refused as refusal:
                at = await self._moved_on(session, at, size, refusal)
                continue
            if answer.status != 204:
                return wire.file_info(answer.value)
            told = await self._place(session, size)
            if told is None or told <= at:
                raise BadAnswer("tele.answer.shape", "upload stands still")
            at = told

    async def _moved_on(self, session: str, at: int, size: int, refusal: Refused) -> int:
        """Where the session stands after a refusal: a part that broke off may have been written down only
        after we had asked. Raises the refusal where it stands as it stood.
        """
        told = await self._place(session, size)
        if told is None or told <= at:
            raise refusal
        return told

    async def _begin(self, channel_id: ChannelId, name: str, size: int) -> str:
        body = {"channel_id": channel_id, "filename": name, "file_size": size}
        answer = await self._http.ask(Ask("POST", "/uploads", body=body))
        ident = fields.text(fields.obj(answer.value), "id")
        if not ident:
            raise BadAnswer("tele.answer.shape", "no upload id")
        return ident

    async def _place(self, session: str, size: int) -> int | None:
        """Bytes that the server has; None where the session is gone or of another file."""
        try:
            answer = await self._http.ask(Ask("GET", f"/uploads/{segment(session)}", repeatable=True))
        except Refused:
            return None
        found = fields.obj(answer.value)
        at = fields.number(found, "file_offset")
        return at if fields.number(found, "file_size") == size and 0 <= at < size else None

    async def _part(self, file: int, session: str, at: int, size: int, progress: Progress | None) -> Answer:
        end = min(size, at + PART)
        request = self._http.request(
            "POST",
            f"/uploads/{segment(session)}",
            headers={"Content-Type": "application/octet-stream", "Content-Length": str(end - at)},
            content=self._pieces(file, at, end, size, progress),
            timeout=TIMEOUT,
        )
        async with self._http.stream(request) as response:
            body = await bodies.read(response)
        return judged(
            response.status_code, response.headers, body, self._http.address, token=self._http.token
        )

    async def _pieces(
        self, file: int, at: int, end: int, size: int, progress: Progress | None
    ) -> AsyncIterator[bytes]:
        while at < end:
            await self._http.make_way(COURTESY)
            piece = await asyncio.to_thread(os.pread, file, min(PIECE, end - at), at)
            if not piece:
                raise UserMistake("tele.files.changed")
            at += len(piece)
            yield piece
            if progress:
                progress(at, size)
