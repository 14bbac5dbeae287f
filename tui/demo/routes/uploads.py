"""Upload sessions: large files in parts, gone on with from where they stand.

Invariant: a session is its owner's alone and ends with the last byte. Source: recording 56.
"""

from __future__ import annotations

from tui.demo import refusals, shapes
from tui.demo.http1 import Response
from tui.demo.records import Upload, Wire
from tui.demo.refusals import Refusal
from tui.demo.routes import files
from tui.demo.routing import Call, Route, answer, checked_id

FIRST_PART = 5 * 2**20
"""Least bytes of the first part, unless it is all."""


def begin(call: Call) -> Response:
    body = call.object()
    channel = files.channel_of(call, str(body.get("channel_id") or ""))
    size = body.get("file_size")
    if not isinstance(size, int) or size <= 0:
        raise refusals.bad_param("file_size")
    world = call.world
    row = Upload(world.new_id(), call.me.id, channel.id, str(body.get("filename") or ""), size, world.now())
    world.uploads[row.id] = row
    return answer(_shape(row), 201)


def _shape(row: Upload) -> Wire:
    return {
        "id": row.id,
        "type": "attachment",
        "create_at": row.create_at,
        "user_id": row.user_id,
        "channel_id": row.channel_id,
        "filename": row.name,
        "file_size": row.size,
        "file_offset": len(row.data),
        "remote_id": "",
        "req_file_id": "",
    }


def _mine(call: Call, word: str) -> Upload:
    row = call.world.uploads.get(checked_id(call.params["upload_id"], "upload_id"))
    if row is None:
        raise Refusal(404, "app.upload.get.app_error", "Failed to get upload.")
    if row.user_id != call.me.id:
        raise Refusal(403, f"api.upload.{word}.forbidden.app_error", "Failed to get upload.")
    return row


def place(call: Call) -> Response:
    return answer(_shape(_mine(call, "get_upload")))


def of_user(call: Call) -> Response:
    return answer([_shape(row) for row in call.world.uploads.values() if row.user_id == call.me.id])


def part(call: Call) -> Response:
    row, data = _mine(call, "upload_data"), call.request.body
    if len(row.data) + len(data) > row.size:
        raise refusals.bad_param("content-length")
    if not row.data and len(data) < min(FIRST_PART, row.size):
        raise Refusal(
            400,
            "app.upload.upload_data.first_part_too_small.app_error",
            f"Failed to upload data. First part must be at least {FIRST_PART} Bytes.",
        )
    row.data += data
    if len(row.data) < row.size:
        return Response(204)
    del call.world.uploads[row.id]
    kept = files.keep(call, call.world.channels[row.channel_id], row.name, bytes(row.data))
    return answer(shapes.file_info(kept))


ROUTES = (
    Route("POST", "/uploads", begin),
    Route("GET", "/uploads/{upload_id}", place),
    Route("POST", "/uploads/{upload_id}", part),
    Route("GET", "/users/{user_id}/uploads", of_user),
)
