"""What others wrote arrives whole, visible and harmless."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, WORST_MESSAGES, raw_controls
from tui.core.safe_text import (
    MAX_LINE,
    MAX_MARKS,
    MAX_TEXT,
    clean_outgoing,
    safe,
    safe_line,
    shorten,
)

_EVIL = st.sampled_from(
    "\x00\x07\x1b\x7f\x85\x9b\x9d\r\n\t\u00ad\u0301\u0489\u061c\u180e\u200b\u200c\u200d\u202e\u2066\u2028\ufe0e\ufe0f"
    "\u3164\ufeff\ud800\udfff\U000e0041\U000e0100 a1#[]\\ک्क👩💻🏽🇩…⟦"
)
evil_texts = st.text(st.one_of(_EVIL, st.characters()), max_size=60)


@given(evil_texts)
def test_f49_no_control_of_remote_origin_is_left(text: str) -> None:
    assert raw_controls(safe(text)) == []
    assert raw_controls(safe_line(text)) == []
    assert "\n" not in safe_line(text)
    safe(text).encode()


@given(evil_texts, st.integers(0, 70))
def test_it_changes_nothing_the_second_time(text: str, limit: int) -> None:
    once = safe(text, limit=limit)
    assert safe(once, limit=limit) == once
    line = safe_line(text, limit)
    assert safe_line(line, limit) == line


@given(evil_texts, st.integers(1, 70))
def test_it_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(safe(text, limit=limit)) <= limit
    assert len(safe_line(text, limit)) <= limit


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200))
def test_ordinary_text_is_returned_as_it_is(text: str) -> None:
    plain = "".join(char for char in text if char not in "\u115f\u1160\u3164\uffa0")
    assert safe(plain) is plain


@given(st.text(st.sampled_from("a漢\u0301\u0489\u20dd\u200d\ufe0f\U000e0100"), max_size=80))
def test_f51_no_base_carries_more_than_eight_marks(text: str) -> None:
    marks = 0
    for char in safe(text):
        if unicodedata.category(char) in ("Mn", "Me") and char != "\ufe0f":
            marks += 1
        elif char not in "\u200d\ufe0f":
            marks = 0
        assert marks <= MAX_MARKS


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_f49_hostile_texts_are_harmless(text: str) -> None:
    assert raw_controls(safe(text)) == []
    assert safe(safe(text)) == safe(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;ZXZpbA==\x07", "␛]52;c;ZXZpbA==␇"),
        ("\x9b31mred", "⟦9B⟧31mred"),
        ("a\x7fb", "a␡b"),
        ("AAAA\rPWN", "AAAA␍PWN"),
        ("a\r\nb", "a\nb"),
        ("a\x00b", "ab"),
        ("a\tb", "a    b"),
        ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
        ("in\u202egpj.exe", "in⟦RLO⟧gpj.exe"),
        ("\u2066x\u2069\u200f", "⟦LRI⟧x⟦PDI⟧⟦RLM⟧"),
        ("pay\u200bpal", "paypal"),
        ("x\U000e0041\U000e0100\ufe00", "x"),
        ("\u3164\u115f\u1160\uffa0", ""),
        ("\ud800x\udfff", "\ufffdx\ufffd"),
        ("a\u200db", "ab"),
        ("a\u200cb", "ab"),
        ("a\ufe0f", "a"),
        ("Z" + "\u0300" * 30 + "algo", "Z" + "\u0300" * 8 + "algo"),
    ],
)
def test_each_kind_has_its_mark(text: str, shown: str) -> None:
    assert safe(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧\u200d👦 👩🏽\u200d💻",
        "🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3",
        "می\u200cخواهم",
        "क्\u200dष",
        "שלום עולם",
        "🇩🇪",
        "tiếng Việt e\u0302\u0301",
        "[@click=app.quit]x[/] [/nope] \\[",
    ],
)
def test_what_belongs_together_stays_together(text: str) -> None:
    assert safe(text) == text


def test_one_line_places_get_one_line() -> None:
    assert safe_line("  two \n\n lines\u2028three ") == "two lines three"
    assert len(safe_line("x" * 5000)) == MAX_LINE


def test_a_cut_is_marked() -> None:
    assert safe("abcdef", limit=4) == "abc…"
    assert safe("abcd", limit=4) == "abcd"
    assert len(safe("x" * 10_000_000)) == MAX_TEXT


@given(st.text(st.one_of(_EVIL, st.characters())))
def test_outgoing_text_can_be_sent(text: str) -> None:
    clean = clean_outgoing(text)
    clean.encode()
    assert "\x00" not in clean
    assert [char for char in text if char != "\x00" and not "\ud800" <= char <= "\udfff"] == list(clean)


@given(evil_texts, st.integers(0, 20))
def test_shorten_keeps_to_its_number(text: str, n: int) -> None:
    short = shorten(text, n)
    assert len(short) <= n
    assert len(text) > n or short == text


def test_shorten_never_splits_a_base_from_its_marks() -> None:
    assert shorten("abe\u0301f", 4) == "ab…"
    assert shorten("a👩\u200d💻b", 4) == "a👩…"
    assert shorten("abcdef", 4) == "abc…"
    assert shorten("abc", 0) == ""


@settings(max_examples=20)
@given(st.sampled_from(sorted(WORST_MESSAGES)))
def test_the_worst_messages_stay_within_their_limit(name: str) -> None:
    assert len(safe(WORST_MESSAGES[name])) <= MAX_TEXT
