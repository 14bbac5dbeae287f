"""In which order a person's teams stand, and so which one opens first; and what an invite link names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from tui.core.models import Team
from tui.core.preferences import Preferences
from tui.core.search import sort_key


def in_order(teams: Iterable[Team], preferences: Preferences) -> tuple[Team, ...]:
    """Without archived ones: in the person's own order (preference `teams_order`), the rest by name."""
    left = {team.id: team for team in teams if not team.delete_at}
    wanted = preferences.text("teams_order", "").split(",")
    first = [left.pop(team_id) for team_id in wanted if team_id in left]
    return (*first, *sorted(left.values(), key=lambda team: sort_key(team.display_name)))


_CODE = re.compile(r"[a-z0-9]{26}\Z")


def invite_of(text: str) -> str:
    """The code in an invite link (`…/signup_user_complete/?id=…`), or the code itself; "" for others."""
    typed = text.strip()
    code = parse_qs(urlsplit(typed).query).get("id", [""])[0] if "://" in typed else typed
    return code if _CODE.match(code) else ""
