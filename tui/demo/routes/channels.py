"""Channels: one's own, all public ones, by name, made, changed, archived.

Invariant: DMs and GMs (team_id "") are part of every team's list; archived ones only when asked for.
Source: recordings 12, 19–22, 24, 26, 27.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.demo import membership, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import Channel, Team
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, ok, tagged

NAME = re.compile(r"[a-z0-9]+([a-z\-_0-9]+|(__)?)[a-z0-9]+")


def of_user(call: Call) -> Response:
    """My channels of a team. ETag: newest change and number, not my own reading."""
    user = call.own_user()
    team = call.team()
    after = call.number("last_delete_at", 0)
    rows = [
        channel
        for channel in call.world.channels_of(user.id)
        if channel.team_id in ("", team.id)
        and (not channel.delete_at or (call.flag("include_deleted") and channel.delete_at >= after))
    ]
    rows.sort(key=lambda channel: channel.display_name)
    if not rows:
        raise Refusal(404, "app.channel.get_channels.not_found.app_error", "No channels were found.")
    return tagged(call, _etag(rows), lambda: [shapes.channel(row) for row in rows])


def _etag(rows: list[Channel]) -> str:
    newest = max(rows, key=lambda channel: max(channel.update_at, channel.last_post_at))
    return f"5.37.0.{newest.id}.{max(newest.update_at, newest.last_post_at)}.0.{len(rows)}"


def get_channel(call: Call) -> Response:
    return answer(shapes.channel(call.channel(joined=False)))


def by_name(call: Call) -> Response:
    return _by_name(call, call.team())


def by_names(call: Call) -> Response:
    for team in call.world.teams.values():
        if team.name == call.params["team_name"] and call.me.id in team.members:
            return _by_name(call, team)
    raise Refusal(404, "app.channel.get_by_name.missing.app_error", "Channel does not exist.")


def _by_name(call: Call, team: Team) -> Response:
    for channel in call.world.channels.values():
        if channel.name == call.params["name"].lower() and channel.team_id in ("", team.id):
            mine = call.me.id in channel.members
            if mine or (channel.type == "O" and not channel.delete_at):
                return answer(shapes.channel(channel))
            raise Refusal(404, "app.channel.get_by_name.missing.app_error", "Channel does not exist.")
    raise Refusal(404, "app.channel.get_by_name.missing.app_error", "Channel does not exist.")


def _public(call: Call) -> list[Channel]:
    team = call.team()
    rows = [c for c in call.world.channels.values() if c.team_id == team.id and c.type == "O"]
    return sorted((c for c in rows if not c.delete_at), key=lambda channel: channel.display_name)


def browse(call: Call) -> Response:
    page, size = call.paging()
    return answer([shapes.channel(row) for row in _public(call)[page * size : (page + 1) * size]])


def archived(call: Call) -> Response:
    page, size = call.paging()
    team = call.team()
    rows = [
        c
        for c in call.world.channels.values()
        if c.team_id == team.id and c.delete_at and (c.type == "O" or call.me.id in c.members)
    ]
    return answer([shapes.channel(row) for row in rows[page * size : (page + 1) * size]])


def _matching(rows: Iterable[Channel], term: str) -> list[Channel]:
    term = term.lower().lstrip("~")
    return [c for c in rows if any(term in text.lower() for text in (c.name, c.display_name, c.purpose))]


def search(call: Call) -> Response:
    term = str(call.object("channel_search").get("term") or "")
    return answer([shapes.channel(row) for row in _matching(_public(call), term)])


def autocomplete(call: Call) -> Response:
    found = _matching(_public(call), call.request.query.get("name", ""))
    return answer([shapes.channel(row) for row in found])


def search_autocomplete(call: Call) -> Response:
    """The asker's own ones, private too."""
    team = call.team()
    mine = [c for c in call.world.channels_of(call.me.id) if c.team_id in ("", team.id) and not c.delete_at]
    return answer([shapes.channel(row) for row in _matching(mine, call.request.query.get("name", ""))])


