"""The order of teams."""

from __future__ import annotations

from tui.core.models import Preference, Team
from tui.core.preferences import Preferences
from tui.core.teams import in_order

ARCHIVED = Team("x", "x", "Alt", delete_at=1)
TEAMS = [Team("z", "z", "Zeta"), Team("a", "a", "Älpha"), Team("b", "b", "Beta"), ARCHIVED]


def test_by_name_with_umlauts_folded_and_without_archived_ones() -> None:
    assert [team.id for team in in_order(TEAMS, Preferences())] == ["a", "b", "z"]


def test_own_order_comes_first() -> None:
    own = Preferences.of([Preference("teams_order", "", "z,gone,b")])
    assert [team.id for team in in_order(TEAMS, own)] == ["z", "b", "a"]
