from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from tests.support import certificates
from tests.support.odd_server import (
    Step,
    answer,
    drip,
    error,
    hang_up,
    odd_server,
    raw,
    redirect,
    reply,
    reset,
    silence,
)
from tests.support.waiting import until
from tui.core.errors import (
    BadAnswer,
    Insecure,
    Offline,
    ServerTrouble,
    SignedOut,
    TeleteamError,
    Throttled,
)
from tui.core.line_profile import RICH, LineProfile
from tui.core.ports import EventStream, SocketOpened, SocketText
from tui.net.events import WebSocketStream
from tui.net.meter import Meter

TOKEN = "tokenoftheperson26characters"
EXPIRED = "api.context.session_expired.app_error"
Handler = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def socket_server(handler: Handler, **options: object) -> AsyncIterator[str]:
    async with serve(handler, "127.0.0.1", 0, compression=None, **options) as server:  # type: ignore[arg-type]
        yield f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"


def quick(check: float, patience: float) -> Callable[[], LineProfile]:
    """A profile under which a silent line is asked after `check` seconds and given up `patience` later."""
    return lambda: replace(RICH, line_check=check, line_patience=patience)


def stream_to(url: str, meter: Meter | None = None, **options: object) -> WebSocketStream:
    return WebSocketStream(url, lambda: TOKEN, meter=meter, **options)  # type: ignore[arg-type]


async def all_of(stream: EventStream, connection_id: str = "", sequence_number: int = 0) -> list[str]:
    texts = []
    async for item in stream.open(connection_id, sequence_number):
        if isinstance(item, SocketText):
            texts.append(item.text)
    return texts


async def failure_of(*script: Step) -> TeleteamError:
    async with odd_server(*script) as odd:
        with pytest.raises(TeleteamError) as caught:
            await all_of(stream_to(odd.url))
        return caught.value


async def test_opens_with_bearer_and_position_and_says_what_arrives() -> None:
    asked: list[tuple[str, str | None, str | None]] = []

    async def handler(connection: ServerConnection) -> None:
        request = connection.request
        assert request is not None
        asked.append((request.path, request.headers.get("Authorization"), request.headers.get("Origin")))
        await connection.send('{"seq":0}')
        await connection.send(b"\x00binary")
        await connection.send("ü")

    meter = Meter()
    async with socket_server(handler) as url:
        stream = stream_to(url + "/mm", meter)
        items = [item async for item in stream.open("abc", 17)]
    assert items == [SocketOpened(), SocketText('{"seq":0}'), SocketText("ü")]
    expected = "/mm/api/v4/websocket?connection_id=abc&sequence_number=17"
    assert asked == [(expected, f"Bearer {TOKEN}", None)]
    traffic = meter.snapshot()
    assert traffic.connections == 1
    assert 100 < traffic.ws_up < 1000
    assert 100 < traffic.ws_down < 1000


async def test_sends_and_closes() -> None:
    got: list[object] = []

    async def handler(connection: ServerConnection) -> None:
        async for message in connection:
            got.append(message)

    async with socket_server(handler) as url:
        stream = stream_to(url)
        with pytest.raises(Offline):
            await stream.send("too early")
        async with aclosing(stream.open("", 0)) as items:
            assert await anext(items) == SocketOpened()
            await stream.send('{"action":"ping"}')
            await until(lambda: got)
            await stream.close()
            with pytest.raises(StopAsyncIteration):
                await anext(items)
        with pytest.raises(Offline):
            await stream.send("too late")
    assert got == ['{"action":"ping"}']


async def test_b22_a_frame_over_the_cap_is_a_bad_answer() -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send("x" * 2000)
        await connection.wait_closed()

    async with socket_server(handler) as url:
        with pytest.raises(BadAnswer) as caught:
            await all_of(stream_to(url, max_size=1000))
    assert caught.value.id == "tele.answer.large"


async def test_b22_five_megabytes_are_no_trouble() -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send("x" * 5_000_000)

    async with socket_server(handler) as url:
        (text,) = await all_of(stream_to(url))
    assert len(text) == 5_000_000


async def test_c26_a_black_hole_is_noticed() -> None:
    over = asyncio.Event()

    async def deaf(connection: ServerConnection) -> None:
        connection.transport.pause_reading()
        await over.wait()
        connection.transport.abort()

    async with socket_server(deaf, ping_interval=None) as url:
        with pytest.raises(Offline) as caught:
            await all_of(stream_to(url, profile=quick(0.1, 0.1)))
        over.set()
    assert caught.value.cause == "timeout"


async def test_c26_a_line_that_carries_something_is_alive_without_a_pong() -> None:
    async def handler(connection: ServerConnection) -> None:
        connection.transport.pause_reading()
        for number in range(10):
            await connection.send(str(number))
            await asyncio.sleep(0.05)
        connection.transport.resume_reading()

    async with socket_server(handler, ping_interval=None) as url:
        assert len(await all_of(stream_to(url, profile=quick(0.08, 0.3)))) == 10


