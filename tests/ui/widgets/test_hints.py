"""Keys with words on one line."""

from __future__ import annotations

from tests.ui.bare import LOOK
from tui.settings.keymap import Keymap
from tui.ui.widgets.cells import Line, width_of
from tui.ui.widgets.hints import hint_line, pair_line


def said(line: Line) -> str:
    return "".join(segment.text for segment in line)


def test_as_many_as_fit_and_none_cut() -> None:
    actions = Keymap().of("composer")
    for width in range(0, 120, 7):
        line = hint_line(actions, width, LOOK)
        assert width_of(line) <= width + 2
        assert "…" not in said(line)[-1:]


def test_what_has_no_key_takes_no_room() -> None:
    assert said(pair_line([("", "nothing"), ("Esc", "Close")], 40, LOOK)).strip() == "Esc Close"
