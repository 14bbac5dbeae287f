from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path, PurePath
from typing import Any

import pytest

from tests.client.desk import Desk, a_desk
from tests.support.makers import NOON, post
from tests.support.waiting import wait_until
from tui.core.changes import Change, ChangeKind
from tui.core.errors import Offline, Refused, UserMistake
from tui.core.models import FileInfo, Target
from tui.core.transfers import DONE, FAILED, PAUSED, RUNNING, WAITING

FILE = FileInfo("f1", "plan.pdf", size=2_000)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path) as made:
        online(made)
        yield made


def online(desk: Desk) -> None:
    desk.client.start()
    wait_until(lambda: desk.client.connection().live)


class Slow:
    """A download that waits for the test."""

    def __init__(self, desk: Desk) -> None:
        self.begun: Future[None] = Future()
        self.go_on = asyncio.Event()
        self.calls: list[tuple[Any, ...]] = []
        vars(desk.api)["download_file"] = self.download

    async def download(
        self, file_id: str, name: str, directory: PurePath, progress: Any, *, keep: bool
    ) -> PurePath:
        self.calls.append((file_id, name, str(directory), keep))
        progress(500, 2_000)
        if not self.begun.done():
            self.begun.set_result(None)
        await self.go_on.wait()
        return directory / name


def state(desk: Desk) -> str:
    (transfer,) = desk.client.files.transfers()
    return transfer.state


def test_a_download_is_shown_until_it_is_there(desk: Desk, tmp_path: Path) -> None:
    desk.api.answers["download_file"] = PurePath(tmp_path / "plan.pdf")
    desk.client.files.download(FILE, str(tmp_path))
    wait_until(lambda: state(desk) == DONE)
    (transfer,) = desk.client.files.transfers()
    assert (transfer.done, transfer.place) == (2_000, str(tmp_path / "plan.pdf"))
    wait_until(lambda: not desk.store.kept.get("downloads"))
    desk.client.files.cancel("f1")
    assert desk.client.files.transfers() == ()


def test_pausing_keeps_it_and_resuming_goes_on(desk: Desk, tmp_path: Path) -> None:
    slow = Slow(desk)
    desk.client.files.download(FILE, str(tmp_path))
    slow.begun.result(5)
    assert desk.client.files.is_moving()
    with pytest.raises(UserMistake, match=r"tele\.files\.busy"):
        desk.client.files.download(FILE, str(tmp_path))
    desk.client.files.pause("f1")
    assert state(desk) == PAUSED
    wait_until(lambda: '"plan.pdf"' in desk.store.kept.get("downloads"))
    desk.client.files.resume("f1")
    wait_until(lambda: len(slow.calls) == 2)
    assert slow.calls[1] == ("f1", "plan.pdf", str(tmp_path), True)
    desk.client.files.cancel("f1")
    wait_until(lambda: desk.client.files.transfers() == ())


def test_a_broken_line_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    desk.api.answers["download_file"] = Offline("reset")
    desk.client.files.download(FILE, str(tmp_path))
    wait_until(lambda: state(desk) == WAITING)
    desk.api.answers["download_file"] = PurePath(tmp_path / "plan.pdf")
    desk.client.base.hub.announce((Change(ChangeKind.CONNECTION),))
    wait_until(lambda: state(desk) == DONE)


def test_a_refusal_is_said_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    desk.api.answers["download_file"] = Refused("api.context.permissions.app_error")
    desk.client.files.download(FILE, str(tmp_path))
    wait_until(lambda: state(desk) == FAILED)
    (transfer,) = desk.client.files.transfers()
    assert transfer.reason == "api.context.permissions.app_error"


def test_what_was_left_goes_on_after_a_restart(tmp_path: Path) -> None:
    with a_desk(tmp_path) as before:
        before.client.files.download(FILE, str(tmp_path))
        wait_until(lambda: before.store.kept.get("downloads") != "")
    with a_desk(tmp_path) as after:
        after.api.answers["download_file"] = PurePath(tmp_path / "plan.pdf")
        assert state(after) == WAITING
        online(after)
        after.client.base.hub.announce((Change(ChangeKind.CONNECTION),))
        wait_until(lambda: state(after) == DONE)


def test_an_upload_shows_its_figures_and_is_paused(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.bin"
    file.write_bytes(b"x" * 1_000)
    desk.client.posts.send(Target("c1"), "see", [str(file)])
    (waiting,) = desk.client.files.transfers()
    assert (waiting.kind, waiting.state, waiting.size) == ("up", WAITING, 1_000)
    desk.api.moving[str(file)] = (250, 1_000)
    (moving,) = desk.client.files.transfers()
    assert (moving.state, moving.percent) == (RUNNING, 25)
    desk.api.moving.clear()
    desk.client.files.pause(moving.id)
    (paused,) = desk.client.files.transfers()
    assert paused.state == PAUSED
    desk.client.files.resume(moving.id)
    assert state(desk) == WAITING


def test_the_beginning_of_a_text(desk: Desk) -> None:
    text = "Grüße"
    desk.api.answers["fetch_file_start"] = text.encode()
    assert desk.client.files.text(FileInfo("f", "a.txt", size=7)).result(5) == (text, True)
    desk.api.answers["fetch_file_start"] = text.encode()[:3]
    assert desk.client.files.text(FileInfo("f", "a.txt", size=7)).result(5) == ("Gr", False)
    desk.api.answers["fetch_file_start"] = text.encode("cp1252")
    assert desk.client.files.text(FileInfo("f", "a.txt", size=5)).result(5) == (text, True)
    desk.api.answers["fetch_file_start"] = b"\x7fELF\0\0"
    with pytest.raises(UserMistake, match=r"tele\.files\.no_text"):
        desk.client.files.text(FileInfo("f", "a.out", size=6)).result(5)


def test_files_of_a_channel_and_search(desk: Desk) -> None:
    with_file = post("p9", NOON, files=(FILE,))
    desk.put(lambda tx: tx.posts.put([with_file]))
    found = desk.client.files.of_channel("c1")
    assert [(one.file.name, one.post_id) for one in found] == [("plan.pdf", "p9")]
    desk.api.answers["search_files"] = [FileInfo("f2", "old.txt", post_id="p1", channel_id="c1")]
    (hit,) = desk.client.files.search("old", "c1").result(5)
    assert (hit.file.id, hit.post_id) == ("f2", "p1")
    assert desk.api.calls("search_files")[0][1].startswith("old in:")
    desk.api.answers["search_files"] = Refused("x", status=501)
    assert desk.client.files.search("old").result(5) == ()
