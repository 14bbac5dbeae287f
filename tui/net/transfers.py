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
from tui.core.errors import BadAnswer, NotSupported, Refused, UserMistake
from tui.core.file_names import safe_name
from tui.core.ids import ChannelId, FileId
from tui.core.models import FileInfo
from tui.net import bodies
from tui.net.address import segment
from tui.net.answers import judged
from tui.net.http import Http
from tui.net.landing import Landing, trouble
from tui.net.uploads import PART, Begun, Uploads
from tui.net.uploads import TIMEOUT as UPLOADING

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
        self._uploads = Uploads(http)
        self._in_parts = True

    async def upload(
        self,
        channel_id: ChannelId,
        path: PurePath,
        largest: int,
        progress: Progress | None = None,
        *,
        session: str = "",
        begun: Begun | None = None,
    ) -> FileInfo:
        """One file of at most `largest` bytes (0 = no limit known): `POST /files`, a large one in parts
        (`net.uploads`), going on with `session` where it still stands.

        Raises UserMistake where it is missing, unreadable or no file; Refused("tele.refused.too_large").
        """
        file = _opened(path)
        try:
            size = os.fstat(file).st_size
            if largest and size > largest:
                raise Refused("tele.refused.too_large", f"{size} > {largest}", status=413)
            async with self._room:
                if size > PART and self._in_parts:
                    try:
                        return await self._uploads.send(
                            file, size, channel_id, path, session=session, begun=begun, progress=progress
                        )
                    except NotSupported:
                        self._in_parts = False
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
            timeout=UPLOADING,
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
        keep: bool = False,
    ) -> PurePath:
        """`GET /files/{id}` into `directory`, under `name` made harmless; returns the file's place.

        `keep`: what has arrived stays there when it breaks off (also by cancelling), and the next call goes
        on from there. Files of the server never change, so the id alone says what the bytes belong to.
        """
        async with self._room:
            landing = Landing(directory, safe_name(name, file_id), file_id if keep else "")
            try:
                await self._fetch(file_id, landing, limit, progress)
                return await asyncio.to_thread(landing.finish)
            finally:
                landing.leave()

    async def _fetch(self, file_id: FileId, landing: Landing, limit: int, progress: Progress | None) -> None:
        """From where the landing stands (RFC 9110 §14); from the beginning where the server wants that."""
        held = landing.held
        async with self._http.stream(self._wanted(file_id, held)) as response:
            if response.status_code == 206 and _begins_at(response, held):
                await self._store(response, landing, held, limit, progress)
                return
            if response.status_code == 200:
                landing.restart()
                await self._store(response, landing, 0, limit, progress)
                return
            if response.status_code not in (206, 416) or not held:
                body = await bodies.read(response)
                judged(response.status_code, response.headers, body, self._http.address)
                raise BadAnswer("tele.answer.shape", f"status {response.status_code}")
            if response.headers.get("content-range") == f"bytes */{held}":
                return
        landing.restart()
        await self._fetch(file_id, landing, limit, progress)

    def _wanted(self, file_id: FileId, held: int) -> httpx.Request:
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={held}-"} if held else {})}
        return self._http.request("GET", f"/files/{segment(file_id)}", headers=headers, timeout=TIMEOUT)

    async def peek(self, path: str, most: int) -> bytes:
        """The first `most` bytes of what stands at `path` below /api/v4 (a file, a thumbnail)."""
        headers = {"Accept-Encoding": "identity", "Range": f"bytes=0-{most - 1}"}
        request = self._http.request("GET", path, headers=headers, timeout=TIMEOUT)
        held = bytearray()
        async with asyncio.timeout(self._stall_seconds), self._http.stream(request) as response:
            if response.status_code == 416:
                return b""
            if response.status_code not in (200, 206):
                body = await bodies.read(response)
                judged(response.status_code, response.headers, body, self._http.address)
                raise BadAnswer("tele.answer.shape", f"status {response.status_code}")
            async for piece in bodies.pieces(response, LARGEST):
                held += piece
                if len(held) >= most:
                    break
        return bytes(held[:most])

    async def _store(
        self, response: httpx.Response, landing: Landing, held: int, limit: int, progress: Progress | None
    ) -> None:
        size = held + int(response.headers.get("content-length") or 0)
        if size > limit:
            raise BadAnswer("tele.answer.large", f"{size} > {limit}")
        landing.expect(size - held)
        await self._receive(response, landing, (held, size), limit, progress)

    async def _receive(
        self,
        response: httpx.Response,
        landing: Landing,
        span: tuple[int, int],
        limit: int,
        progress: Progress | None,
    ) -> None:
        """`span`: bytes held and bytes in all."""
        done, size = span
        counted = done
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


def _begins_at(response: httpx.Response, held: int) -> bool:
    """Whether a partial answer is the part that was asked for."""
    return str(response.headers.get("content-range", "")).startswith(f"bytes {held}-") and held > 0


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
