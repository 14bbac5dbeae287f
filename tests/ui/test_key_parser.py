"""Keys that arrive together are the keys that they are one by one."""

from __future__ import annotations

import string
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._parser import ParseTimeout
from textual.message import Message

from tui.ui.key_parser import ESC, OPENERS, KeyParser

ALT = [f"{ESC}{letter}" for letter in string.ascii_letters + "/.,+äöüß" if letter not in OPENERS]
AMBIGUOUS = [ESC, *(f"{ESC}{letter}" for letter in sorted(OPENERS))]
"""Complete only by a pause, or by the Esc of the next key."""
LONGER = [keys for keys in ANSI_SEQUENCES_KEYS if keys[:2] in (f"{ESC}[", f"{ESC}O") and len(keys) > 2]
PLAIN = list(string.ascii_letters + string.digits + " /?äöüß€\r\t\x7f\x01\x0b")
KITTY = [f"{ESC}[97;3u", f"{ESC}[13;2u", f"{ESC}[127;5u", f"{ESC}[1;4A", f"{ESC}[27;2;13~"]
CLICK = f"{ESC}[<0;5;6M"
PASTE = f"{ESC}[200~one\ntwo{ESC}n{ESC}[201~"
KEYS = [*ALT, *LONGER, *PLAIN, *KITTY, CLICK, PASTE]

Told = tuple[str, str | None]


def told(messages: Sequence[Message]) -> list[Told]:
    return [one(message) for message in messages]


def one(message: Message) -> Told:
    match message:
        case events.Key():
            return message.key, message.character
        case events.Paste():
            return "paste", message.text
    return type(message).__name__, None


def parsed(*reads: str) -> list[Told]:
    """What comes of these reads and the pause behind them."""
    parser, found = KeyParser(), []
    for read in reads:
        found += list(parser.feed(read))
    if parser._timeout_time is not None:
        parser._awaiting = parser._gen.throw(ParseTimeout())
        found += list(parser._tokens)
    return told(found)


@given(st.lists(st.sampled_from(KEYS), max_size=12), st.lists(st.integers(0, 80), max_size=4))
def test_a_bunch_of_keys_is_the_same_keys(keys: list[str], cuts: list[int]) -> None:
    """However the bunch is cut into reads."""
    text = "".join(keys)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    reads = [text[a:b] for a, b in pairwise(places)]
    assert parsed(*reads) == [told for key in keys for told in parsed(key)]


@given(st.lists(st.tuples(st.sampled_from(AMBIGUOUS), st.sampled_from([*ALT, *LONGER])), max_size=6))
def test_an_esc_ends_what_a_pause_would_end(pairs: list[tuple[str, str]]) -> None:
    keys = [key for pair in pairs for key in pair]
    assert parsed("".join(keys)) == [told for key in keys for told in parsed(key)]


@pytest.mark.parametrize(
    ("read", "keys"),
    [
        (f"{ESC}n{ESC}d", ["alt+n", "alt+d"]),
        (f"{ESC}nx\r", ["alt+n", "x", "enter"]),
        (f"{ESC}N{ESC}[A", ["alt+shift+n", "up"]),
        (f"{ESC}P{ESC}p", ["alt+shift+p", "alt+p"]),
        (f"{ESC}{ESC}[B", ["escape", "down"]),
        (f"{ESC}/", ["alt+slash"]),
        (f"{ESC}OP{ESC}O", ["f1", "alt+shift+o"]),
        (ESC, ["escape"]),
    ],
)
def test_by_name(read: str, keys: list[str]) -> None:
    assert [key for key, _ in parsed(read)] == keys


def test_alt_is_known_without_a_pause() -> None:
    assert told(list(KeyParser().feed(f"{ESC}j"))) == [("alt+j", "j")]


def test_nothing_of_a_paste_is_a_key() -> None:
    """Textual made keys of what stands behind an Esc in it, an Enter among them."""
    assert parsed(f"a{ESC}", "[20", f"0~x{ESC}q{'y' * 40}\r", f"{ESC}[3", f"~\x00{ESC}[20", "1~b") == [
        ("a", "a"),
        ("paste", f"x{ESC}q{'y' * 40}\r{ESC}[3~"),
        ("b", "b"),
    ]
