"""Parsed messages as lines."""

from __future__ import annotations

import pytest

from tests.support.hostile import HOSTILE, WORST_MESSAGES, raw_controls
from tests.ui.bare import LOOK
from tui.core.markdown import MarkdownContext, parse
from tui.ui.widgets.cells import Line, width_of
from tui.ui.widgets.markdown_lines import document_lines

CONTEXT = MarkdownContext(frozenset({"anna", "ben"}), me="anna", mention_keys=("anna",))


def drawn(message: str, width: int = 40) -> list[str]:
    return [said(line) for line in document_lines(parse(message, CONTEXT), width, LOOK)]


def said(line: Line) -> str:
    return "".join(segment.text for segment in line).rstrip()


def test_paragraphs_stand_apart_and_lines_do_not() -> None:
    assert drawn("one\ntwo\n\nthree") == ["one", "two", "", "three"]


def test_lists_tasks_and_numbers() -> None:
    assert drawn("- a\n- b\n  - c") == ["• a", "• b", "  • c"]
    assert drawn("3. a\n4. b") == ["3. a", "4. b"]
    assert drawn("- [x] done\n- [ ] open") == ["☑ done", "☐ open"]


def test_a_long_item_hangs_under_its_text() -> None:
    assert drawn("- one two three", 9) == ["• one two", "  three"]


def test_quotes_have_a_bar() -> None:
    assert drawn("> one\n> two") == ["│ one", "│ two"]


def test_a_heading_is_bold_and_stands_apart() -> None:
    lines = document_lines(parse("text\n# Title", CONTEXT), 40, LOOK)
    assert [said(line) for line in lines] == ["text", "", "Title"]
    style = lines[2][0].style
    assert style is not None
    assert style.bold


def test_the_true_host_of_a_link_is_shown() -> None:
    assert drawn("[bank](https://evil.example/x)") == ["bank (evil.example)"]


def test_my_own_name_stands_out() -> None:
    (line,) = document_lines(parse("hi @anna and @ben", CONTEXT), 40, LOOK)
    mine = next(segment for segment in line if segment.text == "@anna")
    other = next(segment for segment in line if segment.text == "@ben")
    assert mine.style is not None
    assert mine.style.bgcolor == LOOK.mention.bgcolor
    assert other.style is not None
    assert other.style.bgcolor is None


def test_rule_and_inline_code() -> None:
    assert drawn("---", 10) == ["─" * 10]
    (line,) = document_lines(parse("run `make`", CONTEXT), 40, LOOK)
    assert line[-1].text == "make"
    assert line[-1].style is not None
    assert line[-1].style.bgcolor == LOOK.code.bgcolor


def test_a_thin_column_still_works() -> None:
    for width in range(1, 12):
        lines = document_lines(parse("> - > 1. word and `code` @anna", CONTEXT), width, LOOK)
        assert all(width_of(line) <= max(width, 1) for line in lines)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_f49_hostile_texts_are_marks(text: str) -> None:
    assert raw_controls("".join(drawn(text))) == []


@pytest.mark.parametrize("name", WORST_MESSAGES)
def test_f54_worst_messages_fit_and_end(name: str) -> None:
    lines = document_lines(parse(WORST_MESSAGES[name], CONTEXT), 60, LOOK)
    assert len(lines) < 20_000
    assert all(width_of(line) <= 61 for line in lines[:200])
