"""Messages become blocks, whatever they are, at a bounded price."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.hostile import HOSTILE, MAX_RUNES, WORST_MESSAGES, raw_controls
from tui.core.markdown import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Limits,
    ListBlock,
    MarkdownContext,
    Paragraph,
    Quote,
    Rule,
    Span,
    Style,
    Table,
    document_spans,
    document_text,
    parse,
    plain,
    warm_up,
)
from tui.core.safe_text import safe

CONTEXT = MarkdownContext(
    usernames=frozenset({"anna"}),
    channel_mentions={"town": "Town Square"},
    me="anna",
    mention_keys=("urgent",),
)


def _text(*spans: str) -> Paragraph:
    return Paragraph(tuple(map(Span, spans)))


def test_a_single_newline_is_a_line_break() -> None:
    assert parse("one\ntwo\n\n\nthree").blocks == (_text("one\ntwo"), _text("three"))
    assert parse(" \n ").blocks == ()
    assert parse("").blocks == ()


def test_headings() -> None:
    document = parse("# One *x*\n###### Six\nset\n===\n#no heading")
    assert document.blocks == (
        Heading(1, (Span("One "), Span("x", Style.ITALIC))),
        Heading(6, (Span("Six"),)),
        Heading(1, (Span("set"),)),
        _text("#no heading"),
    )


def test_quotes_nest() -> None:
    assert parse("> a\n> > b\n\nc").blocks == (Quote((_text("a"), Quote((_text("b"),)))), _text("c"))


def test_lists_keep_their_numbers() -> None:
    (block,) = parse("5. five\n7. seven\n   - sub").blocks
    assert isinstance(block, ListBlock)
    assert block.ordered
    assert [item.number for item in block.items] == [5, 7]
    assert isinstance(block.items[1].blocks[1], ListBlock)


def test_tasks() -> None:
    (block,) = parse("- [ ] open\n- [x] done\n- [X] Done\n- [] none\n- [y] none").blocks
    assert isinstance(block, ListBlock)
    assert [item.checked for item in block.items] == [False, True, True, None, None]
    assert block.items[0].blocks == (_text("open"),)
    assert document_text(Document((block,))).split("\n")[1] == "☑ done"


def test_tables_have_alignment() -> None:
    (block,) = parse("|a|b|c|\n|:-|:-:|-:|\n|1|`x\\|y`|**z**|\n|2|").blocks
    assert block == Table(
        header=((Span("a"),), (Span("b"),), (Span("c"),)),
        rows=(((Span("1"),), (Span("x|y", kind="code"),), (Span("z", Style.BOLD),)), ((Span("2"),), (), ())),
        align=("left", "center", "right"),
    )


def test_code_is_left_alone() -> None:
    document = parse("```Python title\n@anna **x**\n\n:tada:\n```\n~~~\ny\n~~~\n\n    indented\n      more")
    assert document.blocks == (
        CodeBlock("@anna **x**\n\n:tada:", "python"),
        CodeBlock("y"),
        CodeBlock("indented\n  more"),
    )


def test_rules_html_and_definitions() -> None:
    document = parse("---\n\n<div>*x*</div>\n\n[a]: https://a.de")
    assert document.blocks[0] == Rule()
    assert document_text(document).split("\n")[1:] == ["<div>x</div>", "[a]: https://a.de"]


def test_names_mean_something_in_every_block() -> None:
    document = parse("# @anna\n> @anna\n\n- ~town\n\na|b\n-|-\n:tada:|urgent", CONTEXT)
    kinds = [span.kind for span in document_spans(document.blocks) if span.kind != "text"]
    assert kinds == ["mention", "mention", "channel", "emoji"]
    assert [span.text for span in document_spans(document.blocks) if span.style & Style.MINE] == [
        "@anna",
        "@anna",
        "urgent",
    ]


def test_what_is_too_long_is_cut_and_counted() -> None:
    document = parse("x" * 20_000)
    assert (document.cut, document.left) == (True, 20_000 - 16_384)
    lines = parse("\n".join(["line"] * 30), limits=Limits(lines=10))
    assert (lines.cut, lines.left) == (True, len("line\n" * 19) + len("line"))
    assert len(document_text(lines).split("\n")) == 10
    assert not parse("x" * MAX_RUNES).cut
    assert not parse("a\n" * 500).cut
    assert not parse("a" + "\n" * MAX_RUNES).cut


def _depth(blocks: tuple[Block, ...]) -> int:
    inner = [0]
    for block in blocks:
        if isinstance(block, Quote):
            inner.append(1 + _depth(block.blocks))
        elif isinstance(block, ListBlock):
            inner.extend(1 + _depth(item.blocks) for item in block.items)
    return max(inner)


def _cells(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.header) * (1 + len(block.rows)) for block in blocks if isinstance(block, Table))


@pytest.mark.parametrize("name", sorted(WORST_MESSAGES))
def test_f54_the_worst_messages_have_a_bounded_price(name: str) -> None:
    message = WORST_MESSAGES[name]
    assert len(message) <= MAX_RUNES
    document = parse(message, CONTEXT)
    spans = list(document_spans(document.blocks))
    assert len(spans) <= 5_000
    assert len(document.blocks) <= 1_000
    assert _depth(document.blocks) <= 20
    assert _cells(document.blocks) <= 2_500
    assert document.cut == (document.left > 0)
    assert document_text(document).count("\n") <= 2_500
    assert raw_controls(document_text(document)) == []
    assert document.blocks or not safe(message).strip()


@pytest.mark.parametrize(
    "message", [">" * 50 + " deep", "- " * 40 + "deep", "\n".join(" " * 2 * n + "- deep" for n in range(30))]
)
def test_f54_what_nests_too_deep_stays_text(message: str) -> None:
    document = parse(message)
    assert document_text(document).count("deep") == message.count("deep")
    assert document.blocks == (_text(message.strip()),)


@given(st.integers(1, 25), st.sampled_from([">", "> ", "- ", "1. "]))
def test_nesting_never_loses_text(depth: int, sign: str) -> None:
    assert "deep" in document_text(parse(sign * depth + "deep"))


def test_f54_what_nests_too_often_stays_text() -> None:
    line = "1. > 1. > 1. > 1. > 1. > "
    assert [type(block) for block in parse(f"{line}a\n" * 10).blocks] == [ListBlock]
    assert {type(block) for block in parse(f"{line}a\n" * 500).blocks} == {Paragraph}


def test_f54_a_table_too_wide_stays_text() -> None:
    wide = WORST_MESSAGES["table of 300 columns"]
    document = parse(wide)
    assert all(isinstance(block, Paragraph) for block in document.blocks)
    assert document_text(document).startswith("|a|a|a|")
    fits = "\n".join(["|" + "a|" * 40, "|" + "-|" * 40, "|" + "b|" * 40])
    assert isinstance(parse(fits).blocks[0], Table)


_PIECES = (
    "\n", "\n\n", "> ", "- ", "1. ", "* ", "# ", "    ", "  ", "```", "~~~", "|",
    "|-|-|", "---", "===", "- [ ] ", "word", "**", "_", "`", "[", "](https://a.de)", "@anna", ":tada:",
    "\x1b", "\u202e", "\t", "\r\n", "<b>",
)  # fmt: skip
_pieces = st.lists(st.sampled_from(_PIECES), max_size=30).map("".join)


@given(_pieces)
def test_nothing_of_the_text_is_lost(message: str) -> None:
    document = parse(message)
    text = document_text(document) + "".join(
        block.language for block in _all_blocks(document.blocks) if isinstance(block, CodeBlock)
    )
    if "|" not in message and "```" not in message and "~~~" not in message:
        assert text.count("word") == message.count("word")
    assert raw_controls(text) == []


def _all_blocks(blocks: tuple[Block, ...]) -> list[Block]:
    found = list(blocks)
    for block in blocks:
        if isinstance(block, Quote):
            found += _all_blocks(block.blocks)
        elif isinstance(block, ListBlock):
            found += [inner for item in block.items for inner in _all_blocks(item.blocks)]
    return found


@given(
    st.lists(st.sampled_from(["word", " ", "\n", "\n\n", "**a**", "@anna", "_x_", ".", "  \n"]), max_size=20)
)
def test_plain_lines_read_the_same_with_and_without_block_parser(pieces: list[str]) -> None:
    message = "".join(pieces).strip()
    with_parser = parse(f"{message}\n\n---", CONTEXT).blocks
    assert (*parse(message, CONTEXT).blocks, Rule()) == with_parser


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=200))
def test_it_never_fails_and_stays_harmless(message: str) -> None:
    document = parse(message, CONTEXT)
    for span in document_spans(document.blocks):
        assert raw_controls(span.text + span.target + span.host) == []


@pytest.mark.parametrize("message", HOSTILE, ids=ascii)
def test_f49_hostile_messages_are_harmless(message: str) -> None:
    document = parse(message, CONTEXT)
    assert raw_controls(document_text(document)) == []
    assert raw_controls(plain(message)) == []
    assert "\n" not in plain(message)


@pytest.mark.parametrize(
    "message", ["[@click=app.quit]x[/]", "[/nope]", "[link=https://evil.example]", "[b]x[/i] $v"]
)
def test_f50_console_markup_is_text(message: str) -> None:
    assert document_text(parse(message)) == message


def test_plain_is_one_line_without_markup() -> None:
    message = "# Hi\n\n**bold** :tada: [x](https://a.de)\n- a\n- b\n\n```\ncode\n```"
    assert plain(message) == "Hi bold 🎉 x (a.de) • a • b code"
    assert plain("word " * 100, 12) == "word word w…"
    assert plain("") == ""


def test_plain_leaks_no_token() -> None:
    assert (
        plain("Meeting started at https://meet.example/r?jwt=eyJFAKE.")
        == "Meeting started at https://meet.example/r?jwt=…"
    )


def test_plain_chat_does_not_load_the_block_parser() -> None:
    code = (
        "import sys\nfrom tui.core.markdown import parse\nparse('hi **you**, see https://a.de\\nand #this')\n"
        "sys.exit(bool({'markdown_it', 'linkify_it', 'pygments', 'emoji', 'idna'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_warming_up_changes_nothing() -> None:
    before = parse("- a")
    warm_up()
    assert parse("- a") == before
