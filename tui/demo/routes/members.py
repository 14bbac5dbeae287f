"""Memberships: rows, joining, leaving, viewing, notification settings.

Invariant: viewing never fails for a channel one cannot see. Source: recordings 20, 25, 40–42.
"""

from __future__ import annotations

from tui.demo import membership, reading, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import Member
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, checked_id, ok


def of_user(call: Call) -> Response:
    user = call.own_user()
    team = call.team()
    rows = [c.members[user.id] for c in call.world.channels_of(user.id) if c.team_id in ("", team.id)]
    return answer([shapes.member(row) for row in rows])


def list_members(call: Call) -> Response:
    page, size = call.paging()
    rows = list(call.channel().members.values())[page * size : (page + 1) * size]
    return answer([shapes.member(row) for row in rows])


def by_ids(call: Call) -> Response:
    channel = call.channel()
    ids = call.texts("user_ids")
    return answer([shapes.member(channel.members[i]) for i in ids if i in channel.members])


def get_member(call: Call) -> Response:
    return answer(shapes.member(_row(call)))


def _row(call: Call) -> Member:
    channel = call.channel()
    row = channel.members.get(call.user_id())
    if row is None:
        raise Refusal(
            404,
            "app.channel.get_member.missing.app_error",
            "No channel member found for that user ID and channel ID.",
        )
    return row


def add(call: Call) -> Response:
    """Joins a public channel, or adds somebody to one's own."""
    channel = call.world.channels.get(checked_id(call.params["channel_id"], "channel_id"))
    user = call.world.users.get(str(call.object("user_id").get("user_id") or ""))
    if user is None:
        raise refusals.bad_body("user_id")
    if channel is None or not channel.team_id:
        raise refusals.forbidden()
    team = call.world.teams[channel.team_id]
    if user.id not in team.members or call.me.id not in team.members:
        raise refusals.forbidden()
    if call.me.id not in channel.members and (channel.type != "O" or user.id != call.me.id):
        raise refusals.forbidden()
    row = membership.join(call.world, channel, user, call.me)
    return answer(shapes.member(row), 201)


def remove(call: Call) -> Response:
    channel = call.channel()
    user_id = call.user_id()
    if user_id not in channel.members:
        raise Refusal(
            404,
            "app.channel.get_member.missing.app_error",
            "No channel member found for that user ID and channel ID.",
        )
    membership.leave(call.world, channel, call.world.users[user_id], call.me)
    return ok()


def view(call: Call) -> Response:
    user = call.own_user()
    body = call.object("channel_view")
    ids = []
    for key in ("channel_id", "prev_channel_id"):
        value = str(body.get(key) or "")
        if value and len(value) != 26:
            raise refusals.bad_body(f"channel_view.{key}")
        if value and value not in ids:
            ids.append(value)
    times = reading.view(call.world, user, ids)
    return answer({"status": "OK", "last_viewed_at_times": times})


def unread(call: Call) -> Response:
    user = call.own_user()
    channel = call.channel()
    return answer(reading.channel_unread(channel, channel.members[user.id]))


def notify_props(call: Call) -> Response:
    user = call.own_user()
    row = call.channel().members[user.id]
    body = call.object("notify_props")
    reading.set_notify_props(call.world, row, {str(k): str(v) for k, v in body.items()})
    return ok()


ROUTES = (
    Route("GET", "/users/{user_id}/teams/{team_id}/channels/members", of_user),
    Route("GET", "/users/{user_id}/channels/{channel_id}/unread", unread),
    Route("GET", "/channels/{channel_id}/members", list_members),
    Route("POST", "/channels/{channel_id}/members", add),
    Route("POST", "/channels/{channel_id}/members/ids", by_ids),
    Route("GET", "/channels/{channel_id}/members/{user_id}", get_member),
    Route("DELETE", "/channels/{channel_id}/members/{user_id}", remove),
    Route("PUT", "/channels/{channel_id}/members/{user_id}/notify_props", notify_props),
    Route("POST", "/channels/members/{user_id}/view", view),
)
