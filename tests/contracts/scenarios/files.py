"""Files: sent as form and as raw body, read back, refused (recording 52)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def upload(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    channel = s.channels["alpha-prime"]
    form = {"files": {"files": ("notes.txt", b"line one\nline two\n")}}
    data = {"channel_id": channel, "client_ids": "cid-1"}
    notes = (await s.call("ann", "POST", "/files", data=data, **form))["file_infos"][0]["id"]
    raw = {"content": bytes(range(256)), "headers": {"Content-Type": "application/octet-stream"}}
    path = f"/files?channel_id={channel}&filename=raw%20data.bin"
    binary = (await s.call("ann", "POST", path, **raw))["file_infos"][0]["id"]
    post = await s.post("ann", "alpha-prime", "", file_ids=[notes, binary])
    await s.call("ben", "GET", f"/files/{notes}/info")
    await s.call("ben", "GET", f"/posts/{post['id']}/files/info")
    assert await s.call("ben", "GET", f"/files/{notes}") == b"line one\nline two\n"
    await s.call("ben", "GET", f"/files/{notes}?download=1")
    part = await s.call("ben", "GET", f"/files/{notes}", headers={"Range": "bytes=5-7"})
    assert part == b"one"
    await s.call("ben", "GET", f"/files/{notes}", headers={"Range": "bytes=999-"})
    await s.call("ben", "GET", f"/files/{notes}/thumbnail")
    await s.call("ben", "GET", f"/files/{notes}/preview")
    await s.call("ben", "GET", f"/files/{notes}/link")
    await s.call("dot", "GET", f"/files/{notes}")
    await s.call("ben", "GET", f"/files/{'z' * 26}")
    await s.post("ann", "alpha-prime", "reuse", file_ids=[notes])
    await s.post("ben", "alpha-prime", "steal", file_ids=[binary])
    x = {"files": {"files": ("x.txt", b"x")}}
    await s.call("ann", "POST", "/files", data={"channel_id": "bad"}, **x)
    await s.call("ann", "POST", "/files", data={"channel_id": "z" * 26}, **x)
    empty = {"files": {"files": ("empty.txt", b"")}}
    await s.call("ann", "POST", "/files", data={"channel_id": channel}, **empty)
    await s.compare_events()


SCENARIOS = {"52-file-upload-post": upload}
