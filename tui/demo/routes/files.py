"""Files: uploaded as form or raw body, described, downloaded in ranges.

Invariant: only members of the channel of a file's post may read it, and its owner before it is posted.
Source: recordings 52, 53.
"""

from __future__ import annotations

import mimetypes
import re
from email.utils import formatdate
from urllib.parse import quote

from tui.demo import images, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.multipart import Part, parse
from tui.demo.records import Channel, File, Wire
from tui.demo.refusals import Refusal
from tui.demo.routing import Call, Route, answer, checked_id

INLINE = ("image/", "video/", "audio/", "application/pdf")


def upload(call: Call) -> Response:
    kind = call.request.header("content-type")
    if kind.startswith("multipart/form-data"):
        parts = parse(kind, call.request.body)
        fields = [(part.name, part.data.decode("utf-8", "replace")) for part in parts if not part.filename]
        channel_id = dict(fields).get("channel_id", call.request.query.get("channel_id", ""))
        sent = [part for part in parts if part.filename]
        client_ids: list[str] | None = [value for name, value in fields if name == "client_ids"]
    else:
        query = call.request.query
        channel_id = query.get("channel_id", "")
        sent = [Part("files", query.get("filename", ""), call.request.body)]
        client_ids = [query["client_id"]] if "client_id" in query else None
    channel = channel_of(call, channel_id)
    rows = [keep(call, channel, part.filename, part.data) for part in sent]
    infos = [shapes.file_info(row) for row in rows]
    return answer({"file_infos": infos, "client_ids": client_ids}, 201)


def channel_of(call: Call, channel_id: str) -> Channel:
    channel = call.world.channels.get(checked_id(channel_id, "channel_id"))
    if channel is None or call.me.id not in channel.members:
        raise refusals.forbidden()
    return channel


def keep(call: Call, channel: Channel, name: str, data: bytes) -> File:
    world = call.world
    row = describe(File(world.new_id(), call.me.id, channel.id, name, data, "", world.now()))
    world.files[row.id] = row
    return row


def describe(row: File) -> File:
    """Fills in type and size of what was sent."""
    guess = mimetypes.guess_type(row.name)[0] or ""
    row.mime_type = f"{guess}; charset=utf-8" if guess.startswith("text/") else guess
    if guess == "application/octet-stream":
        row.mime_type = ""
    size = images.size(row.data)
    if size is not None:
        row.is_image = True
        row.width, row.height = size
        row.preview = images.PREVIEW
    return row


def _file(call: Call) -> File:
    row = call.world.files.get(checked_id(call.params["file_id"], "file_id"))
    if row is None:
        raise Refusal(404, "app.file_info.get.app_error", "Unable to get the file info.")
    post = call.world.posts.get(row.post_id)
    if post is None:
        allowed = row.user_id == call.me.id
    else:
        allowed = call.me.id in call.world.channels[post.channel_id].members
    if not allowed:
        raise refusals.forbidden()
    return row


def info(call: Call) -> Response:
    return answer(shapes.file_info(_file(call)), Cache_Control="max-age=2592000, private")


def download(call: Call) -> Response:
    row = _file(call)
    return _content(call, row, row.data, row.mime_type or "application/octet-stream")


def _content(call: Call, row: File, data: bytes, kind: str) -> Response:
    place = "inline" if kind.startswith(INLINE) else "attachment"
    name = row.name.replace('"', "")
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f"{place};filename=\"{_latin(name)}\"; filename*=UTF-8''{quote(name)}",
        "Last-Modified": formatdate(row.create_at / 1000, usegmt=True),
        "X-Frame-Options": "DENY",
    }
    wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", call.request.header("range"))
    if wanted is None:
        return Response(200, data, kind, {"Accept-Ranges": "bytes", **headers})
    return _ranged(data, kind, headers, wanted[1], wanted[2])


def _latin(name: str) -> str:
    return name.encode("ascii", "replace").decode()


def _ranged(data: bytes, kind: str, headers: dict[str, str], first: str, last: str) -> Response:
    start = int(first) if first else max(0, len(data) - int(last or 0))
    end = min(int(last), len(data) - 1) if first and last else len(data) - 1
    if start >= len(data) or start > end:
        headers["Content-Range"] = f"bytes */{len(data)}"
        text = b"invalid range: failed to overlap\n"
        return Response(416, text, "text/plain; charset=utf-8", headers)
    headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
    return Response(206, data[start : end + 1], kind, {"Accept-Ranges": "bytes", **headers})


def thumbnail(call: Call) -> Response:
    return _preview(call, "thumbnail")


def preview(call: Call) -> Response:
    return _preview(call, "preview")


def _preview(call: Call, word: str) -> Response:
    row = _file(call)
    if not row.preview:
        raise Refusal(
            400, f"api.file.get_file_{word}.no_{word}.app_error", f"File doesn't have a {word} image."
        )
    return _content(call, row, row.preview, "image/jpeg")


def link(call: Call) -> Response:
    _file(call)
    raise Refusal(501, "api.file.get_public_link.disabled.app_error", "Public links have been disabled.")


def search(call: Call) -> Response:
    """File search by words of the name; here the infos know their channel."""
    team = call.team()
    terms = str(call.object("terms").get("terms") or "").lower().split()
    rows = [row for row in call.world.files.values() if row.post_id and _found(call, row, team.id, terms)]
    rows.sort(key=lambda row: row.create_at, reverse=True)
    infos: Wire = {row.id: {**shapes.file_info(row), "channel_id": row.channel_id} for row in rows}
    return answer(
        {"order": list(infos), "file_infos": infos, "next_file_info_id": "", "prev_file_info_id": ""}
    )


def _found(call: Call, row: File, team_id: str, terms: list[str]) -> bool:
    channel = call.world.channels[row.channel_id]
    mine = call.me.id in channel.members and channel.team_id in ("", team_id)
    places = [term.removeprefix("in:") for term in terms if term.startswith("in:")]
    words = [term.strip('*"') for term in terms if not term.startswith("in:")]
    here = not places or channel.name.lower() in places
    return mine and here and all(word in row.name.lower() for word in words)


ROUTES = (
    Route("POST", "/files", upload),
    Route("GET", "/files/{file_id}", download),
    Route("GET", "/files/{file_id}/info", info),
    Route("GET", "/files/{file_id}/thumbnail", thumbnail),
    Route("GET", "/files/{file_id}/preview", preview),
    Route("GET", "/files/{file_id}/link", link),
    Route("POST", "/teams/{team_id}/files/search", search),
)
