from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tests.support.hostile import HOSTILE
from tests.support.odd_server import (
    OddServer,
    Seen,
    Step,
    answer,
    drip,
    error,
    odd_server,
    redirect,
    reply,
    reset,
    zipped,
)
from tui.core.errors import BadAnswer, Offline, Refused, SignedOut, TeleteamError, UserMistake
from tui.net.http import Http
from tui.net.landing import Landing
from tui.net.transfers import PIECE, Transfers

TOKEN = "tokenoftheperson26characters"
UPLOADED = {"file_infos": [{"id": "f1", "name": "a.txt", "size": 3}], "client_ids": []}


@asynccontextmanager
async def transfers_to(*script: Step, stall_seconds: float = 5) -> AsyncIterator[tuple[Transfers, OddServer]]:
    async with odd_server(*script) as odd:
        http = Http(odd.url, clock=FakeClock())
        http.token = TOKEN
        try:
            yield Transfers(http, stall_seconds=stall_seconds), odd
        finally:
            await http.close()


async def test_upload_is_one_multipart_with_progress(tmp_path: Path) -> None:
    file = tmp_path / 'odd "name"\n.bin'
    data = os.urandom(1_000_000)
    file.write_bytes(data)
    steps: list[tuple[int, int]] = []
    async with transfers_to(reply(UPLOADED, 201)) as (transfers, odd):
        info = await transfers.upload("c1", file, 2_000_000, lambda done, size: steps.append((done, size)))
        assert (info.id, info.size) == ("f1", 3)
        (seen,) = odd.seen
        assert (seen.method, seen.target) == ("POST", "/api/v4/files")
        assert seen.headers["authorization"] == f"Bearer {TOKEN}"
        boundary = seen.headers["content-type"].split("boundary=")[1].encode()
        _, channel, part, end = seen.body.split(b"--" + boundary)
        assert channel == b'\r\nContent-Disposition: form-data; name="channel_id"\r\n\r\nc1\r\n'
        head, _, body = part.partition(b"\r\n\r\n")
        assert b'name="files"; filename="odd %22name%22%0A.bin"' in head
        assert body == data + b"\r\n"
        assert end == b"--\r\n"
    assert steps[-1] == (1_000_000, 1_000_000)
    assert steps == sorted(steps)


async def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    async with transfers_to(reply(UPLOADED, 201)) as (transfers, odd):
        await transfers.upload("c1", tmp_path / "empty", 0)
        assert b"\r\n\r\n\r\n--" in odd.seen[0].body


async def test_too_large_is_known_before_a_byte_is_sent(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    async with transfers_to(reply({})) as (transfers, odd):
        with pytest.raises(Refused) as caught:
            await transfers.upload("c1", tmp_path / "big", 10)
        assert (caught.value.id, caught.value.status) == ("tele.refused.too_large", 413)
        assert odd.connections == 0


async def test_a_server_that_wants_less_is_heard(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 3_000_000)
    too_large = "api.file.upload_file.too_large_detailed.app_error"
    async with transfers_to(error(too_large, 413)) as (transfers, _):
        with pytest.raises(Refused) as caught:
            await transfers.upload("c1", tmp_path / "big", 0)
        assert (caught.value.id, caught.value.status) == (too_large, 413)


@pytest.mark.parametrize("kind", ["missing", "directory", "pipe"])
async def test_what_is_no_file_is_not_uploaded(tmp_path: Path, kind: str) -> None:
    place = tmp_path / kind
    if kind == "directory":
        place.mkdir()
    if kind == "pipe":
        os.mkfifo(place)
    async with transfers_to(reply({})) as (transfers, odd):
        with pytest.raises(UserMistake) as caught:
            await transfers.upload("c1", place, 0)
        assert caught.value.id == "tele.files.gone"
        assert odd.connections == 0


async def test_a11_a_file_that_shrinks_on_the_way(tmp_path: Path) -> None:
    file = tmp_path / "shrinks"
    file.write_bytes(b"x" * 5_000_000)
    async with transfers_to(reply(UPLOADED, 201)) as (transfers, odd):
        with pytest.raises(UserMistake) as caught:
            await transfers.upload("c1", file, 0, lambda _done, _size: os.truncate(file, 10))
        assert caught.value.id == "tele.files.changed"
        assert odd.seen == []


async def test_a11_a_cut_upload_is_offline(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    async with transfers_to(reset()) as (transfers, odd):
        with pytest.raises(Offline):
            await transfers.upload("c1", tmp_path / "a", 0)
        assert len(odd.seen) == 1


async def test_download_with_progress(tmp_path: Path) -> None:
    data = os.urandom(700_000)
    steps: list[tuple[int, int]] = []
    async with transfers_to(answer(data, content_type="image/png")) as (transfers, odd):
        place = await transfers.download("f1", "a.png", tmp_path, progress=lambda *step: steps.append(step))
        assert odd.seen[0].target == "/api/v4/files/f1"
        assert odd.seen[0].headers["accept-encoding"] == "identity"
    assert Path(place).read_bytes() == data
    assert steps[-1] == (700_000, 700_000)


@pytest.mark.parametrize("name", HOSTILE[::4])
async def test_f53_whatever_the_name_the_file_is_inside(tmp_path: Path, name: str) -> None:
    target = tmp_path / "downloads"
    async with transfers_to(answer(b"data")) as (transfers, _):
        place = await transfers.download("f1", name, target)
    assert place.parent == target
    assert os.listdir(tmp_path) == ["downloads"]
    assert Path(place).read_bytes() == b"data"


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (error("api.context.session_expired.app_error", 401), SignedOut),
        (error("api.context.permissions.app_error", 403), Refused),
        (redirect("https://portal.example/"), BadAnswer),
        (answer(b"half", 206), BadAnswer),
        (answer(b"x" * 101), BadAnswer),
        (zipped(b"x" * 5_000_000), BadAnswer),
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n", b"0", 0.05), BadAnswer),
        (reset(), Offline),
    ],
    ids=["signed out", "forbidden", "portal", "partial", "too long", "bomb", "drip", "reset"],
)
async def test_a_failed_download_leaves_nothing(
    tmp_path: Path, step: Step, kind: type[TeleteamError]
) -> None:
    async with transfers_to(step, stall_seconds=0.3) as (transfers, _):
        with pytest.raises(kind):
            await transfers.download("f1", "a.txt", tmp_path, limit=100)
    assert os.listdir(tmp_path) == []


