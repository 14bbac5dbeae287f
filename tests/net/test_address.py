from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.errors import Insecure, TeleteamError, UserMistake
from tui.net import address


@pytest.mark.parametrize(
    ("url", "base", "socket"),
    [
        ("https://chat.example", "https://chat.example", "wss://chat.example/api/v4/websocket"),
        ("https://Chat.Example:443/mm/", "https://chat.example/mm", "wss://chat.example/mm/api/v4/websocket"),
        (
            "https://chat.example:8443",
            "https://chat.example:8443",
            "wss://chat.example:8443/api/v4/websocket",
        ),
        ("http://localhost:8065", "http://localhost:8065", "ws://localhost:8065/api/v4/websocket"),
        ("http://[::1]:80", "http://[::1]", "ws://[::1]/api/v4/websocket"),
    ],
)
def test_addresses(url: str, base: str, socket: str) -> None:
    parsed = address.parse(url)
    assert (parsed.base, parsed.websocket) == (base, socket)


@pytest.mark.parametrize("url", ["http://chat.example", "http://127.0.0.1.evil.example", "http://0.0.0.0"])
def test_c31_plain_http_elsewhere(url: str) -> None:
    with pytest.raises(Insecure):
        address.parse(url)


@pytest.mark.parametrize(
    "url", ["", "chat.example", "ftp://x", "https://", "https://u:p@x", "https://x:99999", "https://[x"]
)
def test_no_addresses(url: str) -> None:
    with pytest.raises(UserMistake):
        address.parse(url)


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_an_error(text: str) -> None:
    try:
        parsed = address.parse("https://" + text)
    except TeleteamError:
        return
    assert parsed.origin.startswith("https://")


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("/login", True),
        ("https://chat.example/x", True),
        ("https://chat.example:443/x", True),
        ("http://chat.example/x", False),
        ("https://chat.example:444", False),
        ("//evil.example", False),
        ("https://chat.example@evil.example", False),
        ("https://[", False),
        ("javascript:1", False),
    ],
)
def test_g61_same_origin(url: str, same: bool) -> None:
    assert address.same_origin(address.parse("https://chat.example"), url) is same


def test_g61_websocket_urls() -> None:
    site = address.parse("https://chat.example/mm")
    assert address.websocket_url(site) == "wss://chat.example/mm/api/v4/websocket"
    assert address.websocket_url(site, "wss://chat.example:8443/mm/") == (
        "wss://chat.example:8443/mm/api/v4/websocket"
    )
    for foreign in ("wss://evil.example", "https://chat.example", "wss://chat.example.evil"):
        with pytest.raises(Insecure) as caught:
            address.websocket_url(site, foreign)
        assert caught.value.id == "tele.insecure.foreign_host"
    with pytest.raises(Insecure) as plain:
        address.websocket_url(site, "ws://chat.example")
    assert plain.value.id == "tele.insecure.http"


@given(st.text(max_size=20))
def test_a_segment_stays_one(text: str) -> None:
    try:
        made = address.segment(text)
    except (UserMistake, UnicodeEncodeError):
        return
    assert not set(made) & set("/?#\\ ")
