from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.models import Channel, CustomStatus, ServerConfig, User
from tui.store import codec

ANY_TEXT = st.text(st.characters(codec="utf-16", exclude_categories=()), max_size=20)


def test_a_dataclass_comes_back_equal() -> None:
    user = User("u", "anna", custom_status=CustomStatus("palm_tree", "away"), notify_props={"desktop": "all"})
    assert codec.decode(User, codec.encode(user)) == user


def test_fields_added_since_have_their_defaults() -> None:
    assert codec.decode(Channel, '{"id":"c","type":"O","name":"n"}') == Channel("c", "O", "n")


def test_equal_mappings_give_equal_text() -> None:
    assert codec.encode({"b": 1, "a": 2}) == codec.encode(MappingProxyType({"a": 2, "b": 1}))


@pytest.mark.parametrize("bad", ["\ud800", "a\udfffb", "x\0y", "\ud83d\ude00"])
def test_broken_texts_are_mended(bad: str) -> None:
    mended = codec.text(bad)
    mended.encode()
    assert "\0" not in mended
    assert codec.text(mended) == mended


def test_a_surrogate_pair_becomes_its_character() -> None:
    assert codec.text("\ud83d\ude00!") == "😀!"


@given(st.text())
def test_valid_text_without_nul_stays_as_it_is(value: str) -> None:
    assert codec.text(value.replace("\0", "")) == value.replace("\0", "")


@given(st.dictionaries(ANY_TEXT, st.lists(ANY_TEXT)))
def test_any_text_can_be_encoded_inside_any_value(value: dict[str, Any]) -> None:
    decoded = codec.decode_mapping(codec.encode(value))
    assert len(decoded) <= len(value)


def test_a_config_with_lone_surrogates_is_kept() -> None:
    body = codec.encode(ServerConfig({"SiteName": "a\ud800"}))
    assert codec.decode(ServerConfig, body).text("SiteName") == "a\ufffd"


def test_numbers_stay_inside_sqlite() -> None:
    assert codec.number(10**30) == 2**63 - 1
    assert codec.number(-(10**30)) == -(2**63 - 1)


def test_other_things_are_no_json() -> None:
    with pytest.raises(TypeError):
        codec.encode(object())