def create(call: Call) -> Response:
    body = call.object("channel")
    team = call.world.teams.get(str(body.get("team_id") or ""))
    if team is None or call.me.id not in team.members:
        raise refusals.forbidden()
    name, title = str(body.get("name") or ""), str(body.get("display_name") or "")
    if not NAME.fullmatch(name):
        raise Refusal(
            400,
            "model.channel.is_valid.2_or_more.app_error",
            "Name must be 2 or more lowercase alphanumeric characters.",
        )
    if not 1 <= len(title) <= 64:
        raise Refusal(400, "model.channel.is_valid.display_name.app_error", "Invalid display name.")
    kind = "P" if body.get("type") == "P" else "O"
    channel = membership.create(call.world, team, call.me, name, title, kind)
    channel.header, channel.purpose = str(body.get("header") or ""), str(body.get("purpose") or "")
    return answer(shapes.channel(channel), 201)


def direct(call: Call) -> Response:
    ids = call.texts("user_ids")
    if len(ids) != 2:
        raise refusals.bad_body("user_ids")
    if call.me.id not in ids or any(i not in call.world.users for i in ids):
        raise refusals.forbidden()
    other = ids[1] if ids[0] == call.me.id else ids[0]
    return answer(shapes.channel(membership.direct(call.world, call.me, call.world.users[other])), 201)


def group(call: Call) -> Response:
    ids = call.texts("user_ids")
    if any(i not in call.world.users for i in ids):
        raise refusals.bad_body("user_ids")
    users = [call.world.users[i] for i in ids]
    return answer(shapes.channel(membership.group(call.world, call.me, users)), 201)


def patch(call: Call) -> Response:
    channel = call.channel()
    body = call.object("channel")
    fields = {
        key: str(body[key])
        for key in ("header", "purpose", "display_name", "name")
        if isinstance(body.get(key), str)
    }
    membership.change(call.world, channel, call.me, fields)
    return answer(shapes.channel(channel))


def privacy(call: Call) -> Response:
    """Only ever made private here, by whoever administers the team (5.37); the default channel stays open."""
    channel = call.channel()
    team = call.world.teams[channel.team_id]
    if not (call.me.is_admin or team.members.get(call.me.id)):
        raise refusals.forbidden()
    if channel.name == "town-square" or call.object("privacy").get("privacy") != "P":
        raise refusals.bad_body("privacy")
    channel.type = "P"
    call.world.emit("channel_converted", {"channel_id": channel.id}, team=team.id)
    return answer(shapes.channel(channel))


def archive(call: Call) -> Response:
    membership.archive(call.world, call.channel(), call.me)
    return ok()


def restore(call: Call) -> Response:
    channel = call.channel()
    team = call.world.teams[channel.team_id]
    if not (call.me.is_admin or team.members.get(call.me.id)):
        raise refusals.forbidden()
    membership.restore(call.world, channel, call.me)
    return answer(shapes.channel(channel))


def stats(call: Call) -> Response:
    channel = call.channel(joined=False)
    pinned = sum(p.is_pinned and not p.delete_at for p in call.world.timelines.get(channel.id, ()))
    return answer(
        {
            "channel_id": channel.id,
            "member_count": len(channel.members),
            "guest_count": 0,
            "pinnedpost_count": pinned,
        }
    )


ROUTES = (
    Route("GET", "/users/{user_id}/teams/{team_id}/channels", of_user),
    Route("GET", "/channels/{channel_id}", get_channel),
    Route("GET", "/channels/{channel_id}/stats", stats),
    Route("PUT", "/channels/{channel_id}/patch", patch),
    Route("PUT", "/channels/{channel_id}/privacy", privacy),
    Route("DELETE", "/channels/{channel_id}", archive),
    Route("POST", "/channels/{channel_id}/restore", restore),
    Route("POST", "/channels", create),
    Route("POST", "/channels/direct", direct),
    Route("POST", "/channels/group", group),
    Route("GET", "/teams/{team_id}/channels", browse),
    Route("GET", "/teams/{team_id}/channels/deleted", archived),
    Route("GET", "/teams/{team_id}/channels/name/{name}", by_name),
    Route("GET", "/teams/name/{team_name}/channels/name/{name}", by_names),
    Route("POST", "/teams/{team_id}/channels/search", search),
    Route("GET", "/teams/{team_id}/channels/autocomplete", autocomplete),
    Route("GET", "/teams/{team_id}/channels/search_autocomplete", search_autocomplete),
)
