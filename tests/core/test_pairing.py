"""Cards: what is taken for one, and everything a hostile message may try."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.makers import ME, post
from tui.core.device_ids import with_check_digits
from tui.core.models import Post
from tui.core.pairing import (
    MANUFACTURED,
    PROP,
    Card,
    CardKind,
    Doubt,
    Found,
    Place,
    clean_name,
    is_address,
    is_folder_id,
    matches,
    read,
)

HERS = with_check_digits("ANNA" * 12 + "ANNA")
OTHER = with_check_digits("EVE7" * 12 + "EVEA")
REQUEST = "0123456789abcdef" * 2
ASKED = Card(CardKind.REQUEST, request=REQUEST, device_id=HERS, name="annas-laptop")
OFFERED = Card(CardKind.FOLDER, device_id=HERS, folder_id="abcde-fghij", label="Projekte")
FILED = Card(CardKind.FILE, folder_id="abcde-fghij", label="Projekte", path="2026/Plan.pdf", size=12)
CARDS = (
    ASKED,
    replace(ASKED, kind=CardKind.ANSWER, addresses=("tcp://10.8.0.1:22000", "quic://[fe80::1]:22000")),
    Card(CardKind.WITHDRAW, request=REQUEST, device_id=HERS),
    Card(CardKind.UNPAIR, device_id=HERS),
    OFFERED,
    FILED,
    replace(FILED, kind=CardKind.CONFLICT),
)
DIRECT = Place(ME, "D", "anna")
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=12), inner, max_size=8),
    max_leaves=12,
)


def text_of(card: Card) -> str:
    return "Hello, please see: " + " and ".join(f"`{value}`" for value in card.values)


def carded(card: Card, **fields: Any) -> Post:
    return post("p1", **{"message": text_of(card), "props": card.props(), **fields})


def doubt(of: Post, place: Place = DIRECT) -> Doubt | None:
    found = read(of, place)
    assert found is not None
    return found.problem


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.kind)
def test_what_was_said_comes_back(card: Card) -> None:
    assert read(carded(card), DIRECT) == Found(card)
    assert read(carded(card, user_id=ME), DIRECT) == Found(card)


def test_a_message_without_the_props_is_no_card() -> None:
    assert read(post("p1", message=text_of(ASKED)), DIRECT) is None


@pytest.mark.parametrize(
    "message",
    [
        f"`annas-laptop` `{OTHER}`",
        f"`annas-laptop` `{HERS}` and really `{OTHER}`",
        f"`annas-laptop` `{HERS}` but add {OTHER.lower()}",
        f"`bens-laptop` `{HERS}`",
        f"`{HERS}` `annas-laptop`",
        f"`annas-laptop` {HERS}",
        f"```\n`annas-laptop` `{HERS}`\n```",
        "Good morning",
        "",
        f"`annas-laptop` `{HERS}`" + " " * 4000,
    ],
)
def test_a_text_that_says_something_else_is_no_card(message: str) -> None:
    assert doubt(carded(ASKED, message=message)) is Doubt.TEXT_DIFFERS


def test_another_folder_or_file_than_the_text_names() -> None:
    assert doubt(carded(OFFERED, props=replace(OFFERED, folder_id="other").props())) is Doubt.TEXT_DIFFERS
    assert doubt(carded(OFFERED, props=replace(OFFERED, device_id=OTHER).props())) is Doubt.TEXT_DIFFERS
    assert doubt(carded(FILED, props=replace(FILED, path="2026/Other.pdf").props())) is Doubt.TEXT_DIFFERS


def test_wrong_check_digits() -> None:
    wrong = HERS[:-1] + ("A" if HERS[-1] != "A" else "B")
    card = replace(ASKED, device_id=wrong)
    assert doubt(carded(card)) is Doubt.CHECK_DIGITS
    assert doubt(carded(replace(ASKED, device_id=HERS.lower()))) is Doubt.CHECK_DIGITS


@pytest.mark.parametrize("prop", MANUFACTURED)
@pytest.mark.parametrize("value", ["true", True, "x", [{"text": "x"}]])
def test_machines_are_refused(prop: str, value: Any) -> None:
    assert doubt(carded(ASKED, props={**ASKED.props(), prop: value})) is Doubt.MANUFACTURED
    assert doubt(carded(FILED, props={**FILED.props(), prop: value})) is Doubt.MANUFACTURED


def test_bots_and_other_types_are_refused() -> None:
    assert doubt(carded(ASKED), replace(DIRECT, author_is_person=False)) is Doubt.MANUFACTURED
    assert doubt(carded(ASKED, type="custom_x")) is Doubt.MANUFACTURED
    assert doubt(carded(ASKED, type="system_generic")) is Doubt.MANUFACTURED


def test_an_edited_card_is_none() -> None:
    assert doubt(carded(ASKED, edit_at=5)) is Doubt.EDITED


def test_only_the_partner_of_the_direct_channel_counts() -> None:
    assert doubt(carded(ASKED, user_id="eve")) is Doubt.STRANGER
    for kind in "OPG":
        assert doubt(carded(ASKED), Place(ME, kind)) is Doubt.NOT_DIRECT
        assert read(carded(FILED), Place(ME, kind)) == Found(FILED)
    assert doubt(carded(ASKED), Place(ME, "D")) is Doubt.NOT_DIRECT


@pytest.mark.parametrize("version", [0, 2, "1", True, None, 1.5])
def test_other_versions_are_left_alone(version: Any) -> None:
    props = {PROP: {**ASKED.props()[PROP], "v": version}}  # type: ignore[dict-item]
    assert doubt(carded(ASKED, props=props)) is Doubt.VERSION


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "a`b"},
        {"name": "a\x1b[2Jb"},
        {"name": "\u202egpj.exe"},
        {"name": "x" * 81},
        {"name": 7},
        {"request": "not hex"},
        {"request": ""},
        {"device_id": ""},
        {"addresses": "tcp://a:1"},
        {"addresses": ["file:///etc/passwd"]},
        {"addresses": ["tcp://a:1"] * 5},
        {"addresses": ["tcp://a:99999"]},
        {"addresses": [7]},
        {"size": -1},
        {"size": True},
        {"kind": "folder"},
    ],
)
def test_badly_formed_values(change: dict[str, Any]) -> None:
    props = {PROP: {**ASKED.props()[PROP], **change}}  # type: ignore[dict-item]
    assert doubt(carded(ASKED, props=props)) in (Doubt.SHAPE, Doubt.CHECK_DIGITS)


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "~/x", "a\\b", "C:/x", "a//b", "./a", "a/.", "a\nb", "a\x00b",
     "a/.stfolder/b", ".stignore", "a` `b", "\u202etxt", "a/ /b", "x" * 501],
)  # fmt: skip
def test_paths_that_leave_the_folder_are_no_card(path: str) -> None:
    card = replace(FILED, path=path)
    assert doubt(carded(card)) is Doubt.SHAPE


@given(json)
def test_any_props_are_survived(said: Any) -> None:
    found = read(carded(ASKED, props={PROP: said}), DIRECT)
    assert found is None or found.good is None or matches(found.good, text_of(ASKED))


@given(st.text(max_size=300))
def test_any_text_is_survived(message: str) -> None:
    assert doubt(carded(ASKED, message=message)) is Doubt.TEXT_DIFFERS


@given(st.text(max_size=120))
def test_cleaned_names_can_stand_in_a_card(raw: str) -> None:
    name = clean_name(raw)
    assert clean_name(name) == name
    if name:
        card = replace(ASKED, name=name)
        assert read(carded(card), DIRECT) == Found(card)


def test_addresses_and_folder_ids() -> None:
    assert is_address("tcp://nas.example.org:22000")
    assert not is_address("tcp://nas.example.org")
    assert not is_address("relay://x:1/?id=2")
    assert not is_address("tcp://user@host:22")
    assert is_folder_id("abcde-fghij")
    assert not is_folder_id("x" * 65)
    assert not is_folder_id("a\x07")
