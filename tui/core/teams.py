"""In which order a person's teams stand, and so which one opens first; and what an invite link names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from urllib.parse import parse_qs, urlsplit

from tui.core.models import Team
from tui.core.preferences import Preferences
from tui.core.search import sort_key
from tui.core.values import dataclass


def in_order(teams: Iterable[Team], preferences: Preferences) -> tuple[Team, ...]:
    """Without archived ones: in the person's own order (preference `teams_order`), the rest by name."""
    left = {team.id: team for team in teams if not team.delete_at}
    wanted = preferences.text("teams_order", "").split(",")
    first = [left.pop(team_id) for team_id in wanted if team_id in left]
    return (*first, *sorted(left.values(), key=lambda team: sort_key(team.display_name)))


SIGN_UP = "/signup_user_complete"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invite link says: the server as pasted, and the parameter that lets in.

    `kind`: "iid" for a team's link, "t" for one that was sent by mail (facts §15, `POST /users`).
    """

    url: str
    kind: str
    code: str = field(repr=False)


def invitation_of(link: str) -> Invitation | None:
    """A whole invite link taken apart; None where it is none."""
    place, found, _rest = link.strip().partition(SIGN_UP)
    if not found or "://" not in place:
        return None
    query = parse_qs(urlsplit(link.strip()).query)
    mailed = query.get("t", [""])[0]
    if _MAILED.match(mailed):
        return Invitation(place, "t", mailed)
    code = invite_of(link)
    return Invitation(place, "iid", code) if code else None


_MAILED = re.compile(r"[A-Za-z0-9]{16,128}\Z")
_CODE = re.compile(r"[a-z0-9]{26}\Z")


def invite_of(text: str) -> str:
    """The code in an invite link (`…/signup_user_complete/?id=…`), or the code itself; "" for others."""
    typed = text.strip()
    query = typed.partition("?")[2].partition("#")[0]
    code = parse_qs(query).get("id", [""])[0] if "://" in typed else typed
    return code if _CODE.match(code) else ""
