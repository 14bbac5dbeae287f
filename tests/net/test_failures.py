from __future__ import annotations

import errno
import socket
import ssl

import httpcore
import pytest
from websockets.exceptions import InvalidProxyMessage

from tui.core.errors import Offline, TeleteamError
from tui.net import failures
from tui.net.address import parse
from tui.net.proxies import Proxy

SITE = parse("https://chat.example")
PROXY = Proxy("http://u:secret@proxy:3128", "proxy:3128")


def caused(outer: Exception, inner: BaseException) -> Exception:
    outer.__cause__ = inner
    return outer


SEVERAL = OSError("Multiple exceptions: [Errno 101] Network is unreachable, [Errno 111] Connect call failed")
GROUP = ExceptionGroup("", [OSError(errno.ENETUNREACH, "x"), ConnectionRefusedError(errno.ECONNREFUSED, "x")])


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (caused(httpcore.ConnectError(), socket.gaierror(-2, "Name or service not known")), "dns"),
        (caused(httpcore.ConnectError(), OSError(errno.ENETUNREACH, "x")), "unreachable"),
        (caused(httpcore.ConnectError(), caused(OSError("all failed"), GROUP)), "refused"),
        (SEVERAL, "refused"),
        (httpcore.ConnectTimeout(), "timeout"),
        (TimeoutError(), "timeout"),
        (httpcore.RemoteProtocolError("Server disconnected"), "reset"),
        (ConnectionResetError(errno.ECONNRESET, "x"), "reset"),
        (caused(httpcore.ConnectError(), ssl.SSLEOFError(8, "EOF")), "tls"),
        (RuntimeError("odd"), "closed"),
    ],
)
async def test_c29_causes(error: Exception, cause: str) -> None:
    explained = await failures.explained(error, SITE, None)
    assert isinstance(explained, Offline)
    assert explained.cause == cause


@pytest.mark.parametrize(
    "error",
    [httpcore.ProxyError("407"), InvalidProxyMessage("x"), ConnectionRefusedError(errno.ECONNREFUSED, "x")],
)
async def test_c32_the_proxy_is_named_without_its_password(error: Exception) -> None:
    explained = await failures.explained(error, SITE, PROXY)
    assert (explained.id, explained.detail) == ("tele.offline.proxy", "proxy:3128")


async def test_the_text_of_a_foreign_error_is_not_taken_over() -> None:
    explained: TeleteamError = await failures.explained(
        httpcore.LocalProtocolError("Illegal header value b'Bearer sesame'"), SITE, None
    )
    assert "sesame" not in repr(explained) + explained.detail


def test_a_ring_of_causes_ends() -> None:
    first, second = ValueError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert list(failures.chain(first)) == [first, second]
