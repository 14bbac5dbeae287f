"""Names, links and emoji in a line mean what Mattermost's web client makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.links import check_url
from tui.core.markdown_context import Budget, MarkdownContext
from tui.core.markdown_inline import inline
from tui.core.spans import Span, Spans, Style, spans_text

CONTEXT = MarkdownContext(
    usernames=frozenset({"anna", "bob.x", "j_doe", "eve_", "carl:remote"}),
    channel_mentions={"town-square": "Town Square", "dev_": "Dev", "evil": "\x1b[2J\u202e"},
    me="Anna",
    mention_keys=("urgent", "@Channel"),
    custom_emojis=frozenset({"logo"}),
)


def _inline(text: str) -> Spans:
    return inline(text, CONTEXT, Budget(10_000))


def _of_kind(text: str, kind: str) -> list[tuple[str, str]]:
    return [(span.text, span.target) for span in _inline(text) if span.kind == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("hi @anna.", ["anna"]),
        ("@ANNA! (@Bob.x) @j_doe, @eve_", ["anna", "bob.x", "j_doe", "eve_"]),
        ("@anna... @anna-_. @bob.x.", ["anna", "anna", "bob.x"]),
        ("_@anna_ **@anna**", ["anna", "anna"]),
        ("@nobody @ann @annan anna@anna x@anna", []),
        ("foo_@anna", []),
        ("@channel @ALL @here. @everyone", ["channel", "all", "here"]),
        ("@carl:remote @anna:remote", ["carl:remote", "anna"]),
        ("`@anna` \\@anna", []),
        ("@ @@anna @", ["anna"]),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert [target for _, target in _of_kind(text, "mention")] == names


def test_my_own_mentions_are_flagged() -> None:
    mine = [span.target for span in _inline("@anna @bob.x @channel @here urgent") if Style.MINE in span.style]
    assert mine == ["anna", "channel", ""]


def test_channels_are_named_by_the_post() -> None:
    assert _of_kind("~town-square. ~Town-Square ~dev_ ~nope x~town-square", "channel") == [
        ("~Town Square", "town-square"),
        ("~Town Square", "town-square"),
        ("~Dev", "dev_"),
    ]
    assert _of_kind("~evil", "channel") == [("~␛[2J⟦RLO⟧", "evil")]


def test_hashtags() -> None:
    assert [text for text, _ in _of_kind("#tag #a #12 x#tag #über-cool. (#C_1) _#x", "hashtag")] == [
        "#tag",
        "#über-cool",
        "#C_1",
    ]


def test_emoji() -> None:
    assert _of_kind(":tada: :logo: :nope: :+1::heart: 1:30:45 `:tada:`", "emoji") == [
        ("🎉", "tada"),
        (":logo:", "logo"),
        ("👍", "+1"),
        ("❤️", "heart"),
    ]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "https://a.de/x_y_z, www.b.de.",
            [("https://a.de/x_y_z", "https://a.de/x_y_z"), ("www.b.de", "http://www.b.de")],
        ),
        ("**https://a.de**", [("https://a.de", "https://a.de")]),
        (
            "<https://a.de/(> <a@b.de> <b>",
            [("https://a.de/(", "https://a.de/("), ("a@b.de", "mailto:a@b.de")],
        ),
        ("mail anna.b_c@x.de.", [("anna.b_c@x.de", "mailto:anna.b_c@x.de")]),
        ("mailto:anna@x.de", [("mailto:anna@x.de", "mailto:anna@x.de")]),
        ("[t](https://a.de 'title') [u](<https://a.de>)", [("t", "https://a.de"), ("u", "https://a.de")]),
        (
            "[t](https://a.de/x_(y)) [u](https://a.de/\\))",
            [("t", "https://a.de/x_(y)"), ("u", "https://a.de/)")],
        ),
        ("[t](a.de/x) [u](mailto:a@b.de)", [("t", "http://a.de/x"), ("u", "mailto:a@b.de")]),
        ('![alt](https://a.de/i.png =100x20 "T")', [("alt", "https://a.de/i.png")]),
        ("![](https://a.de/i.png)", [("a.de", "https://a.de/i.png")]),
        ("[![alt](https://i.de)](https://a.de)", [("alt", "https://a.de")]),
        ("[a [b](https://b.de) c](https://c.de)", [("b", "https://b.de"), ("https://c.de", "https://c.de")]),
        ("[**b** c](https://a.de)", [("b", "https://a.de"), (" c", "https://a.de")]),
        ("[@anna :tada:](https://a.de)", [("@anna 🎉", "https://a.de")]),
        ("ssh://a.de [x](ssh://-o) [x](javascript:1) [x](README.md) [x](/etc) [x](//e.de) [x](-flag)", []),
        ("[x](https://u@a.de) [x](https:evil.de) <ssh://x> `https://a.de` \\[x](y)", []),
        ("xhttps://a.de [x] (https://) [](", []),
    ],
)
def test_links(text: str, links: list[tuple[str, str]]) -> None:
    assert _of_kind(text, "link") == links


def test_nothing_is_parsed_in_code() -> None:
    assert _inline("`**a** @anna ~town-square #tag :tada: https://a.de [x](y)`") == (
        Span("**a** @anna ~town-square #tag :tada: https://a.de [x](y)", kind="code"),
    )


def test_html_and_entities_are_text() -> None:
    assert _inline("<b>&lt;x&gt;</b> &#27;[2J") == (Span("<b>&lt;x&gt;</b> &#27;[2J"),)


def test_when_the_budget_is_spent_the_rest_stays_text() -> None:
    budget = Budget(6)
    spans = inline("**a** **b** **c**", CONTEXT, budget)
    assert budget.spent
    assert spans_text(spans).endswith("**c**")
    assert inline("**d**", CONTEXT, budget) == (Span("**d**"),)


_PIECES = (
    "*", "**", "_", "~~", "~", "`", "``", "[", "]", "](", ")", "!",
    "<", ">", "@", "anna", "#tag", ":", "tada", " ", "https://a.de", "www.", "mailto:", "://",
    "\\", "\n", "urgent", "town-square", ".", "(", '"', "ä", "x@y.de",
)  # fmt: skip
_pieces = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


@given(_pieces)
def test_every_text_becomes_harmless_runs(text: str) -> None:
    for span in _inline(text):
        assert span.text
        if span.kind == "link":
            assert check_url(span.target).url == span.target
        assert (span.kind == "text") <= (not span.target)


@given(_pieces)
def test_letters_and_digits_are_never_lost(text: str) -> None:
    context = MarkdownContext()
    shown = "".join(span.text + span.target + span.host for span in inline(text, context, Budget(10_000)))
    for word in ("anna", "urgent", "town", "ä"):
        assert shown.count(word) >= text.count(word) or "](" in text
