"""Jitsi addresses are recognised, and made to join."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.jitsi_links import (
    PRESETS,
    is_certain_host,
    jitsi_fragment,
    jitsi_path,
    new_room_name,
    room_url,
)
from tui.core.links import check_url


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://meet.jit.si/Room", "/Room"),
        ("https://meet.jit.si/Room/?jwt=x#y", "/Room"),
        ("https://8x8.vc/vpaas-magic-cookie-ef5ce88c523d41a599c8b1dc5b3ab765/Raum", None),
        ("https://meet.jit.si/", ""),
        ("https://meet.jit.si", ""),
        ("https://meet.jit.si//x", ""),
        ("https://meet.jit.si/a/b/c", ""),
        ("https://meet.jit.si/static/x", ""),
        ("https://meet.jit.si/external_api.js", ""),
        ("https://meet.jit.si/config.js", ""),
        ("https://meet.jit.si/http-bind", ""),
        ("https://meet.jit.si/xmpp-websocket", ""),
        ("https://meet.jit.si/a/logo.png", ""),
    ],
)
def test_rooms_have_one_or_two_segments(url: str, path: str | None) -> None:
    assert jitsi_path(check_url(url)) == (url.removeprefix("https://8x8.vc") if path is None else path)


@pytest.mark.parametrize(
    "host", ["meet.jit.si", "beta.meet.jit.si", "8x8.vc", "a.8x8.vc", "alpha.jitsi.net", "my.de"]
)
def test_certain_hosts(host: str) -> None:
    assert is_certain_host(host, frozenset({"my.de"}))


@pytest.mark.parametrize("host", ["jit.si", "evil8x8.vc", "meet.jit.si.evil.de", "a.my.de", ""])
def test_other_hosts(host: str) -> None:
    assert not is_certain_host(host, frozenset({"my.de"}))


def test_only_settings_without_tokens_are_kept() -> None:
    link = check_url(
        "https://a.de/r#config.startWithVideoMuted=true&x=1&userInfo.email=eyJa.b&jwt=abc&config.a=1"
    )
    assert jitsi_fragment(link) == "config.startWithVideoMuted=true&config.a=1"


def _settings(url: str) -> dict[str, object]:
    pairs = (pair.split("=", 1) for pair in url.partition("#")[2].split("&"))
    return {key: json.loads(unquote(value)) for key, value in pairs}


def test_joining_says_who_and_how() -> None:
    url = room_url("https://a.de/r", name='Änne "A"', topic="Plan & more", preset="audio", token="a.b.c")
    assert url.startswith("https://a.de/r?jwt=a.b.c#")
    assert _settings(url) == {
        "config.startAudioOnly": True,
        "config.startWithVideoMuted": True,
        "config.callDisplayName": "Plan & more",
        "userInfo.displayName": 'Änne "A"',
    }
    assert check_url(url).url == url


def test_settings_of_the_link_come_first_and_are_not_repeated() -> None:
    url = room_url("https://a.de/r", fragment="config.startAudioOnly=false&config.x=1", preset="audio")
    assert url == "https://a.de/r#config.startAudioOnly=false&config.x=1&config.startWithVideoMuted=true"
    assert room_url("https://a.de/r") == "https://a.de/r"


@given(st.text(), st.text(), st.sampled_from(sorted(PRESETS)))
def test_every_name_and_topic_fits_into_an_address(name: str, topic: str, preset: str) -> None:
    url = room_url("https://a.de/r", name=name, topic=topic, preset=preset)
    assert check_url(url).url == url
    if name:
        assert _settings(url)["userInfo.displayName"] == name


def test_new_rooms_have_names_that_nobody_guesses() -> None:
    first, second = new_room_name(bytes(range(13))), new_room_name(bytes(range(1, 14)))
    assert re.fullmatch("team(-[a-km-np-z2-9]{5}){4}", first)
    assert first != second
    assert new_room_name(b"\xff" * 32, "Büro & Straße!").startswith("buero-strasse-")
    assert new_room_name(b"\x00" * 13, "漢字").count("-") == 3
    with pytest.raises(ValueError):
        new_room_name(b"\x00" * 12)


@given(st.binary(min_size=13, max_size=32), st.text(max_size=50))
def test_room_names_are_rooms(data: bytes, prefix: str) -> None:
    name = new_room_name(data, prefix)
    assert jitsi_path(check_url(f"https://a.de/{name}")) == f"/{name}"
