"""Files: sent as form and as raw body, read back, refused (recordings 52–54)."""

from __future__ import annotations

from tests.contracts.stage import Stage
from tui.demo.images import striped_png


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


async def image(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    picture = striped_png(640, 480, ((200, 30, 30), (250, 250, 250)))
    sent = {"files": {"files": ("pic.png", picture)}, "data": {"channel_id": s.channels["alpha-prime"]}}
    info = (await s.call("ann", "POST", "/files", **sent))["file_infos"][0]
    assert (info["width"], info["height"]) == (640, 480)
    await s.post("ann", "alpha-prime", "a picture", file_ids=[info["id"]])
    path = f"/files/{info['id']}"
    await s.call("ann", "GET", path + "/info")
    await s.call("ann", "GET", path + "/thumbnail")
    await s.call("ann", "GET", path + "/preview")
    assert await s.call("ann", "GET", path) == picture
    await s.compare_events()


async def eleven(s: Stage) -> None:
    ids = []
    for number in range(11):
        form = {"files": {"files": (f"f{number}.txt", b"xy")}}
        data = {"channel_id": s.channels["alpha-prime"]}
        answer = (await s.quiet("ann", "POST", "/files", data=data, **form)).json()
        ids.append(answer["file_infos"][0]["id"])
    await s.listen("ann", "ben", "cyd")
    await s.post("ann", "alpha-prime", "eleven", file_ids=ids)
    await s.post("ann", "alpha-prime", "ten", file_ids=ids[:10])
    await s.compare_events()


async def resumable(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    size, first = 5_500_000, 5 * 2**20
    wish = {"channel_id": s.channels["alpha-prime"], "filename": "resume.bin", "file_size": size}
    path = f"/uploads/{(await s.call('ann', 'POST', '/uploads', json=wish))['id']}"
    raw = {"Content-Type": "application/octet-stream"}
    await s.call("ann", "GET", path)
    await s.call("ann", "POST", path, content=b"x" * 4000, headers=raw)
    await s.call("ann", "POST", path, content=b"x" * first, headers=raw)
    assert (await s.call("ann", "GET", path))["file_offset"] == first
    await s.call("ben", "GET", path)
    await s.call("ann", "GET", f"/users/{s.people['ann'].id}/uploads")
    info = await s.call("ann", "POST", path, content=b"x" * (size - first), headers=raw)
    assert info["size"] == size
    await s.call("ann", "GET", path)
    await s.post("ann", "alpha-prime", "resumed upload", file_ids=[info["id"]])
    await s.compare_events()


SCENARIOS = {
    "52-file-upload-post": upload,
    "53-file-image": image,
    "54-file-too-many": eleven,
    "56-upload-resumable": resumable,
}
