from __future__ import annotations

import pytest

from tui.client.wording.forms import PRIORITIES, priority_text, problem_text, time_text
from tui.core.dialogs import Element


@pytest.mark.parametrize("problem", ["required", "number", "email", "url", "short", "long", "new one"])
def test_every_problem_has_words(problem: str) -> None:
    assert problem_text(Element("a", "A", least=2, most=3), problem)


@pytest.mark.parametrize("name", ["half_hour", "hour", "two_hours", "tomorrow", "monday"])
def test_every_time_has_words(name: str) -> None:
    assert time_text(name)


def test_priorities() -> None:
    assert [priority_text(name) for name in PRIORITIES] == ["ordinary", "important", "urgent"]
    assert priority_text("unheard of") == "ordinary"
