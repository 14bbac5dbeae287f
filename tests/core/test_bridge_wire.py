"""Both ends prove that they know the secret; what is not of the protocol is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core import bridge_wire as wire
from tui.core.bridge_wire import Broken, Wish

SECRET, OTHER = "s" * 43, "o" * 43
ASKER, HELPER = "a1" * 32, "b2" * 32
WISH = Wish("https://meet.example.org/Room?jwt=x", "Weekly", meeting=True, sensitive=True)


def test_a_whole_talk() -> None:
    assert wire.read_hello(wire.hello(ASKER)) == ASKER
    nonce, secret = wire.read_greeting(wire.greeting(SECRET, ASKER, HELPER), [OTHER, SECRET], ASKER)
    assert (nonce, secret) == (HELPER, SECRET)
    assert wire.read_wish(wire.wish(SECRET, ASKER, HELPER, WISH), SECRET, ASKER, HELPER) == WISH
    assert wire.read_answer(wire.answer(wire.OPENED)) == wire.OPENED


def test_an_impostor_is_found_out_on_both_sides() -> None:
    assert wire.read_greeting(wire.greeting(OTHER, ASKER, HELPER), [SECRET], ASKER)[1] == ""
    assert wire.read_wish(wire.wish(OTHER, ASKER, HELPER, WISH), SECRET, ASKER, HELPER) is None


def test_an_old_or_changed_line_is_worth_nothing() -> None:
    line = wire.wish(SECRET, ASKER, HELPER, WISH)
    assert wire.read_wish(line, SECRET, ASKER, "c3" * 32) is None
    changed = json.loads(line) | {"url": "https://evil.example/"}
    assert wire.read_wish(wire.encode(changed), SECRET, ASKER, HELPER) is None
    assert wire.read_wish(wire.encode(json.loads(line) | {"meeting": False}), SECRET, ASKER, HELPER) is None


def test_the_link_is_not_in_a_repr() -> None:
    assert "jwt" not in repr(WISH)


def test_a_link_too_long_for_a_line_is_refused() -> None:
    with pytest.raises(Broken):
        wire.wish(SECRET, ASKER, HELPER, Wish("https://a.example/" + "x" * wire.MAX_LINE))


BAD_LINES = (
    b"", b"\n", b"{}\n", b"[]\n", b"nonsense\n", b'{"v":2,"nonce":"' + b"a" * 64 + b'"}\n', b'{"v":1}',
    b'{"v":1,"nonce":5}\n', b'{"v":1,"nonce":"A"}\n', b"[" * 9000 + b"\n", b"\xff\xfe\n", b"GET /\r\n",
    b'{"v":1,"nonce":"' + b"a" * wire.MAX_LINE + b'"}\n', b'{"v":NaN}\n', b'{"v":' + b"9" * 5000 + b"}\n",
)  # fmt: skip


@pytest.mark.parametrize("line", BAD_LINES)
def test_what_is_not_of_the_protocol_is_broken(line: bytes) -> None:
    for read in (wire.read_hello, lambda said: wire.read_greeting(said, [SECRET], ASKER), wire.read_answer):
        with pytest.raises(Broken):
            read(line)
    with pytest.raises(Broken):
        wire.read_wish(line, SECRET, ASKER, HELPER)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_line_or_broken(data: bytes) -> None:
    try:
        wire.read_wish(data + b"\n", SECRET, ASKER, HELPER)
    except Broken:
        return
    raise AssertionError("nobody knows the secret by chance")
