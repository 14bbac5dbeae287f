from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import AsyncIterator

import httpx
import pytest

from tui.core.errors import BadAnswer
from tui.net.bodies import read


class Chunks(httpx.AsyncByteStream):
    def __init__(self, data: bytes, size: int) -> None:
        self._parts = [data[at : at + size] for at in range(0, len(data), size)]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part


def response(data: bytes, encoding: str = "gzip", size: int = 65536) -> httpx.Response:
    return httpx.Response(200, headers={"content-encoding": encoding}, stream=Chunks(data, size))


@pytest.mark.parametrize("size", [1, 7, 65536])
async def test_gzip_in_pieces_of_any_size(size: int) -> None:
    assert await read(response(gzip.compress(b"hello " * 100), size=size)) == b"hello " * 100


async def test_plain_and_empty() -> None:
    assert await read(response(b"plain", "")) == b"plain"
    assert await read(response(b"", "gzip")) == b""


async def test_c34_a_bomb_never_unfolds() -> None:
    bomb = gzip.compress(bytes(300 * 2**20))
    tracemalloc.start()
    try:
        with pytest.raises(BadAnswer) as caught:
            await read(response(bomb))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.id == "tele.answer.large"
    assert most < 64 * 2**20


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"x" * 999)[:-9], b"no gzip at all", gzip.compress(b"x")[:5]],
    ids=["cut short", "no gzip", "head alone"],
)
async def test_broken_gzip(data: bytes) -> None:
    with pytest.raises(BadAnswer) as caught:
        await read(response(data))
    assert caught.value.id == "tele.answer.json"


async def test_exactly_the_limit_is_allowed() -> None:
    assert len(await read(response(gzip.compress(b"x" * 100)), 100)) == 100
    with pytest.raises(BadAnswer):
        await read(response(gzip.compress(b"x" * 101)), 100)
