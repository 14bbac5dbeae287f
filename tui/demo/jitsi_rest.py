"""The REST side of the Jitsi plugin, below /plugins/jitsi: meetings, tokens, settings.

Invariant: refusals are plain text, as Go's http.Error writes them. Source: mattermost-plugin-jitsi ced05f53,
server/api.go.
"""

from __future__ import annotations

import base64
import json

import msgspec

from tui.demo import jitsi
from tui.demo.http1 import Response
from tui.demo.records import Wire
from tui.demo.routing import Call, Route, answer


def _body(call: Call) -> Wire:
    """The body; rubbish is empty."""
    try:
        body = msgspec.json.decode(call.request.body or b"{}")
    except msgspec.DecodeError:
        body = {}
    return body if isinstance(body, dict) else {}


def text_answer(status: int, text: str) -> Response:
    return Response(status, text.encode(), "text/plain; charset=utf-8")


def meetings(call: Call) -> Response:
    if not jitsi.is_on(call.world):
        return text_answer(404, "404 page not found\n")
    if call.session is None:
        return text_answer(401, "Not authorized\n")
    body = _body(call)
    channel = call.world.channels.get(str(body.get("channel_id") or ""))
    if channel is None or call.me.id not in channel.members:
        return text_answer(403, "Forbidden\n")
    if jitsi.settings_of(call.world, call.me)["naming_scheme"] == "ask":
        jitsi.ask(call.world, channel, call.me, "")
        return text_answer(200, "OK")
    post = jitsi.start(call.world, channel, call.me, str(body.get("topic") or ""))
    return answer({"meeting_id": post.props["meeting_id"]})


def enrich(call: Call) -> Response:
    if not jitsi.is_on(call.world):
        return text_answer(404, "404 page not found\n")
    if call.session is None or not call.world.jitsi_tokens:
        return text_answer(401, "Not authorized\n")
    token = str(_body(call).get("jwt") or "")
    try:
        _head, raw, seal = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    except ValueError:
        return text_answer(500, "Internal error\n")
    if seal != jitsi.SEAL or not isinstance(claims, dict):
        return text_answer(500, "Internal error\n")
    me = call.me
    person = {"user": {"name": jitsi.full_name(me), "email": me.email, "id": me.id}}
    return answer({"jwt": jitsi.jwt(str(claims.get("room")), int(claims.get("exp") or 0), person)})


def config(call: Call) -> Response:
    if not jitsi.is_on(call.world):
        return text_answer(404, "404 page not found\n")
    if call.session is None:
        return text_answer(401, "Not authorized\n")
    return answer(jitsi.settings_of(call.world, call.me))


BASE = "/:plugins/jitsi/api/v1"
ROUTES = (
    Route("POST", BASE + "/meetings", meetings, open=True),
    Route("POST", BASE + "/meetings/enrich", enrich, open=True),
    Route("POST", BASE + "/config", config, open=True),
)
