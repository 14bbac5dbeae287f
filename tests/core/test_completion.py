from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.makers import user
from tui.core.completion import (
    Token,
    accept,
    complete_channels,
    complete_commands,
    complete_emoji,
    complete_people,
    token_at,
)
from tui.core.models import Command
from tui.core.search import Candidate


def at_end(text: str) -> Token | None:
    return token_at(text, len(text))


@pytest.mark.parametrize(
    ("text", "sign", "query"),
    [
        ("@", "@", ""),
        ("@an", "@", "an"),
        ("hi @an", "@", "an"),
        ("hi\n(@an", "@", "an"),
        ("~off", "~", "off"),
        ("so :smi", ":", "smi"),
        ("/me", "/", "me"),
        ("/", "/", ""),
        ("@anna.berger-x", "@", "anna.berger-x"),
        ("**@an", "@", "an"),
    ],
)
def test_tokens(text: str, sign: str, query: str) -> None:
    token = at_end(text)
    assert token is not None
    assert (token.sign, token.query) == (sign, query)
    assert text[token.start : token.end] == sign + query


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hi",
        "mail@host",
        "12:30",
        "so :s",
        "a/b",
        "x /me",
        "`@an",
        "```\n@an",
        "~~~\n:smile",
        "@an ",
        "a~b",
    ],
)
def test_no_token(text: str) -> None:
    assert at_end(text) is None


def test_closed_code_does_not_count() -> None:
    assert at_end("`x` @an") is not None
    assert at_end("```\nx\n```\n@an") is not None


def test_only_what_stands_before_the_cursor_counts() -> None:
    assert token_at("@anna", 3) == Token("@", "an", 0, 3)


@given(st.text("@~:/ab \n`", max_size=30), st.integers(0, 30))
def test_accepting_replaces_exactly_the_token(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    token = token_at(text, cursor)
    if token is None:
        return
    assert token.end == cursor
    offer = complete_emoji(token, [("tada", "🎉")])[0]
    new, place = accept(text, offer)
    assert new.startswith(text[: token.start] + ":tada:")
    assert new[place:].lstrip(" ") == text[cursor:].lstrip(" ")


def test_a_blank_is_not_doubled() -> None:
    token = token_at("@an rest", 3)
    assert token is not None
    offer = complete_people(token, [user("anna")], "username")[0]
    assert accept("@an rest", offer) == ("@anna rest", 6)


def people(query: str, near: frozenset[str] = frozenset()) -> list[str]:
    known = [
        user("anna", first_name="Anna", last_name="Öller"),
        user("hannes", nickname="Annerl"),
        user("annika", delete_at=5),
        user("alla"),
    ]
    token = Token("@", query, 0, len(query) + 1)
    return [offer.label for offer in complete_people(token, known, "username", near)]


def test_people_are_found_by_every_name_and_special_ones_come_last() -> None:
    assert people("ann") == ["@anna", "@hannes"]
    assert people("oller") == ["@anna"]
    assert people("al") == ["@alla", "@all"]
    assert people("chan") == ["@channel"]


def test_people_near_come_first_among_equals() -> None:
    assert people("", near=frozenset({"hannes"}))[0] == "@hannes"


def test_channels_insert_their_url_name() -> None:
    token = Token("~", "büro", 0, 5)
    known = [
        Candidate("channel", "c", "Buero Wien", ("office",)),
        Candidate("channel", "d", "Büro Graz", ("graz",)),
    ]
    offers = complete_channels(token, known)
    assert (offers[0].insert, offers[0].label) == ("~graz ", "Büro Graz")


def test_commands_by_trigger() -> None:
    token = Token("/", "jo", 0, 3)
    commands = [Command("leave"), Command("join", "~channel", "Joins"), Command("jobs")]
    assert [(o.label, o.detail) for o in complete_commands(token, commands)] == [
        ("/jobs", ""),
        ("/join", "~channel Joins"),
    ]
