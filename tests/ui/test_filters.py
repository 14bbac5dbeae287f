"""The last net."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tests.support.hostile import HOSTILE, raw_controls
from tui.ui.filters import SafetyNet

BLACK = Color(0, 0, 0)


def test_nothing_harmful_passes() -> None:
    for text in HOSTILE:
        cleaned = SafetyNet().apply([Segment(text, Style(link=f"https://a/{text}"))], BLACK)
        assert raw_controls(cleaned[0].text) == []
        link = cleaned[0].style.link if cleaned[0].style else None
        assert link is None or raw_controls(link) == []


def test_harmless_lines_are_left_alone() -> None:
    line = [Segment("Grüße 👍", Style(link="https://example.org"))]
    assert SafetyNet().apply(line, BLACK) is line
