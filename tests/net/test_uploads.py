from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tui.core.errors import Refused
from tui.core.models import FileInfo
from tui.demo import company
from tui.demo.server import DemoServer
from tui.net.mattermost import MattermostApi
from tui.net.uploads import PART


@asynccontextmanager
async def signed_in() -> AsyncIterator[tuple[MattermostApi, DemoServer, str]]:
    server = DemoServer(1, company.small)
    api = MattermostApi(server.start(), clock=FakeClock())
    try:
        signed = await api.login("anna", "anna")
        channels = server.world.channels.values()
        channel = next(one.id for one in channels if one.type == "O" and signed.user.id in one.members)
        yield api, server, channel
    finally:
        await api.close()
        server.stop()


def a_large_file(tmp_path: Path, size: int = PART + 300_000) -> Path:
    file = tmp_path / "large.bin"
    file.write_bytes(os.urandom(size))
    return file


def stored(server: DemoServer, info: FileInfo) -> bytes:
    return server.world.files[info.id].data


async def test_a_large_file_goes_in_parts(tmp_path: Path) -> None:
    file = a_large_file(tmp_path)
    steps: list[tuple[int, int]] = []
    sessions: list[str] = []

    async def begun(session: str) -> None:
        sessions.append(session)

    async with signed_in() as (api, server, channel):
        info = await api.upload_file(channel, file, lambda *step: steps.append(step), begun=begun)
        assert stored(server, info) == file.read_bytes()
        assert (info.name, info.size, len(sessions)) == ("large.bin", PART + 300_000, 1)
        assert server.world.uploads == {}
        assert api.uploads() == {}
    assert steps == sorted(steps)
    assert steps[-1] == (PART + 300_000, PART + 300_000)


async def test_a11_what_has_arrived_is_not_sent_again(tmp_path: Path) -> None:
    """The line is gone in the second part; another run goes on with the first one's session."""
    file = a_large_file(tmp_path)
    sessions: list[str] = []

    async def begun(session: str) -> None:
        sessions.append(session)

    def cut(done: int, _size: int) -> None:
        if done > PART:
            raise Refused("test.cut")

    async with signed_in() as (api, server, channel):
        with pytest.raises(Refused, match=r"test\.cut"):
            await api.upload_file(channel, file, cut, begun=begun)
        steps: list[int] = []
        info = await api.upload_file(
            channel, file, lambda done, _size: steps.append(done), session=sessions[0], begun=begun
        )
        assert steps[0] > PART
        assert stored(server, info) == file.read_bytes()
        assert len(sessions) == 1


async def test_a_session_that_has_gone_is_begun_anew(tmp_path: Path) -> None:
    file = a_large_file(tmp_path)
    async with signed_in() as (api, server, channel):
        info = await api.upload_file(channel, file, session="z" * 26)
        assert stored(server, info) == file.read_bytes()


async def test_a_session_of_another_size_is_not_gone_on_with(tmp_path: Path) -> None:
    small, large = a_large_file(tmp_path), tmp_path / "other"
    sessions: list[str] = []
    large.write_bytes(b"x" * (PART + 7))

    async def begun(session: str) -> None:
        sessions.append(session)

    def cut(_done: int, _size: int) -> None:
        raise Refused("test.cut")

    async with signed_in() as (api, server, channel):
        with pytest.raises(Refused, match=r"test\.cut"):
            await api.upload_file(channel, small, cut, begun=begun)
        info = await api.upload_file(channel, large, session=sessions[0])
        assert stored(server, info) == large.read_bytes()


async def test_a_part_that_was_written_down_late_is_not_sent_twice(tmp_path: Path) -> None:
    """Tried on a real server: it told the old place, while it was still writing what had arrived."""
    file = a_large_file(tmp_path)
    data = file.read_bytes()
    async with signed_in() as (api, server, channel):

        async def begun(session: str) -> None:
            row = server.world.uploads[session]
            server.call(lambda: row.data.extend(data[: PART + 1000]))

        info = await api.upload_file(channel, file, begun=begun)
        assert stored(server, info) == data


async def test_a_refusal_that_means_it_is_heard(tmp_path: Path) -> None:
    async with signed_in() as (api, server, channel):

        async def begun(session: str) -> None:
            row = server.world.uploads[session]
            server.call(lambda: setattr(row, "user_id", "z" * 26))

        with pytest.raises(Refused):
            await api.upload_file(channel, a_large_file(tmp_path), begun=begun)
