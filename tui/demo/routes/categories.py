"""Sidebar categories of one team.

Invariant: what is sent replaces what was there, field by field. Source: recording 50.
"""

from __future__ import annotations

from tui.demo import shapes, sidebar
from tui.demo.http1 import Response
from tui.demo.records import Category, User, Wire
from tui.demo.routing import Call, Route, answer, ok


def _place(call: Call) -> tuple[User, str]:
    return call.own_user(), call.team().id


def _shape(call: Call, row: Category) -> Wire:
    return {**shapes.category(row), "channel_ids": sidebar.shown(call.world, row)}


def list_all(call: Call) -> Response:
    rows = sidebar.categories(call.world, *_place(call))
    return answer({"categories": [_shape(call, row) for row in rows], "order": [row.id for row in rows]})


def create(call: Call) -> Response:
    user, team_id = _place(call)
    body = call.object("category")
    ids = [str(i) for i in body.get("channel_ids") or ()]
    row = sidebar.add(call.world, user, team_id, str(body.get("display_name") or ""), ids)
    out = shapes.category(row)
    return answer(out if ids else {**out, "channel_ids": None})


def put_all(call: Call) -> Response:
    user, team_id = _place(call)
    rows = sidebar.update(call.world, user, team_id, call.objects("category"))
    return answer([_shape(call, row) for row in rows])


def get_one(call: Call) -> Response:
    user, team_id = _place(call)
    return answer(_shape(call, sidebar.named(call.world, user, team_id, call.params["category_id"])))


def put_one(call: Call) -> Response:
    user, team_id = _place(call)
    body = {**call.object("category"), "id": call.params["category_id"]}
    return answer(_shape(call, sidebar.update(call.world, user, team_id, [body])[0]))


def delete(call: Call) -> Response:
    user, team_id = _place(call)
    sidebar.remove(call.world, user, team_id, call.params["category_id"])
    return ok()


def get_order(call: Call) -> Response:
    return answer([row.id for row in sidebar.categories(call.world, *_place(call))])


def put_order(call: Call) -> Response:
    user, team_id = _place(call)
    order = call.texts("order")
    sidebar.reorder(call.world, user, team_id, order)
    return answer(order)


BASE = "/users/{user_id}/teams/{team_id}/channels/categories"
ROUTES = (
    Route("GET", BASE, list_all),
    Route("POST", BASE, create),
    Route("PUT", BASE, put_all),
    Route("GET", BASE + "/order", get_order),
    Route("PUT", BASE + "/order", put_order),
    Route("GET", BASE + "/{category_id}", get_one),
    Route("PUT", BASE + "/{category_id}", put_one),
    Route("DELETE", BASE + "/{category_id}", delete),
)
