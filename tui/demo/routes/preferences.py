"""Preferences of the signed-in person.

Invariant: a body with another (or no) user id is 403; "me" is not resolved in bodies. Source: recording 49.
"""

from __future__ import annotations

from tui.demo import sidebar
from tui.demo.http1 import Response
from tui.demo.records import Wire
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, ok


def _all(call: Call) -> list[Wire]:
    user = call.own_user()
    mine = call.world.preferences.get(user.id, {})
    return [sidebar.preference(user.id, key, mine[key]) for key in sorted(mine)]


def list_all(call: Call) -> Response:
    return answer(_all(call))


def list_category(call: Call) -> Response:
    rows = [row for row in _all(call) if row["category"] == call.params["category"]]
    if not rows:
        raise Refusal(
            404, "api.preference.preferences_category.get.app_error", "Unable to get user preferences."
        )
    return answer(rows)


def get_one(call: Call) -> Response:
    wanted = (call.params["category"], call.params["name"])
    for row in _all(call):
        if (row["category"], row["name"]) == wanted:
            return answer(row)
    raise Refusal(400, "app.preference.get.app_error", "We encountered an error while finding preferences.")


def _own_bodies(call: Call, verb: str) -> list[Wire]:
    user = call.own_user()
    bodies = call.objects("preferences")
    if any(body.get("user_id") != user.id for body in bodies):
        word = "set" if verb == "update" else verb
        raise Refusal(
            403, f"api.preference.{verb}_preferences.{word}.app_error", f"Unable to {word} user preferences."
        )
    return bodies


def put(call: Call) -> Response:
    sidebar.put_preferences(call.world, call.own_user(), _own_bodies(call, "update"))
    return ok()


def delete(call: Call) -> Response:
    sidebar.delete_preferences(call.world, call.own_user(), _own_bodies(call, "delete"))
    return ok()


ROUTES = (
    Route("GET", "/users/{user_id}/preferences", list_all),
    Route("PUT", "/users/{user_id}/preferences", put),
    Route("POST", "/users/{user_id}/preferences/delete", delete),
    Route("GET", "/users/{user_id}/preferences/{category}", list_category),
    Route("GET", "/users/{user_id}/preferences/{category}/name/{name}", get_one),
)
