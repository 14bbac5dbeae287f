"""Blocks of code."""

from __future__ import annotations

from tests.ui.bare import LOOK
from tui.core.spans import CodeBlock
from tui.ui.widgets.cells import width_of
from tui.ui.widgets.code_lines import code_lines


def test_the_text_is_whole_on_its_ground() -> None:
    lines = code_lines(CodeBlock("x = 1\n\n  y = 2", "python"), 20, LOOK)
    assert ["".join(s.text for s in line).strip() for line in lines] == ["x = 1", "", "y = 2"]
    assert all(width_of(line) == 20 for line in lines)
    assert all(s.style is not None and s.style.bgcolor == LOOK.code.bgcolor for line in lines for s in line)


def test_known_languages_have_colours() -> None:
    (line,) = code_lines(CodeBlock("def f(): return 'x'", "python"), 40, LOOK)
    colours = {s.style.color for s in line if s.style is not None}
    assert len(colours) > 2


def test_unknown_and_very_long_code_is_plain() -> None:
    for block in (CodeBlock("x", "no-such-language"), CodeBlock("def x\n" * 2_000, "python")):
        line = code_lines(block, 40, LOOK)[0]
        assert {s.style.color for s in line if s.style is not None} == {LOOK.code.color}


def test_long_lines_are_wrapped() -> None:
    assert len(code_lines(CodeBlock("x" * 100), 30, LOOK)) == 4
