"""Parsed messages can be read as plain text again."""

from __future__ import annotations

from tui.core.spans import (
    CodeBlock,
    Document,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Table,
    document_links,
    document_spans,
    document_text,
    is_mine,
    spans_text,
)

_LINK = Span("minutes", kind="link", target="https://a.de/x", host="a.de")
_DOCUMENT = Document(
    (
        Heading(1, (Span("Title"),)),
        Paragraph((Span("see "), _LINK, Span("\nnow"))),
        Quote((Paragraph((Span("said"),)),)),
        ListBlock(True, (ListItem((Paragraph((Span("one"),)), CodeBlock("x = 1\ny = 2")), 7),)),
        ListBlock(
            False,
            (
                ListItem((Paragraph((Span("done"),)),), checked=True),
                ListItem((Paragraph((Span("open"),)),), checked=False),
                ListItem(()),
            ),
        ),
        Table(((Span("a"),), ()), (((_LINK,), (Span("me", Style.MINE),)),), ("left", "right")),
        Rule(),
        CodeBlock("last"),
    )
)


def test_a_document_reads_as_lines() -> None:
    assert document_text(_DOCUMENT).split("\n") == [
        "Title",
        "see minutes (a.de)",
        "now",
        "> said",
        "7. one",
        "  x = 1",
        "  y = 2",
        "☑ done",
        "☐ open",
        "• ",
        "a | ",
        "minutes (a.de) | me",
        "———",
        "last",
    ]


def test_every_run_is_found_in_order() -> None:
    texts = [span.text for span in document_spans(_DOCUMENT.blocks)]
    assert texts == ["Title", "see ", "minutes", "\nnow", "said", "one", "done", "open", "a", "minutes", "me"]
    assert is_mine(_DOCUMENT)
    assert not is_mine(Document())


def test_links_are_listed_once_in_order() -> None:
    other = Span("b", kind="link", target="https://b.de")
    document = Document((Paragraph((_LINK, other, _LINK)), Quote((Paragraph((other,)),))))
    assert [span.target for span in document_links(document)] == ["https://a.de/x", "https://b.de"]


def test_a_link_says_where_it_goes() -> None:
    assert spans_text((Span("see "), _LINK)) == "see minutes (a.de)"
