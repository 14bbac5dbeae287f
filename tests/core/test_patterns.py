"""A pattern that is compiled late does what the standard one does."""

from __future__ import annotations

import re

import pytest

from tui.core.patterns import pattern


@pytest.mark.parametrize("text", ["", "a1", "b22 c3", "ÄÖ"])
def test_it_answers_like_the_standard_one(text: str) -> None:
    late, standard = pattern(r"([a-z])(\d+)", re.IGNORECASE), re.compile(r"([a-z])(\d+)", re.IGNORECASE)
    assert [m.groups() for m in late.finditer(text)] == [m.groups() for m in standard.finditer(text)]
    assert bool(late.match(text)) == bool(standard.match(text))
    assert bool(late.fullmatch(text)) == bool(standard.fullmatch(text))
    assert late.sub("-", text) == standard.sub("-", text)
    assert (late.pattern, late.groups, late.flags) == (standard.pattern, standard.groups, standard.flags)


def test_it_is_compiled_when_it_is_used_and_once() -> None:
    late = pattern("(")
    with pytest.raises(re.error):
        late.match("")
    found = pattern("x")
    assert found.search("x")
    assert found.search == found.search
