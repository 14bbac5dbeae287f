"""People: one, many, searched, completed, patched.

Invariant: nobody sees another's notify_props; unknown ids are left out without a word.
Source: recordings 11, 45, 48.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from tui.demo import membership, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import User, Wire
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, tagged

LEAST_PASSWORD = 5
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,21}")
FIELDS = ("username", "nickname", "first_name", "last_name", "position", "email", "locale")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d76360a87f000001840101a4cb1ac80000000049454e44ae426082"
)


def seen(user: User) -> Wire:
    """Somebody in a list: even oneself is shown as to others."""
    return shapes.user(user, own=False)


def _one(call: Call, user: User | None, missing: Refusal) -> Response:
    if user is None:
        raise missing
    etag = f"5.37.0.{user.id}.{user.update_at}..0.true.true.0"
    return tagged(call, etag, lambda: shapes.user(user, own=user.id == call.me.id))


def get_user(call: Call) -> Response:
    user = call.world.users.get(call.user_id())
    missing = Refusal(404, "app.user.missing_account.const", "Unable to find the user.")
    return _one(call, user, missing)


def by_username(call: Call) -> Response:
    world = call.world
    user = world.users.get(world.usernames.get(call.params["username"].lower(), ""))
    missing = Refusal(
        404,
        "app.user.get_by_username.app_error",
        "Unable to find an existing account matching your username for this team. "
        "This team may require an invite from the team owner to join.",
    )
    return _one(call, user, missing)


def by_email(call: Call) -> Response:
    found = (u for u in call.world.users.values() if u.email == call.params["email"])
    missing = Refusal(404, "app.user.missing_account.const", "Unable to find the user.")
    return _one(call, next(found, None), missing)


def by_ids(call: Call) -> Response:
    ids = call.texts("user_ids")
    since = call.number("since", 0)
    users = (call.world.users[i] for i in ids if i in call.world.users)
    return answer([seen(user) for user in users if user.update_at > since])


def by_usernames(call: Call) -> Response:
    names = call.texts("usernames")
    ids = (call.world.usernames.get(name.lower()) for name in names)
    return answer([seen(call.world.users[i]) for i in ids if i is not None])


def create(call: Call) -> Response:
    """By a team's invite link; the account is in the team at once."""
    world, body = call.world, call.json("user")
    if not isinstance(body, dict):
        raise refusals.bad_body("user")
    name, email, password = (str(body.get(key, "")) for key in ("username", "email", "password"))
    invite_id = call.request.query.get("iid", "")
    team = next((team for team in world.teams.values() if team.invite_id == invite_id), None)
    if team is None:
        raise Refusal(404, "app.team.get_by_invite_id.finding.app_error", "Unable to find the existing team.")
    if len(password) < LEAST_PASSWORD:
        message = "Login failed because of invalid password."
        raise Refusal(400, "api.user.check_user_password.invalid.app_error", message)
    if not USERNAME.fullmatch(name):
        raise Refusal(400, "model.user.is_valid.username.app_error", "Username must begin with a letter.")
    if "@" not in email:
        raise Refusal(400, "model.user.is_valid.email.app_error", "Invalid email.")
    for taken, what in (
        (name in world.usernames, "username"),
        (any(user.email == email for user in world.users.values()), "email"),
    ):
        if taken:
            message = f"An account with that {what} already exists."
            raise Refusal(400, f"app.user.save.{what}_exists.app_error", message)
    user = world.add_user(name, password, email=email)
    membership.add_to_team(world, team, user)
    return answer(shapes.user(user, own=True), 201)


def list_users(call: Call) -> Response:
    page, size = call.paging()
    query = call.request.query
    users: Iterable[User] = sorted(call.world.users.values(), key=lambda user: user.username)
    users = _filtered(call, users, query)
    found = list(users)[page * size : (page + 1) * size]
    if "in_team" in query and "not_in_channel" not in query and "in_channel" not in query:
        newest = max((user.update_at for user in found), default=0)
        return tagged(call, f"5.37.0.{newest}.{page}.{size}.", lambda: [seen(u) for u in found])
    return answer([seen(user) for user in found])


def _filtered(call: Call, users: Iterable[User], query: dict[str, str]) -> Iterable[User]:
    for key, keep in (("in_channel", True), ("not_in_channel", False)):
        if key in query:
            channel = call.world.channels.get(query[key])
            if channel is None or call.me.id not in channel.members:
                raise refusals.forbidden()
            users = [user for user in users if (user.id in channel.members) is keep]
    if "in_team" in query:
        team = call.world.teams.get(query["in_team"])
        if team is None or call.me.id not in team.members:
            raise refusals.forbidden()
        users = [user for user in users if user.id in team.members]
    return users


def group_channels(call: Call) -> Response:
    """The people of group messages, without the asker."""
    out: Wire = {}
    for channel_id in call.texts("group_channel_ids"):
        channel = call.world.channels.get(channel_id)
        if channel is not None and channel.type == "G" and call.me.id in channel.members:
            people = sorted(
                (call.world.users[i] for i in channel.members if i != call.me.id), key=lambda u: u.username
            )
            out[channel_id] = [seen(user) for user in people]
    return answer(out)


