"""Attachments of integrations are read, whatever stands in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, WORST_MESSAGES, raw_controls
from tui.core.attachments import (
    MOST,
    Action,
    attachment_blocks,
    attachment_text,
    attachments_of,
    fallback_text,
)
from tui.core.markdown import MarkdownContext, document_spans
from tui.core.models import Post
from tui.core.spans import Paragraph, Span, Style


def _post(*attachments: Any, message: str = "") -> Post:
    return Post("p", "c", "u", message, props={"attachments": list(attachments)})


_BUILD = {
    "color": "danger",
    "pretext": "Build **failed**",
    "author_name": "CI",
    "author_link": "https://ci.example",
    "title": "main #7",
    "title_link": "https://ci.example/7",
    "text": "See @anna",
    "fields": [
        {"title": "Branch", "value": "main", "short": True},
        {"title": "Tries", "value": 3},
        {"title": "Data", "value": {"a": [1, None]}},
    ],
    "image_url": "https://img.example/x.png",
    "footer": "after 3 min",
    "ts": 1795453970,
    "actions": [
        {"id": "retry", "name": "Retry", "style": "primary"},
        {"id": "who", "name": "Who", "type": "select", "data_source": "users"},
        {
            "id": "env",
            "name": "Env",
            "type": "select",
            "options": [{"text": "Test", "value": "t"}, 5],
            "disabled": True,
        },
    ],
    "fallback": "failed",
}


def test_all_parts_are_read() -> None:
    (attachment,) = attachments_of(_post(_BUILD), MarkdownContext(usernames=frozenset({"anna"})))
    assert attachment.color == "danger"
    assert attachment.title == (Span("main #7", Style.BOLD, "link", "https://ci.example/7", "ci.example"),)
    assert attachment.text.blocks == (
        Paragraph((Span("See "), Span("@anna", kind="mention", target="anna"))),
    )
    assert [field.short for field in attachment.fields] == [True, False, False]
    assert attachment.image == (Span("img.example", Style.IMAGE, "link", "https://img.example/x.png"),)
    assert attachment.at == 1795453970_000
    assert attachment.actions == (
        Action("retry", "Retry"),
        Action("who", "Who", "select", source="users"),
        Action("env", "Env", "select", disabled=True, options=(("Test", "t"),)),
    )
    assert attachment.fallback == "failed"


def test_it_reads_as_text() -> None:
    (attachment,) = attachments_of(_post(_BUILD))
    assert attachment_text(attachment).split("\n") == [
        "Build failed",
        "CI (ci.example)",
        "main #7 (ci.example)",
        "See @anna",
        "Branch",
        "main",
        "Tries",
        "3",
        "Data",
        '{"a": [1, null]}',
        "img.example",
        "after 3 min",
    ]


def test_a_post_always_has_a_line_to_show() -> None:
    assert fallback_text(_post(_BUILD, message="**hi**\nyou")) == "hi you"
    assert fallback_text(_post({"title": "T", "text": "**x**"}, {"text": "y"})) == "T x y"
    assert fallback_text(_post({"fallback": "only *this*"})) == "only this"
    assert fallback_text(_post()) == ""
    assert len(fallback_text(_post({"text": "word " * 500}), 50)) == 50


def test_tokens_are_blotted_out() -> None:
    link = "https://meet.example/r?jwt=eyJFAKE.TOKEN.VALUE"
    post = _post(
        {"title": "T", "title_link": link, "text": f"[join]({link})", "fallback": link, "image_url": link}
    )
    (attachment,) = attachments_of(post)
    assert "eyJ" not in repr(attachment)
    assert "eyJ" not in fallback_text(post)
    assert "eyJ" not in fallback_text(_post(message=f"Meeting started at {link}."))


@pytest.mark.parametrize("value", [None, 5, "x", {}, [], [None, 5, "x", []], {"attachments": []}])
def test_other_shapes_are_no_attachments(value: Any) -> None:
    assert attachments_of(Post("p", "c", "u", props={"attachments": value})) == ()
    assert attachments_of(Post("p", "c", "u")) == ()


@pytest.mark.parametrize("color", ["red", "#ff", "#gggggg", "\x1b[31m", 5, None])
def test_only_plain_colours_count(color: Any) -> None:
    (attachment,) = attachments_of(_post({"color": color}))
    assert attachment.color == ""


@pytest.mark.parametrize(
    ("ts", "at"),
    [(1.5, 1500), ("7", 7000), (None, 0), (True, 1000), (-1, 0), ("x", 0), (10**400, 0), ("nan", 0), ([], 0)],
)
def test_times_in_all_forms(ts: Any, at: int) -> None:
    (attachment,) = attachments_of(_post({"ts": ts}))
    assert attachment.at == at


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_f49_hostile_attachments_are_harmless(text: str) -> None:
    hostile = dict.fromkeys(
        ("pretext", "author_name", "title", "text", "footer", "fallback", "title_link"), text
    )
    post = _post({**hostile, "fields": [{"title": text, "value": text}], "actions": [{"name": text}]})
    (attachment,) = attachments_of(post)
    names = "".join(action.name for action in attachment.actions)
    assert raw_controls(attachment_text(attachment) + attachment.fallback + names + fallback_text(post)) == []


@pytest.mark.parametrize("name", ["table of 300 columns", "star pairs", "list", "mentions", "links"])
def test_f54_many_worst_texts_cost_no_more_than_one(name: str) -> None:
    worst = WORST_MESSAGES[name]
    fields = [{"title": "t", "value": worst}] * 50
    attachments = attachments_of(_post(*[{"text": worst, "pretext": worst, "fields": fields}] * 50))
    assert len(attachments) == MOST
    spans = [span for attachment in attachments for span in document_spans(attachment_blocks(attachment))]
    assert len(spans) <= 6_000
    assert any(attachment.text.cut for attachment in attachments)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(_BUILD)), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.sampled_from(sorted(_BUILD)), _json), max_size=3))
def test_every_part_may_be_of_any_type(attachments: list[Any]) -> None:
    for attachment in attachments_of(_post(*attachments)):
        attachment_text(attachment)
        hash(attachment)
