from __future__ import annotations

import asyncio
import contextlib
import socket

import httpcore
import pytest

from tests.support.odd_server import answer, odd_server
from tui.net.meter import Meter
from tui.net.transport import CountingBackend


async def test_what_is_written_and_read_is_counted() -> None:
    meter = Meter()
    async with odd_server(answer(b"12345")) as odd:
        stream = await CountingBackend(meter).connect_tcp("127.0.0.1", odd.port)
        request = b"GET / HTTP/1.1\r\n\r\n"
        await stream.write(request)
        got = await stream.read(65536)
        await stream.aclose()
    assert (meter.http_up, meter.http_down, meter.connections) == (len(request), len(got), 1)


@pytest.mark.parametrize("answered", [False, True])
async def test_what_was_given_up_is_taken_back_from_the_kernel(answered: bool) -> None:
    """Else a message that was given up on a lost line would arrive when the line is back."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stream = await CountingBackend(Meter()).connect_tcp("127.0.0.1", listener.getsockname()[1])
        there, _address = listener.accept()
        with there:
            await stream.write(b"POST / HTTP/1.1\r\n\r\n")
            if answered:
                there.sendall(b"HTTP/1.1 204\r\n\r\n")
                await stream.read(100)
            await stream.aclose()
            there.settimeout(5)
            gone = pytest.raises(ConnectionResetError) if not answered else contextlib.nullcontext()
            with gone:
                assert there.recv(100) == b"POST / HTTP/1.1\r\n\r\n"
                assert there.recv(100) == b""


async def test_c29_a_dead_address_does_not_hide_a_living_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """IPv6 swallows everything (a full listen queue), IPv4 answers."""
    hole = socket.socket(socket.AF_INET6)
    hole.bind(("::1", 0))
    port = hole.getsockname()[1]
    hole.listen(0)
    stuffing = [socket.socket(socket.AF_INET6) for _ in range(4)]
    for each in stuffing:
        each.setblocking(False)
        each.connect_ex(("::1", port))
    living = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", port)

    def both(*_args: object, **_options: object) -> list[tuple[object, ...]]:
        stream = socket.SOCK_STREAM
        return [
            (socket.AF_INET6, stream, 6, "", ("::1", port, 0, 0)),
            (socket.AF_INET, stream, 6, "", ("127.0.0.1", port)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    try:
        async with asyncio.timeout(3):
            stream: httpcore.AsyncNetworkStream = await CountingBackend(Meter()).connect_tcp("chat", port)
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        await stream.aclose()
    finally:
        living.close()
        for each in (hole, *stuffing):
            each.close()


@pytest.mark.skipif(not hasattr(socket, "TCP_NOTSENT_LOWAT"), reason="this system has no such option")
async def test_little_waits_in_the_kernel_while_the_other_end_does_not_read() -> None:
    """What a program has written but not sent yet stays with it: megabytes in a queue end in a time-out."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        meter = Meter()
        stream = await CountingBackend(meter).connect_tcp("127.0.0.1", listener.getsockname()[1])
        accepted, _address = listener.accept()
        with contextlib.suppress(httpcore.WriteTimeout):
            for _ in range(100):
                await stream.write(bytes(32 * 1024), timeout=0.3)
        assert meter.http_up < 1_000_000
        accepted.close()
        await stream.aclose()
