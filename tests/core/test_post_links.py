"""Every link once, its true target, and whether its text agrees."""

from __future__ import annotations

from tests.support.makers import NOON, post
from tui.core.markdown import MarkdownContext
from tui.core.models import Post
from tui.core.post_links import links_among, links_of

CONTEXT = MarkdownContext(lambda _name: False)


def said(ident: str, text: str, **more: object) -> Post:
    return post(ident, NOON, user_id="ben", message=text, **more)


def test_targets_texts_and_deceit() -> None:
    found = links_of(
        said(
            "p", "https://a.example/1 [plan](https://b.example/2) [https://a.example](https://evil.example/)"
        ),
        CONTEXT,
    )
    assert [(one.target, one.text, one.deceives) for one in found] == [
        ("https://a.example/1", "", False),
        ("https://b.example/2", "plan", False),
        ("https://evil.example/", "https://a.example", True),
    ]
    assert [one.sign for one in found] == ["→", "→", "!"]


def test_f52_a_host_in_mixed_scripts_is_shown_in_punycode() -> None:
    (one,) = links_of(said("p", "https://pаypal.example/"), CONTEXT)
    assert one.deceives
    assert one.title.startswith("https://xn--")


def test_g57_a_token_is_not_shown() -> None:
    (one,) = links_of(said("p", "https://meet.example.org/R?jwt=eyJhbGciOi.eyJzdWIi.c2ln"), CONTEXT)
    assert "eyJ" in one.target
    assert "eyJ" not in one.title + one.text


def test_a_channels_links_come_once_and_deleted_messages_have_none() -> None:
    posts = [
        said("a", "https://a.example/1"),
        said("b", "again https://a.example/1 and https://b.example/"),
        said("c", "https://gone.example/", delete_at=NOON),
        said("d", "no link. none"),
    ]
    found = links_among(posts, lambda _post: CONTEXT, lambda _post: None)
    assert [one.target for one in found] == ["https://a.example/1", "https://b.example/"]