def known(call: Call) -> Response:
    """Ids of everybody who shares a channel with the asker."""
    ids = {i for channel in call.world.channels_of(call.me.id) for i in channel.members}
    return answer(sorted(ids - {call.me.id}))


def matches(user: User, term: str) -> bool:
    names = (user.username, user.first_name, user.last_name, user.nickname)
    full = f"{user.first_name} {user.last_name}"
    return any(name.lower().startswith(term) for name in (*names, full))


def search(call: Call) -> Response:
    body = call.object("props")
    term = str(body.get("term") or "").lower().lstrip("@")
    users: Iterable[User] = sorted(call.world.users.values(), key=lambda user: user.username)
    team = call.world.teams.get(str(body.get("team_id") or ""))
    channel = call.world.channels.get(str(body.get("in_channel_id") or ""))
    other = call.world.channels.get(str(body.get("not_in_channel_id") or ""))
    users = [
        user
        for user in users
        if matches(user, term)
        and (not user.delete_at or body.get("allow_inactive"))
        and (team is None or user.id in team.members)
        and (channel is None or user.id in channel.members)
        and (other is None or user.id not in other.members)
    ]
    limit = body.get("limit")
    return answer([seen(user) for user in users[: limit if isinstance(limit, int) and limit else 100]])


def autocomplete(call: Call) -> Response:
    query = call.request.query
    term = query.get("name", "").lower().lstrip("@")
    limit = call.number("limit", 100)
    team = call.world.teams.get(query.get("in_team", ""))
    channel = call.world.channels.get(query.get("in_channel", ""))
    rows = sorted(
        (u for u in call.world.users.values() if matches(u, term) and not u.delete_at),
        key=lambda user: user.username,
    )
    rows = [user for user in rows if team is None or user.id in team.members]
    if channel is None:
        return answer({"users": [seen(user) for user in rows[:limit]]})
    inside = [seen(user) for user in rows if user.id in channel.members][:limit]
    outside = [seen(user) for user in rows if user.id not in channel.members][:limit]
    return answer({"users": inside, **({"out_of_channel": outside} if outside else {})})


def patch(call: Call) -> Response:
    user = call.own_user()
    body = call.object("user")
    for name in FIELDS:
        if isinstance(body.get(name), str):
            setattr(user, name, body[name])
    if isinstance(body.get("notify_props"), dict):
        user.notify_props |= {str(k): str(v) for k, v in body["notify_props"].items()}
    if isinstance(body.get("timezone"), dict):
        user.timezone |= {str(k): str(v) for k, v in body["timezone"].items()}
    if isinstance(body.get("props"), dict):
        user.props |= {str(k): str(v) for k, v in body["props"].items()}
    tell_updated(call, user)
    return answer(shapes.user(user, own=True))


def tell_updated(call: Call, user: User) -> None:
    """user_updated goes to everybody and carries an object, not a text."""
    user.update_at = max(call.world.now(), user.update_at + 1)
    call.world.emit("user_updated", {"user": shapes.user(user, own=False)})


def roles(call: Call) -> Response:
    user = call.world.users.get(call.user_id())
    if user is None or not call.me.is_admin:
        raise refusals.forbidden()
    user.roles = str(call.object("roles").get("roles") or "")
    user.update_at = max(call.world.now(), user.update_at + 1)
    for session in call.world.sessions.values():
        if session.user_id == user.id:
            session.roles = user.roles
    return answer({"status": "OK"})


def image(call: Call) -> Response:
    if call.user_id() not in call.world.users:
        raise Refusal(404, "app.user.missing_account.const", "Unable to find the user.")
    return Response(200, PNG, "image/png", {"Cache-Control": "max-age=300, private"})


def stats(call: Call) -> Response:
    return answer({"total_users_count": len(call.world.users)})


def typing(call: Call) -> Response:
    user = call.own_user()
    try:
        body = msgspec.json.decode(call.request.body)
    except msgspec.DecodeError:
        raise refusals.bad_body("typing_request") from None
    channel_id = str(body.get("channel_id") or "") if isinstance(body, dict) else ""
    if call.world.member(channel_id, user.id) is None:
        raise refusals.forbidden()
    call.hub.typing(user.id, channel_id, str(body.get("parent_id") or ""))
    return answer({"status": "OK"})


ROUTES = (
    Route("GET", "/users", list_users),
    Route("POST", "/users", create, open=True),
    Route("GET", "/users/{user_id}", get_user),
    Route("GET", "/users/username/{username}", by_username),
    Route("GET", "/users/email/{email}", by_email),
    Route("POST", "/users/ids", by_ids),
    Route("POST", "/users/usernames", by_usernames),
    Route("POST", "/users/group_channels", group_channels),
    Route("GET", "/users/known", known),
    Route("GET", "/users/stats", stats),
    Route("POST", "/users/search", search),
    Route("GET", "/users/autocomplete", autocomplete),
    Route("PUT", "/users/{user_id}/patch", patch),
    Route("PUT", "/users/{user_id}/roles", roles),
    Route("GET", "/users/{user_id}/image", image),
    Route("POST", "/users/{user_id}/typing", typing),
)
