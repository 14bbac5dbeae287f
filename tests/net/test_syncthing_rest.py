"""The wire alone: what never gets out, and how much comes in."""

from __future__ import annotations

import asyncio

import pytest

from tui.core.errors import BadAnswer, FoldersTrouble, Refused
from tui.net import syncthing_rest
from tui.net.syncthing_place import Place
from tui.net.syncthing_rest import SyncthingRest

KEY = "GEHEIMER-SCHLUESSEL"


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    if "/gross" in head:
        body, status = b"[" + b"1," * 5000 + b"1]", "200 OK"
    elif "/fehler" in head:
        body, status = b"no such folder\n", "500 Internal Server Error"
    else:
        body, status = b"", "200 OK"
    writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
    writer.write(body)
    await writer.drain()
    writer.close()


async def test_an_answer_without_end_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncthing_rest, "MOST_BYTES", 1000)
    async with await asyncio.start_server(_serve, "127.0.0.1", 0) as server:
        rest = SyncthingRest(Place(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", KEY))
        with pytest.raises(BadAnswer):
            await rest.get("/gross")
        assert await rest.act("POST", "/leer", body={"a": 1}) is None
        await rest.close()


async def test_the_key_is_in_no_error_and_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    place = Place("http://127.0.0.1:9", KEY)
    rest = SyncthingRest(place)
    with pytest.raises(FoldersTrouble) as caught:
        await rest.get("/rest/system/version")
    await rest.close()
    async with await asyncio.start_server(_serve, "127.0.0.1", 0) as server:
        rest = SyncthingRest(Place(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", KEY))
        with pytest.raises(Refused):
            await rest.get("/fehler")
        await rest.close()
    assert KEY not in f"{caught.value!r} {caught.value} {place!r} {rest!r} {caplog.text}"