async def test_a_download_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    async def half(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
        writer.close()

    async with transfers_to(half) as (transfers, _):
        with pytest.raises(Offline):
            await transfers.download("f1", "a.txt", tmp_path)
    assert os.listdir(tmp_path) == []


async def test_an_upload_leaves_room_for_what_somebody_waits_for(tmp_path: Path) -> None:
    """While a message is under way no further piece of the file is sent."""
    file = tmp_path / "big.bin"
    file.write_bytes(bytes(20 * PIECE))
    sent: list[int] = []
    async with transfers_to(reply(UPLOADED, 201)) as (transfers, _):
        async with transfers._http._gate.slot():
            upload = asyncio.create_task(
                transfers.upload("c1", file, 0, lambda done, _size: sent.append(done))
            )
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(asyncio.shield(upload), 0.3)
            assert sent == []
        await upload
    assert sent[-1] == 20 * PIECE


def ranged(data: bytes, start: int, whole: int) -> Step:
    return answer(
        data, status=206, headers={"Content-Range": f"bytes {start}-{start + len(data) - 1}/{whole}"}
    )


async def test_a_download_that_broke_off_goes_on_where_it_stood(tmp_path: Path) -> None:
    data = os.urandom(90_000)
    part = tmp_path / ".syncthing.teleteam-f1.tmp"
    part.write_bytes(data[:50_000])
    steps: list[tuple[int, int]] = []
    async with transfers_to(ranged(data[50_000:], 50_000, 90_000)) as (transfers, odd):
        place = await transfers.download(
            "f1", "a.bin", tmp_path, keep=True, progress=lambda *step: steps.append(step)
        )
        assert odd.seen[0].headers["range"] == "bytes=50000-"
    assert Path(place).read_bytes() == data
    assert os.listdir(tmp_path) == ["a.bin"]
    assert steps[-1] == (90_000, 90_000)


async def test_a_server_without_ranges_sends_all_of_it(tmp_path: Path) -> None:
    (tmp_path / ".syncthing.teleteam-f1.tmp").write_bytes(b"old part")
    async with transfers_to(answer(b"the whole file")) as (transfers, _odd):
        place = await transfers.download("f1", "a", tmp_path, keep=True)
    assert Path(place).read_bytes() == b"the whole file"


async def test_a_wrong_range_is_not_glued_together(tmp_path: Path) -> None:
    (tmp_path / ".syncthing.teleteam-f1.tmp").write_bytes(b"old part")
    async with transfers_to(ranged(b"xyz", 3, 6), answer(b"whole")) as (transfers, odd):
        place = await transfers.download("f1", "a", tmp_path, keep=True)
        assert "range" not in odd.seen[1].headers
    assert Path(place).read_bytes() == b"whole"


async def test_what_is_complete_only_gets_its_name(tmp_path: Path) -> None:
    (tmp_path / ".syncthing.teleteam-f1.tmp").write_bytes(b"complete")
    full = answer(b"", status=416, headers={"Content-Range": "bytes */8"})
    async with transfers_to(full) as (transfers, _odd):
        place = await transfers.download("f1", "a", tmp_path, keep=True)
    assert Path(place).read_bytes() == b"complete"


async def test_what_broke_off_stays_only_where_it_is_wanted(tmp_path: Path) -> None:
    for keep, left in ((False, []), (True, [".syncthing.teleteam-f1.tmp"])):
        async with transfers_to(
            drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n0123456789", b"x", 5)
        ) as (transfers, _odd):
            transfers._stall_seconds = 0.2
            with pytest.raises(TeleteamError):
                await transfers.download("f1", "a", tmp_path, keep=keep)
        assert os.listdir(tmp_path) == left


async def test_the_same_file_is_loaded_once_at_a_time(tmp_path: Path) -> None:
    first = Landing(tmp_path, "a", "f1")
    with pytest.raises(UserMistake, match=r"tele\.files\.busy"):
        Landing(tmp_path, "a", "f1")
    first.abandon()
    assert os.listdir(tmp_path) == []


async def test_a_planted_part_is_not_written_to(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    os.link(victim, tmp_path / ".syncthing.teleteam-f1.tmp")
    with pytest.raises(UserMistake, match=r"tele\.files\.denied"):
        Landing(tmp_path, "a", "f1")
    (tmp_path / ".syncthing.teleteam-f2.tmp").symlink_to(victim)
    with pytest.raises(TeleteamError):
        Landing(tmp_path, "a", "f2")
    assert victim.read_text() == "precious"


async def test_a_peek_takes_no_more_than_wanted(tmp_path: Path) -> None:
    async with transfers_to(answer(b"x" * 500_000)) as (transfers, odd):
        assert await transfers.peek("/files/f1", 100) == b"x" * 100
        assert odd.seen[0].headers["range"] == "bytes=0-99"
