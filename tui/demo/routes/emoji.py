"""Custom emoji.

Invariant: a name is taken once; names of the system's own are refused. Source: recording 63.
"""

from __future__ import annotations

import re

import msgspec

from tui.demo import posts, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.multipart import parse
from tui.demo.records import Emoji
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer

NAME = re.compile(r"[a-z0-9_+-]{1,64}")
SYSTEM_NAMES = frozenset({"smile", "+1", "-1", "thumbsup", "thumbsdown", "tada", "heart", "joy", "rocket"})


def create(call: Call) -> Response:
    parts = {part.name: part for part in parse(call.request.header("content-type"), call.request.body)}
    try:
        body = msgspec.json.decode(parts["emoji"].data)
    except (KeyError, msgspec.DecodeError):
        raise refusals.bad_body("emoji") from None
    name = str(body.get("name") or "") if isinstance(body, dict) else ""
    if not NAME.fullmatch(name) or name in SYSTEM_NAMES:
        raise Refusal(
            400, "model.emoji.name.app_error", "Name must be 1 to 64 lowercase alphanumeric characters."
        )
    if name in call.world.emojis:
        raise Refusal(
            400,
            "api.emoji.create.duplicate.app_error",
            "Unable to create emoji. Another emoji with the same name already exists.",
        )
    image = parts["image"].data if "image" in parts else b""
    row = Emoji(call.world.new_id(), name, call.me.id, call.world.now(), image)
    call.world.emojis[name] = row
    call.world.emit("emoji_added", {"emoji": posts.text(shapes.emoji(row))})
    return answer(shapes.emoji(row))


def list_all(call: Call) -> Response:
    page, size = call.paging()
    rows = sorted(call.world.emojis.values(), key=lambda row: row.name)
    return answer([shapes.emoji(row) for row in rows[page * size : (page + 1) * size]])


def by_name(call: Call) -> Response:
    row = call.world.emojis.get(call.params["name"])
    if row is None:
        raise Refusal(404, "app.emoji.get_by_name.no_result", "Unable to find emoji.")
    return answer(shapes.emoji(row))


def _beginning(call: Call, term: str) -> Response:
    rows = sorted((r for r in call.world.emojis.values() if r.name.startswith(term)), key=lambda r: r.name)
    return answer([shapes.emoji(row) for row in rows])


def search(call: Call) -> Response:
    return _beginning(call, str(call.object("term").get("term") or ""))


def autocomplete(call: Call) -> Response:
    return _beginning(call, call.request.query.get("name", ""))


def image(call: Call) -> Response:
    for row in call.world.emojis.values():
        if row.id == call.params["emoji_id"]:
            return Response(200, row.image, "image/png", {"Cache-Control": "max-age=2592000, private"})
    raise Refusal(404, "app.emoji.get.no_result", "Unable to find emoji.")


ROUTES = (
    Route("POST", "/emoji", create),
    Route("GET", "/emoji", list_all),
    Route("GET", "/emoji/name/{name}", by_name),
    Route("POST", "/emoji/search", search),
    Route("GET", "/emoji/autocomplete", autocomplete),
    Route("GET", "/emoji/{emoji_id}/image", image),
)
