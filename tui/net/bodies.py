"""Reads response bodies with a limit, and takes gzip apart piece by piece.

Invariant: however well a body was compressed, never more than its limit (plus one chunk) is in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

import httpx

from tui.core.errors import BadAnswer

JSON_LIMIT = 16 * 2**20
"""Most bytes of a JSON answer, decompressed; 1,000 posts of the greatest length need less."""


class _Inflater:
    """gzip (RFC 1952), or the bytes as they are."""

    def __init__(self, encoding: str, limit: int) -> None:
        if encoding not in ("", "identity", "gzip", "x-gzip"):
            raise BadAnswer("tele.answer.json", "content-encoding")
        self._zlib = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
        self._left = limit

    def feed(self, chunk: bytes) -> bytes:
        plain = self._inflated(chunk) if self._zlib else chunk
        self._left -= len(plain)
        if self._left < 0:
            raise BadAnswer("tele.answer.large")
        return plain

    def _inflated(self, chunk: bytes) -> bytes:
        assert self._zlib is not None
        try:
            return self._zlib.decompress(chunk, self._left + 1)
        except zlib.error:
            pass
        raise BadAnswer("tele.answer.json", "gzip")

    @property
    def complete(self) -> bool:
        return self._zlib is None or self._zlib.eof


async def pieces(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """The body bit by bit, decompressed. Raises BadAnswer .large beyond `limit`, .json for broken gzip."""
    inflater = _Inflater(response.headers.get("content-encoding", "").strip().lower(), limit)
    any_body = False
    async for chunk in response.aiter_raw():
        any_body = True
        yield inflater.feed(chunk)
    if any_body and not inflater.complete:
        raise BadAnswer("tele.answer.json", "gzip cut short")


async def read(response: httpx.Response, limit: int = JSON_LIMIT) -> bytes:
    """The whole body, as `pieces` gives it."""
    return b"".join([piece async for piece in pieces(response, limit)])
