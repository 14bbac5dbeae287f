from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core import fields
from tui.core.errors import BadAnswer
from tui.core.models import Json


def test_decode_reads_bytes_and_text() -> None:
    assert fields.decode(b'{"a": [1, null, "\xc3\xa4"]}') == {"a": [1, None, "ä"]}
    assert fields.decode('"x"') == "x"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"<html>login</html>",
        b'{"a":',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"NaN",
        b"[Infinity]",
        b"\xff\xfe",
        b'"\\ud800"',
        "\ud800",
        b"9" * 5000,
        b"1e999",
    ],
    ids=lambda broken: repr(broken[:12]),
)
def test_c34_decode_refuses_what_is_not_json(broken: bytes | str) -> None:
    with pytest.raises(BadAnswer) as caught:
        fields.decode(broken)
    assert caught.value.id == "tele.answer.json"


def test_an_error_of_decode_holds_nothing_of_the_body() -> None:
    with pytest.raises(BadAnswer) as caught:
        fields.decode(b'{"message": "secret words", }')
    assert "secret" not in repr(caught.value) + str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_decode_inner_is_null_for_anything_odd() -> None:
    assert fields.decode_inner('{"a":1}') == {"a": 1}
    assert fields.decode_inner("{") is None
    assert fields.decode_inner(7) is None
    assert fields.decode_inner("null") is None


def test_numbers_fit_sqlite() -> None:
    wild = {
        "a": 10**30,
        "b": -5,
        "c": True,
        "d": "7",
        "e": 2.9,
        "f": None,
        "g": float("inf"),
        "h": float("nan"),
    }
    assert [fields.number(wild, key) for key in "abcdefgh"] == [2**63 - 1, 0, 0, 0, 2, 0, 2**63 - 1, 0]
    assert fields.millis(wild, "a") == fields.MAX_MILLIS


def test_props_lose_what_is_nested_too_deeply_and_numbers_too_large() -> None:
    deep: Json = "bottom"
    for _ in range(500):
        deep = [deep]
    plain: Json = {"a": [1, "b"]}
    kept = fields.props({"deep": deep, "huge": 10**40, "plain": plain})
    assert "bottom" not in repr(kept)
    assert kept["huge"] is None
    assert kept["plain"] == plain


def test_lists_skip_what_is_no_object() -> None:
    assert fields.each(lambda d: d, [{"a": 1}, None, 3, "x"]) == [{"a": 1}]
    assert fields.each(lambda d: d, None) == []
    with pytest.raises(BadAnswer):
        fields.each(lambda d: d, {"a": 1})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_readers_never_raise(value: Json) -> None:
    d = {"k": value}
    fields.text(d, "k")
    fields.flag(d, "k")
    fields.texts(value)
    fields.text_map(value)
    fields.props(value)
    assert 0 <= fields.number(d, "k") <= fields.MAX_NUMBER
    assert 0 <= fields.millis(d, "k") <= fields.MAX_MILLIS
