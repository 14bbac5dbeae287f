"""A few lines of text."""

from __future__ import annotations

from tests.ui.bare import bare
from tui.ui.widgets.text_lines import TextLines, plain


async def test_is_as_high_as_its_lines() -> None:
    lines = TextLines(plain("one two three"))
    async with bare(lines, (8, 6)) as (app, pilot):
        await pilot.pause()
        assert app.lines()[:2] == ["one two", "three"]
        assert lines.size.height == 2
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert app.lines()[0] == "one two three"
        assert lines.size.height == 1


async def test_shows_something_else_and_not_more_than_it_may() -> None:
    lines = TextLines(plain("a"), most=2)
    async with bare(lines) as (app, pilot):
        lines.show(plain("[b]x[/b]\ny\nz"))
        await pilot.pause()
        assert app.lines()[:3] == ["[b]x[/b]", "y", ""]
