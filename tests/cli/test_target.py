"""TARGET in its four forms, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli.target import Wanted, direct_name, parse
from tui.core.errors import UserMistake

SITE = "https://chat.example.org/mm"
POST = "abcdefghijklmnopqrstuvwxy1"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("firma/allgemein", Wanted(channel="allgemein", team="firma")),
        ("Firma/Allgemein", Wanted(channel="allgemein", team="firma")),
        ("~allgemein", Wanted(channel="allgemein")),
        ("@Anna.Muster", Wanted(user="anna.muster")),
        (f"{SITE}/firma/pl/{POST}", Wanted(post=POST)),
        (f" {SITE}/_redirect/pl/{POST} ", Wanted(post=POST)),
    ],
)
def test_forms(text: str, wanted: Wanted) -> None:
    assert parse(text, SITE) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "allgemein",
        "a/b/c",
        "/a",
        "a/",
        "@",
        "~",
        "~a b",
        f"https://evil.example/firma/pl/{POST}",
        "../x",
    ],
)
def test_everything_else_is_a_mistake(text: str) -> None:
    with pytest.raises(UserMistake) as caught:
        parse(text, SITE)
    assert caught.value.id == "tele.input.target"


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_a_mistake(text: str) -> None:
    try:
        assert parse(text, SITE) != Wanted()
    except UserMistake:
        return


def test_direct_name_is_the_same_from_both_sides() -> None:
    assert direct_name("b", "a") == direct_name("a", "b") == "a__b"