async def test_a_reader_that_is_behind_does_not_end_the_line() -> None:
    async def handler(connection: ServerConnection) -> None:
        for number in range(600):
            await connection.send(str(number))

    async with socket_server(handler, ping_interval=None) as url:
        stream = stream_to(url, profile=quick(0.05, 0.05))
        got = 0
        async with aclosing(stream.open("", 0)) as items:
            await anext(items)
            await asyncio.sleep(0.5)
            async for _ in items:
                got += 1
    assert got == 600


@pytest.mark.parametrize(
    ("step", "kind", "error_id"),
    [
        (
            error("api.context.session_expired.app_error", 401),
            SignedOut,
            "api.context.session_expired.app_error",
        ),
        (answer("", 401, ""), SignedOut, EXPIRED),
        (answer("limit exceeded", 429, "text/plain"), Throttled, "tele.throttled"),
        (answer("<html>", 502, "text/html"), ServerTrouble, ""),
        (error("api.context.404.app_error", 404), BadAnswer, "tele.answer.portal"),
        (hang_up(), Offline, "tele.offline.reset"),
        (reset(), Offline, "tele.offline.reset"),
    ],
)
async def test_refused_upgrades(step: Step, kind: type[TeleteamError], error_id: str) -> None:
    failure = await failure_of(step)
    assert type(failure) is kind
    assert failure.id == error_id


@pytest.mark.parametrize(
    "step",
    [
        answer("<html>Log in</html>", 200, "text/html"),
        reply({"ok": True}),
        redirect("https://portal.example/"),
        redirect("wss://portal.example/api/v4/websocket", 307),
        answer("<html>Log in</html>", 401, "text/html"),
        raw(b"\x15\x03\x01\x00\x02\x02\x46\r\n\r\n"),
    ],
    ids=["200", "json", "302", "307", "401 html", "no http"],
)
async def test_c28_portals_are_recognised(step: Step) -> None:
    failure = await failure_of(step)
    assert isinstance(failure, BadAnswer)
    assert failure.id == "tele.answer.portal"


async def test_c28_no_redirect_is_followed() -> None:
    async with odd_server(silence()) as elsewhere:
        await failure_of(redirect(elsewhere.url.replace("http", "ws") + "/api/v4/websocket"))
        assert elsewhere.connections == 0


async def test_c29_nobody_listens() -> None:
    async with odd_server(silence()) as odd:
        url = odd.url
    with pytest.raises(Offline) as caught:
        await all_of(stream_to(url.replace("127.0.0.1", "localhost")))
    assert caught.value.cause == "refused"


async def test_c30_an_unknown_certificate_is_refused_and_shown(tmp_path: Path) -> None:
    context = certificates.server(tmp_path, certificates.authority(tmp_path))
    async with odd_server(silence(), tls=context) as odd:
        with pytest.raises(Insecure) as caught:
            await all_of(stream_to(odd.url))
        assert odd.seen == []
    assert certificates.fingerprint(tmp_path) in caught.value.detail


async def test_tls_with_a_named_authority(tmp_path: Path) -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send("hello")

    signer = certificates.authority(tmp_path)
    async with socket_server(handler, ssl=certificates.server(tmp_path, signer)) as url:
        secure = url.replace("http:", "https:")
        stream = WebSocketStream(secure, lambda: TOKEN, ca_file=signer.file)
        assert await all_of(stream) == ["hello"]


def test_c31_no_plain_socket_to_another_machine() -> None:
    with pytest.raises(Insecure):
        stream_to("http://chat.example")


async def test_c32_the_proxy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    async with odd_server(answer("", 407, "")) as proxy:
        monkeypatch.setenv("https_proxy", f"http://name:secret@127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(Offline) as caught:
            await all_of(stream_to("https://chat.example"))
        assert TOKEN not in repr(proxy.seen)
    assert (caught.value.cause, caught.value.detail) == ("proxy", f"127.0.0.1:{proxy.port}")


@pytest.mark.parametrize("foreign", ["wss://evil.example", "ws://127.0.0.2:1", "https://127.0.0.1", "x"])
async def test_g61_the_configured_socket_must_be_on_the_same_host(foreign: str) -> None:
    stream = WebSocketStream("http://127.0.0.1:9", lambda: TOKEN, foreign)
    with pytest.raises(Insecure) as caught:
        await all_of(stream)
    assert caught.value.id == "tele.insecure.foreign_host"


async def test_a_configured_socket_on_another_port_of_the_host_is_used() -> None:
    async def handler(connection: ServerConnection) -> None:
        await connection.send("here")

    async with socket_server(handler) as url:
        stream = WebSocketStream("http://127.0.0.1:9", lambda: TOKEN, url.replace("http", "ws"))
        assert await all_of(stream) == ["here"]


async def test_the_token_is_nowhere_but_in_the_request(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def handler(connection: ServerConnection) -> None:
        await connection.send("hello")
        connection.transport.abort()

    async with socket_server(handler) as url:
        stream = stream_to(url)
        with pytest.raises(Offline) as caught:
            await all_of(stream)
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(stream)
    assert TOKEN not in told + caplog.text


async def test_a_drip_of_headers_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.net.events.OPEN_TIMEOUT", 0.3)
    failure = await failure_of(drip(b"HTTP/1.1 101 X\r\nX: ", b"0", 0.01))
    assert failure.id == "tele.offline.timeout"
