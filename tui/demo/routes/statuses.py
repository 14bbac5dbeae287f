"""Presence and custom status.

Invariant: status_change goes to the person alone; an unknown id is "offline"; a custom status lives in the
user's props. Source: recordings 46, 47.
"""

from __future__ import annotations

import msgspec

from tui.demo import refusals, shapes, sidebar
from tui.demo.http1 import Response
from tui.demo.records import Status, Wire
from tui.demo.routes.users import tell_updated
from tui.demo.routing import Call, Route, answer, ok

STATES = frozenset({"online", "away", "dnd", "offline"})
RECENT = ("custom_status", "recent_custom_statuses")


def _shape(call: Call, user_id: str) -> Wire:
    return shapes.status(user_id, call.world.statuses.get(user_id, Status()))


def get_status(call: Call) -> Response:
    return answer(_shape(call, call.user_id()))


def by_ids(call: Call) -> Response:
    return answer([_shape(call, user_id) for user_id in call.texts("user_ids")])


def put_status(call: Call) -> Response:
    body = call.object("status")
    user = call.own_user()
    if body.get("user_id") != user.id:
        raise refusals.bad_body("user_id")
    status = body.get("status")
    if status not in STATES:
        raise refusals.bad_body("status")
    set_status(call, user.id, str(status))
    return answer(_shape(call, user.id))


def set_status(call: Call, user_id: str, status: str) -> None:
    """By hand; "online" gives the automatic back."""
    row = call.world.statuses.setdefault(user_id, Status())
    row.status = status
    row.manual = status != "online"
    if status == "online":
        row.last_activity_at = call.world.now()
    call.hub.tell_status(user_id)


def put_custom(call: Call) -> Response:
    user = call.own_user()
    body = call.object("custom_status")
    row = {
        "emoji": str(body.get("emoji") or "speech_balloon"),
        "text": str(body.get("text") or ""),
        "duration": str(body.get("duration") or ""),
        "expires_at": str(body.get("expires_at") or "0001-01-01T00:00:00Z"),
    }
    user.props["customStatus"] = msgspec.json.encode(row).decode()
    tell_updated(call, user)
    _remember(call, user.id, row)
    return ok()


def _remember(call: Call, user_id: str, row: Wire) -> None:
    old = call.world.preferences.get(user_id, {}).get(RECENT, "[]")
    rows = [row, *(r for r in msgspec.json.decode(old) if r != row)][:5]
    value = msgspec.json.encode(rows).decode()
    body = sidebar.preference(user_id, RECENT, value)
    sidebar.put_preferences(call.world, call.world.users[user_id], [body])


def delete_custom(call: Call) -> Response:
    user = call.own_user()
    user.props["customStatus"] = ""
    tell_updated(call, user)
    return ok()


ROUTES = (
    Route("GET", "/users/{user_id}/status", get_status),
    Route("POST", "/users/status/ids", by_ids),
    Route("PUT", "/users/{user_id}/status", put_status),
    Route("PUT", "/users/{user_id}/status/custom", put_custom),
    Route("DELETE", "/users/{user_id}/status/custom", delete_custom),
)
