"""Moves files to and from the server in pieces, with progress, within limits.

Invariant: a file is never in memory as a whole. At most `AT_ONCE` transfers run, beside the JSON requests and
and give way to them piece by piece; a transfer ends by itself when hardly anything moves any more.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import stat
from collections.abc import AsyncIterator, Callable
from pathlib import PurePath

import httpx

from tui.core import wire
from tui.core.errors import BadAnswer, Refused, UserMistake
from tui.core.file_names import safe_name
from tui.core.ids import ChannelId, FileId
from tui.core.models import FileInfo
from tui.net import bodies
from tui.net.address import segment
from tui.net.answers import judged
from tui.net.http import Http
from tui.net.landing import Landing, trouble

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all (0 = unknown)."""
AT_ONCE = 2
PIECE = 32 * 1024
"""Small: on a line of 256 kbit/s a message waits for one of them a second at most."""
COURTESY = 5.0
"""Seconds that a piece waits at most while somebody waits for an answer."""
LARGEST = 2 * 2**30
"""Most bytes of a download where nobody asked for more."""
TIMEOUT = httpx.Timeout(connect=10, read=60, write=60, pool=60)
STALL_SECONDS = 60.0
STALL_BYTES = 4096
"""Fewer bytes than this in `STALL_SECONDS` is a drip, not a transfer."""


class Transfers:
    def __init__(self, http: Http, *, stall_seconds: float = STALL_SECONDS) -> None:
        self._http = http
        self._room = asyncio.Semaphore(AT_ONCE)
        self._stall_seconds = stall_seconds

    async def upload(
        self, channel_id: ChannelId, path: PurePath, largest: int, progress: Progress | None = None
    ) -> FileInfo:
        """`POST /files` with one file of at most `largest` bytes (0 = no limit known).

        Raises UserMistake where it is missing, unreadable or no file; Refused("tele.refused.too_large").
        """
        file = _opened(path)
        try:
            size = os.fstat(file).st_size
            if largest and size > largest:
                raise Refused("tele.refused.too_large", f"{size} > {largest}", status=413)
            async with self._room:
                return await self._send(file, size, channel_id, path.name, progress)
        finally:
            os.close(file)

    async def _send(
        self, file: int, size: int, channel_id: ChannelId, name: str, progress: Progress | None
    ) -> FileInfo:
        boundary = secrets.token_hex(16)
        head, tail = _envelope(boundary, channel_id, name)
        request = self._http.request(
            "POST",
            "/files",
            headers={
                "Content-Type": f"multipart/form-data; boundary={boundary}",
                "Content-Length": str(len(head) + size + len(tail)),
            },
            content=self._pieces(file, size, head, tail, progress),
            timeout=TIMEOUT,
        )
        async with self._http.stream(request) as response:
            body = await bodies.read(response)
        answer = judged(
            response.status_code, response.headers, body, self._http.address, token=self._http.token
        )
        for info in wire.file_infos(answer.value):
            return info
        raise BadAnswer("tele.answer.shape", "no file info")

    async def _pieces(
        self, file: int, size: int, head: bytes, tail: bytes, progress: Progress | None
    ) -> AsyncIterator[bytes]:
        """The body: as long as announced, piece by piece behind what people wait for.

        Raises UserMistake where the file has shrunk meanwhile.
        """
        yield head
        done = 0
        while done < size:
            await self._http.make_way(COURTESY)
            piece = await asyncio.to_thread(os.pread, file, min(PIECE, size - done), done)
            if not piece:
                raise UserMistake("tele.files.changed")
            done += len(piece)
            yield piece
            if progress:
                progress(done, size)
        yield tail

    async def download(
        self,
        file_id: FileId,
        name: str,
        directory: PurePath,
        *,
        limit: int = LARGEST,
        progress: Progress | None = None,
    ) -> PurePath:
        """`GET /files/{id}` into `directory`, under `name` made harmless; returns the file's place."""
        request = self._http.request(
            "GET", f"/files/{segment(file_id)}", headers={"Accept-Encoding": "identity"}, timeout=TIMEOUT
        )
        async with self._room, self._http.stream(request) as response:
            if response.status_code != 200:
                body = await bodies.read(response)
                judged(response.status_code, response.headers, body, self._http.address)
                raise BadAnswer("tele.answer.shape", f"status {response.status_code}")
            return await self._store(response, safe_name(name, file_id), directory, limit, progress)

    async def _store(
        self, response: httpx.Response, name: str, directory: PurePath, limit: int, progress: Progress | None
    ) -> PurePath:
        size = int(response.headers.get("content-length") or 0)
        if size > limit:
            raise BadAnswer("tele.answer.large", f"{size} > {limit}")
        landing = Landing(directory, name)
        try:
            landing.expect(size)
            await self._receive(response, landing, size, limit, progress)
            return await asyncio.to_thread(landing.finish)
        finally:
            landing.abandon()

    async def _receive(
        self, response: httpx.Response, landing: Landing, size: int, limit: int, progress: Progress | None
    ) -> None:
        done = counted = 0
        try:
            async with asyncio.timeout(self._stall_seconds) as stall:
                async for piece in bodies.pieces(response, limit):
                    landing.write(piece)
                    done += len(piece)
                    if done - counted >= STALL_BYTES:
                        counted = done
                        stall.reschedule(asyncio.get_running_loop().time() + self._stall_seconds)
                    if progress:
                        progress(done, size)
        except TimeoutError:
            raise BadAnswer("tele.answer.slow") from None


def _opened(path: PurePath) -> int:
    """A descriptor of a regular file; O_NONBLOCK so that a named pipe cannot hold us."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise trouble(error) from None
    if stat.S_ISREG(os.fstat(file).st_mode):
        return file
    os.close(file)
    raise UserMistake("tele.files.gone")


def _envelope(boundary: str, channel_id: ChannelId, name: str) -> tuple[bytes, bytes]:
    """What stands before and after the file's bytes (RFC 7578)."""
    quoted = name.encode("utf-8", "replace").decode()
    for char, code in (("\\", "%5C"), ('"', "%22"), ("\r", "%0D"), ("\n", "%0A")):
        quoted = quoted.replace(char, code)
    lines = [
        f"--{boundary}",
        'Content-Disposition: form-data; name="channel_id"',
        "",
        channel_id,
        f"--{boundary}",
        f'Content-Disposition: form-data; name="files"; filename="{quoted}"',
        "Content-Type: application/octet-stream",
        "",
        "",
    ]
    return "\r\n".join(lines).encode(), f"\r\n--{boundary}--\r\n".encode()
