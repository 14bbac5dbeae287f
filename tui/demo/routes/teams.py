"""Teams, their members and what is unread in them.

Invariant: a team is shown to its members only; unread totals leave muted messages out.
Source: recordings 12, 42.
"""

from __future__ import annotations

from tui.demo import reading, shapes, threads
from tui.demo.http1 import Response
from tui.demo.records import Wire
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer


def of_user(call: Call) -> Response:
    user = call.own_user()
    rows = [team for team in call.world.teams.values() if user.id in team.members]
    return answer([shapes.team(team) for team in rows])


def members_of_user(call: Call) -> Response:
    user = call.own_user()
    rows = [team for team in call.world.teams.values() if user.id in team.members]
    return answer([shapes.team_member(team, user.id) for team in rows])


def unreads(call: Call) -> Response:
    user = call.own_user()
    with_threads = call.flag("include_collapsed_threads") and call.world.uses_threads(user.id)
    rows = []
    for team in call.world.teams.values():
        if user.id in team.members:
            row = reading.team_unread(call.world, user.id, team.id)
            rows.append({**row, **(_thread_counts(call, user.id, team.id) if with_threads else {})})
    return answer(rows)


def _thread_counts(call: Call, user_id: str, team_id: str) -> Wire:
    rows = threads.of_team(call.world, user_id, team_id)
    return {
        "thread_count": sum(threads.unread_replies(call.world, row) > 0 for row in rows),
        "thread_mention_count": sum(row.unread_mentions for row in rows),
    }


def unread(call: Call) -> Response:
    user = call.own_user()
    return answer(reading.team_unread(call.world, user.id, call.team().id))


def get_team(call: Call) -> Response:
    return answer(shapes.team(call.team()))


def by_name(call: Call) -> Response:
    for team in call.world.teams.values():
        if team.name == call.params["name"] and call.me.id in team.members:
            return answer(shapes.team(team))
    raise Refusal(404, "app.team.get_by_name.missing.app_error", "Unable to find the existing team.")


def members(call: Call) -> Response:
    page, size = call.paging()
    team = call.team()
    ids = list(team.members)[page * size : (page + 1) * size]
    return answer([shapes.team_member(team, user_id) for user_id in ids])


def stats(call: Call) -> Response:
    team = call.team()
    active = sum(not call.world.users[i].delete_at for i in team.members)
    total = len(team.members)
    return answer({"team_id": team.id, "total_member_count": total, "active_member_count": active})


ROUTES = (
    Route("GET", "/users/{user_id}/teams", of_user),
    Route("GET", "/users/{user_id}/teams/members", members_of_user),
    Route("GET", "/users/{user_id}/teams/unread", unreads),
    Route("GET", "/users/{user_id}/teams/{team_id}/unread", unread),
    Route("GET", "/teams/{team_id}", get_team),
    Route("GET", "/teams/name/{name}", by_name),
    Route("GET", "/teams/{team_id}/members", members),
    Route("GET", "/teams/{team_id}/stats", stats),
)
