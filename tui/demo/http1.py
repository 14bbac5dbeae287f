"""A small HTTP/1.1 server side for asyncio streams: enough for httpx, websockets and browsers.

Invariant: one request at a time per connection (no pipelining), keep-alive unless asked otherwise, bodies by
Content-Length or chunked, gzip above 1.4 kB when the client takes it. RFC 9110, RFC 9112.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

MAX_HEAD = 32 * 1024
GZIP_ABOVE = 1400
TEXT_TYPES = ("application/json", "text/")


class BadRequest(Exception):
    """Not HTTP, or broken off."""


class TooLarge(Exception):
    """The body would be larger than allowed; nothing of it was read."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


@dataclass(slots=True)
class Request:
    method: str
    target: str
    """As sent, with the query."""
    path: str
    """Unquoted, without the query."""
    query: dict[str, str]
    headers: dict[str, str]
    """Names in lower case; a repeated one is joined with ", "."""
    head: bytes = b""
    """The raw head, for handing over to the websocket protocol."""
    body: bytes = b""

    def header(self, name: str) -> str:
        return self.headers.get(name, "")

    @property
    def cookies(self) -> dict[str, str]:
        pairs = (part.strip().partition("=") for part in self.header("cookie").split(";"))
        return {name: value for name, _, value in pairs if name}


@dataclass(slots=True)
class Response:
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    """Values of Set-Cookie."""


async def read_request(reader: asyncio.StreamReader, max_body: Callable[[], int]) -> Request | None:
    """The next request, None at a clean end. Raises BadRequest, TooLarge."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise BadRequest from error
        return None
    except (asyncio.LimitOverrunError, ConnectionError) as error:
        raise BadRequest from error
    request = parse_head(head)
    request.body = await _read_body(reader, request, max_body())
    return request


def parse_head(head: bytes) -> Request:
    """Request line and headers. Raises BadRequest."""
    lines = head.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        raise BadRequest(lines[0])
    headers: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip().lower()
            headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    parts = urlsplit("http://x" + words[1]) if words[1].startswith("/") else urlsplit(words[1])
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(words[0], words[1], unquote(parts.path), query, headers, head)


async def _read_body(reader: asyncio.StreamReader, request: Request, max_body: int) -> bytes:
    if "chunked" in request.header("transfer-encoding"):
        return await _read_chunks(reader, max_body)
    try:
        length = int(request.header("content-length") or 0)
    except ValueError as error:
        raise BadRequest from error
    if length > max_body:
        raise TooLarge(length)
    try:
        return await reader.readexactly(length) if length else b""
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise BadRequest from error


async def _read_chunks(reader: asyncio.StreamReader, max_body: int) -> bytes:
    body = bytearray()
    try:
        while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            if len(body) + size > max_body:
                raise TooLarge(len(body) + size)
            body += (await reader.readexactly(size + 2))[:-2]
        while await reader.readuntil(b"\r\n") != b"\r\n":
            pass
    except (asyncio.IncompleteReadError, ConnectionError, ValueError) as error:
        raise BadRequest from error
    return bytes(body)


def wants_close(request: Request) -> bool:
    return "close" in request.header("connection").lower()


def encode(response: Response, *, accept: str = "", close: bool = False, bare: bool = False) -> bytes:
    """The whole answer as bytes; `accept` = the request's Accept-Encoding, `bare` = to HEAD: without body."""
    body = response.body
    headers: list[tuple[str, str]] = []
    has_body = response.status not in (204, 304)
    if has_body:
        headers.append(("Content-Type", response.content_type))
    if len(body) > GZIP_ABOVE and "gzip" in accept and response.content_type.startswith(TEXT_TYPES):
        body = gzip.compress(body, 5, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    headers += [("Vary", "Accept-Encoding"), *response.headers.items()]
    headers += [("Set-Cookie", cookie) for cookie in response.cookies]
    headers.append(("Date", formatdate(usegmt=True)))
    if has_body:
        headers.append(("Content-Length", str(len(body))))
    if close:
        headers.append(("Connection", "close"))
    return encode_head(response.status, headers) + (body if has_body and not bare else b"")


def encode_head(status: int, headers: list[tuple[str, str]] | Mapping[str, str]) -> bytes:
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in pairs)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
