"""In which order a person's teams stand, and so which one opens first."""

from __future__ import annotations

from collections.abc import Iterable

from tui.core.models import Team
from tui.core.preferences import Preferences
from tui.core.search import sort_key


def in_order(teams: Iterable[Team], preferences: Preferences) -> tuple[Team, ...]:
    """Without archived ones: in the person's own order (preference `teams_order`), the rest by name."""
    left = {team.id: team for team in teams if not team.delete_at}
    wanted = preferences.text("teams_order", "").split(",")
    first = [left.pop(team_id) for team_id in wanted if team_id in left]
    return (*first, *sorted(left.values(), key=lambda team: sort_key(team.display_name)))
