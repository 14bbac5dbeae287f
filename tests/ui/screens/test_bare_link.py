"""An address on lines of its own."""

from __future__ import annotations

from tests.support.hostile import HOSTILE, raw_controls
from tests.ui.bare import LOOK
from tests.ui.stage import Stage, said, shows
from tui.core.links import check_url
from tui.ui.screens.bare_link import BareLink

URL = "https://notes.example.org/" + "abcdefghij" * 9


async def test_it_begins_in_the_first_column_and_fills_its_lines(stage: Stage) -> None:
    async with stage.show((60, 16)) as (app, _pilot):
        app.push_screen(BareLink(check_url(URL), "The notes"))
        lines = (await shows(app, "Mark it with the mouse")).splitlines()
        first = next(n for n, line in enumerate(lines) if line.startswith("https://"))
        assert "".join(lines[first:]).startswith(URL)
        assert lines[first - 1] == ""
        assert "│" not in said(app)


def test_it_is_a_hyperlink_and_its_words_are_harmless() -> None:
    for text in HOSTILE:
        lines = BareLink(check_url(URL), text, click=True).draw(60, LOOK)
        shown = "\n".join("".join(segment.text for segment in line) for line in lines)
        assert raw_controls(shown) == []
        assert "Click it" in shown
        linked = [s.text for line in lines for s in line if s.style is not None and s.style.link == URL]
        assert "".join(linked) == URL
