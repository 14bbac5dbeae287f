"""Getting into teams and out of them, and who administers a channel.

Invariant: an invite code that is unknown names no team; only members see an invite code.
Source: recordings 17, 25, 65, 76, 77.
"""

from __future__ import annotations

from tui.demo import membership, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import Team
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, checked_id, ok


def list_open(call: Call) -> Response:
    """Teams that anybody may join, and my own."""
    page, size = call.paging()
    rows = [
        team
        for team in sorted(call.world.teams.values(), key=lambda team: team.display_name)
        if not team.delete_at and (team.type == "O" or call.me.id in team.members)
    ]
    shown = rows[page * size : (page + 1) * size]
    return answer([shapes.team(team, sanitized=call.me.id not in team.members) for team in shown])


def _invited(call: Call, code: str) -> Team:
    for team in call.world.teams.values():
        if code and team.invite_id == code and not team.delete_at:
            return team
    raise Refusal(
        404,
        "app.team.get_by_invite_id.finding.app_error",
        "Unable to find the existing team.",
    )


def invite_info(call: Call) -> Response:
    team = _invited(call, call.params["invite_id"])
    return answer(
        {
            "display_name": team.display_name,
            "description": team.description,
            "name": team.name,
            "id": team.id,
        }
    )


def join_by_invite(call: Call) -> Response:
    team = _invited(call, call.request.query.get("invite_id", ""))
    return _enter(call, team, call.me.id)


def add(call: Call) -> Response:
    """Joins an open team, or puts somebody into one's own."""
    team = call.world.teams.get(checked_id(call.params["team_id"], "team_id"))
    user_id = str(call.object("team_member").get("user_id") or "")
    if team is None or (call.me.id not in team.members and (team.type != "O" or user_id != call.me.id)):
        raise refusals.forbidden()
    if user_id not in call.world.users:
        raise refusals.bad_body("user_id")
    return _enter(call, team, user_id)


def invite_by_mail(call: Call) -> Response:
    """Every address is taken, as on a server that mails later; here no mail goes out at all."""
    call.team()
    addresses = call.texts("user_email")
    if not call.flag("graceful"):
        return ok()
    return answer([{"email": address.lower(), "error": None} for address in addresses])


def _enter(call: Call, team: Team, user_id: str) -> Response:
    if user_id not in team.members:
        membership.add_to_team(call.world, team, call.world.users[user_id])
    return answer(shapes.team_member(team, user_id), 201)


def leave(call: Call) -> Response:
    """Out of the team and all its channels; others only by an administrator."""
    team, user_id = call.team(), call.user_id()
    if user_id != call.me.id and not (call.me.is_admin or team.members[call.me.id]):
        raise refusals.forbidden()
    if user_id not in team.members:
        raise Refusal(404, "app.team.get_member.missing.app_error", "No team member found.")
    data = {"team_id": team.id, "user_id": user_id}
    call.world.emit("leave_team", data, user=user_id)
    for channel in call.world.channels.values():
        if channel.team_id == team.id:
            channel.members.pop(user_id, None)
    del team.members[user_id]
    call.world.emit("leave_team", data, team=team.id)
    return ok()


def channel_roles(call: Call) -> Response:
    """By whoever administers the channel, its team or the server."""
    channel = call.channel()
    team = call.world.teams.get(channel.team_id)
    mine = channel.members[call.me.id]
    if not (mine.admin or call.me.is_admin or (team is not None and team.members.get(call.me.id))):
        raise refusals.forbidden()
    row = channel.members.get(call.user_id())
    if row is None:
        raise Refusal(404, "app.channel.get_member.missing.app_error", "No channel member found.")
    row.admin = bool(call.object("scheme_roles").get("scheme_admin"))
    return ok()


ROUTES = (
    Route("GET", "/teams", list_open),
    Route("GET", "/teams/invite/{invite_id}", invite_info, open=True),
    Route("POST", "/teams/members/invite", join_by_invite),
    Route("POST", "/teams/{team_id}/members", add),
    Route("POST", "/teams/{team_id}/invite/email", invite_by_mail),
    Route("DELETE", "/teams/{team_id}/members/{user_id}", leave),
    Route("PUT", "/channels/{channel_id}/members/{user_id}/schemeRoles", channel_roles),
)
