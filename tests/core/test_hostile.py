"""Every way from a remote text to the screen goes through functions that leave nothing harmful in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, MAX_RUNES, WORST_MESSAGES, raw_controls
from tui.core.attachments import fallback_text
from tui.core.emoji import normalise, to_unicode
from tui.core.links import find_links, redact_tokens
from tui.core.markdown import document_text, parse, plain
from tui.core.meetings import meeting_of
from tui.core.models import Post
from tui.core.safe_text import clean_outgoing, safe, safe_line, shorten

WAYS: dict[str, Callable[[str], str]] = {
    "safe": safe,
    "safe_line": safe_line,
    "parse": lambda text: document_text(parse(text)),
    "plain": plain,
    "fallback_text": lambda text: fallback_text(Post("p", "c", "u", text)),
    "attachments": lambda text: fallback_text(Post("p", "c", "u", props={"attachments": [{"text": text}]})),
    "meeting": lambda text: str(
        meeting_of(Post("p", "c", "u", text, "custom_jitsi", props={"meeting_topic": text}), frozenset())
    ),
    "links": lambda text: " ".join(link.url + link.display_host for link in find_links(text)),
    "emoji": lambda text: to_unicode(text) or "",
    "safe and shortened": lambda text: shorten(safe_line(text), 20),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_f49_no_way_lets_controls_through(way: str) -> None:
    for text in HOSTILE:
        shown = WAYS[way](text)
        assert raw_controls(shown) == [], ascii(text)
        shown.encode()


@given(st.sampled_from(sorted(WAYS)), st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))
def test_f49_no_mixture_does(way: str, text: str) -> None:
    assert raw_controls(WAYS[way](text[:20_000])) == []


@given(st.text(st.sampled_from("[]\\@/$=#'\"(){}abc \n"), max_size=60))
def test_f50_markup_of_the_console_means_nothing(text: str) -> None:
    assert safe(text) == text
    assert safe_line(text) == " ".join(line.strip() for line in text.split("\n") if line.strip())
    parse(text)


@given(st.sampled_from(HOSTILE))
def test_other_functions_survive(text: str) -> None:
    normalise(text)
    redact_tokens(text)
    clean_outgoing(text).encode()


def test_the_lists_are_what_they_say() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 80
    assert all(len(message) <= MAX_RUNES for message in WORST_MESSAGES.values())
    assert raw_controls("plain\ntext äöü 👍") == []
    assert raw_controls("\x1b\u202e\ud800") == ["\\x1b", "\\u202e", "\\ud800"]
