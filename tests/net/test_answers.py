from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.errors import BadAnswer, Refused, TeleteamError
from tui.net.address import parse
from tui.net.answers import judged, number, retry_after

SITE = parse("https://chat.example")


@given(st.integers(100, 599), st.binary(max_size=40), st.sampled_from(["text/html", "application/json", ""]))
def test_every_status_is_an_answer_or_an_error(status: int, body: bytes, kind: str) -> None:
    try:
        answer = judged(status, {"content-type": kind, "location": "x"}, body, SITE)
    except TeleteamError:
        return
    assert answer.status == 304 or 200 <= answer.status < 300


def test_an_answer_shows_neither_token_nor_value() -> None:
    answer = judged(200, {"token": "sesame"}, b'{"message":"private"}', SITE)
    assert answer.token == "sesame"
    assert "sesame" not in repr(answer)
    assert "private" not in repr(answer)


def test_the_servers_words_are_kept_short_and_harmless() -> None:
    body = b'{"id":"a.b","message":"no \\u001b[2J ' + b"x" * 999 + b'"}'
    with pytest.raises(Refused) as caught:
        judged(400, {}, body, SITE)
    assert "\x1b" not in caught.value.detail
    assert len(caught.value.detail) <= 200


def test_a_redirect_names_the_host_alone() -> None:
    with pytest.raises(BadAnswer) as caught:
        judged(302, {"location": "https://portal.example/?user=me&token=secret"}, b"", SITE)
    assert caught.value.detail == "portal.example"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3),
        ({"x-ratelimit-reset": "7"}, 7),
        ({"retry-after": "Fri, 13 Nov 2026 10:00:00 GMT"}, 1),
        ({"retry-after": "99999999"}, 300),
        ({"retry-after": "-1"}, 1),
        ({}, 1),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize("value", ["", "nan", "1e9", "٣", "9" * 40, "-1", "0x1"])
def test_odd_numbers_are_none(value: str) -> None:
    assert number({"x": value}, "x") is None
