"""The HTTP side: heads, bodies, answers."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from tui.demo.http1 import BadRequest, Response, TooLarge, encode, parse_head, read_request


async def read(data: bytes, max_body: int = 100) -> bytes:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    request = await read_request(reader, lambda: max_body)
    assert request is not None
    return request.body


async def test_reads_a_body_by_length_and_in_chunks() -> None:
    assert await read(b"POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc") == b"abc"
    chunked = b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
    assert await read(chunked) == b"abc"


async def test_a_clean_end_is_none() -> None:
    reader = asyncio.StreamReader()
    reader.feed_eof()
    assert await read_request(reader, lambda: 1) is None


@pytest.mark.parametrize(
    "data", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"GET /"]
)
async def test_what_is_no_http_is_refused(data: bytes) -> None:
    with pytest.raises(BadRequest):
        await read(data)


async def test_a_large_body_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge):
        await read(b"POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n")


def test_head_is_unquoted_and_queried() -> None:
    request = parse_head(b"GET /a%20b?x=1&y= HTTP/1.1\r\nCookie: A=1; B=2\r\nX-Y: z\r\nx-y: w\r\n\r\n")
    assert (request.path, request.query) == ("/a b", {"x": "1", "y": ""})
    assert request.cookies == {"A": "1", "B": "2"}
    assert request.header("x-y") == "z, w"


def test_only_large_texts_are_gzipped_and_only_on_request() -> None:
    large = Response(body=b"[" + b"1," * 2000 + b"1]")
    packed = encode(large, accept="gzip, br")
    head, _, body = packed.partition(b"\r\n\r\n")
    assert b"Content-Encoding: gzip" in head
    assert gzip.decompress(body) == large.body
    assert b"Content-Encoding" not in encode(large)
    assert b"Content-Encoding" not in encode(Response(body=b"{}"), accept="gzip")


def test_not_modified_has_no_body() -> None:
    assert encode(Response(304, b"x")).endswith(b"\r\n\r\n")
    assert encode(Response(404, b"x"), bare=True).endswith(b"Content-Length: 1\r\n\r\n")
