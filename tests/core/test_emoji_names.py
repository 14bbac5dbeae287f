"""The table of Mattermost's own emoji names is sound."""

from __future__ import annotations

from tui.core.emoji import NAME, normalise, to_unicode
from tui.core.emoji_names import OURS, SAME


def test_every_name_is_a_name_and_known() -> None:
    for name, char in OURS.items():
        assert NAME.fullmatch(name)
        assert name == name.lower()
        assert to_unicode(name) == char


def test_second_names_lead_to_first_ones() -> None:
    for name, first in SAME.items():
        assert normalise(name) == first
        assert first not in SAME
        assert to_unicode(name) == to_unicode(first) is not None
