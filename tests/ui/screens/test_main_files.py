"""Files of messages: the menu of a file, saving, the text, the small picture, the lists."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from tests.core.test_jpeg import FLAG
from tests.support.makers import NOON, post
from tests.support.waiting import until
from tests.ui.panels.test_post_view import point_at
from tests.ui.stage import SMALL, Stage, main_of, said, shows
from tui.core.errors import Offline
from tui.core.models import FileInfo
from tui.terminal.clipboard_file import NO_CLIPBOARD, NOTHING, Taken
from tui.terminal.session import Session, SessionKind

AT = NOON + 600_000
NOTES = FileInfo("n" * 26, "notes.txt", "txt", 2_000, "text/plain")
PHOTO = FileInfo("f" * 26, "flag.png", "png", 90_000, "image/png", 640, 480, has_preview_image=True)
MOVIE = FileInfo("m" * 26, "talk.mp4", "mp4", 80_000_000, "video/mp4")


def with_file(stage: Stage, file: FileInfo) -> None:
    stage.arrive(post("q", AT, user_id="ben", message="look", files=(file,)))


async def test_a_file_is_saved_where_downloads_go(stage: Stage, tmp_path: Path) -> None:
    with_file(stage, NOTES)
    stage.desk.api.answers["download_file"] = PurePath(tmp_path / "notes.txt")
    async with stage.show(SMALL) as (app, pilot):
        stage.client.start()
        await until(lambda: stage.client.connection().live)
        point_at(app, "q")
        await pilot.press("o")
        await shows(app, "notes.txt")
        await shows(app, "Save elsewhere")
        await pilot.press("enter")
        await shows(app, "Saved:")
        await pilot.press("alt+w")
        await shows(app, "↓ notes.txt")


async def test_a_large_one_is_asked_about(stage: Stage) -> None:
    with_file(stage, MOVIE)
    async with stage.show() as (app, pilot):
        point_at(app, "q")
        await pilot.press("o", "enter")
        await shows(app, "is much for this line")
        await pilot.press("escape")
        await pilot.pause()
        assert stage.desk.api.calls("download_file") == []


async def test_a_thin_line_asks_earlier(stage: Stage) -> None:
    with_file(stage, FileInfo("b" * 26, "b.zip", "zip", 3 * 2**20))
    stage.client.line.use("thin")
    async with stage.show() as (app, pilot):
        point_at(app, "q")
        await pilot.press("o", "enter")
        await shows(app, "is much for this line")


async def test_a_thin_line_says_what_a_look_costs(stage: Stage) -> None:
    with_file(stage, NOTES)
    stage.client.line.use("thin")
    async with stage.show() as (app, pilot):
        point_at(app, "q")
        await pilot.press("o")
        await shows(app, "loads about 2.0 kB")


async def test_a_text_is_read_without_saving_it(stage: Stage) -> None:
    with_file(stage, NOTES)
    stage.desk.api.answers["fetch_file_start"] = b"first line\n\x1b[31mred\nlast"
    async with stage.show() as (app, pilot):
        stage.client.start()
        point_at(app, "q")
        await pilot.press("o", *"text", "enter")
        await shows(app, "first line")
        screen = await shows(app, "this is the beginning")
        assert "\x1b" not in screen


async def test_a_picture_is_shown_on_request(stage: Stage) -> None:
    with_file(stage, PHOTO)
    stage.desk.api.answers["fetch_picture"] = FLAG
    async with stage.show() as (app, pilot):
        stage.client.start()
        assert stage.desk.api.calls("fetch_picture") == []
        point_at(app, "q")
        await pilot.press("o", *"picture", "enter")
        screen = await shows(app, "▀▀▀▀▀▀▀▀▀▀")
        assert "flag.png" in screen
        assert stage.desk.api.calls("fetch_picture") == [("f" * 26, "thumbnail")]


async def test_a_picture_that_cannot_be_shown(stage: Stage) -> None:
    with_file(stage, PHOTO)
    stage.desk.api.answers["fetch_picture"] = b"RIFF"
    async with stage.show() as (app, pilot):
        stage.client.start()
        point_at(app, "q")
        await pilot.press("o", *"picture", "enter")
        await shows(app, "cannot be shown here")


async def test_over_ssh_nothing_is_opened(stage: Stage) -> None:
    with_file(stage, NOTES)
    stage.session = Session(SessionKind.SSH)
    async with stage.show() as (app, pilot):
        point_at(app, "q")
        await pilot.press("o")
        await shows(app, "Its link")
        assert "open it" not in said(app)


async def test_the_files_of_a_channel_and_a_search(stage: Stage) -> None:
    with_file(stage, NOTES)
    stage.desk.api.answers["search_files"] = [
        FileInfo("o" * 26, "notes-old.txt", "txt", 5, channel_id="c1", post_id="q")
    ]
    async with stage.show() as (app, pilot):
        stage.client.start()
        await pilot.press("alt+v")
        await shows(app, "▤ notes.txt")
        await pilot.press(*"zzz")
        await shows(app, "No files here")
        await pilot.press("backspace", "backspace", "backspace", *"note", "enter")
        await shows(app, "▤ notes-old.txt")
        await pilot.press("down", "down", "enter")
        await shows(app, "Go to its message")


async def test_a_download_is_paused_and_given_up(stage: Stage) -> None:
    stage.desk.api.answers["download_file"] = Offline("reset")
    async with stage.show() as (app, pilot):
        stage.client.files.download(NOTES, "/nowhere")
        await pilot.press("alt+w")
        await shows(app, "waits for the")
        await pilot.press("enter", "enter")
        await shows(app, "paused")
        await pilot.press("enter")
        await shows(app, "Go on")
        await pilot.press("down", "enter")
        await shows(app, "No file is on its way.")


async def test_a_path_is_completed_and_ten_files_are_enough(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("x")
    (tmp_path / "reports").mkdir()
    async with stage.show() as (app, pilot):
        composer = main_of(app).composer
        composer.insert(f"/attach {tmp_path}/rep")
        await shows(app, "reports/")
        await pilot.press("down", "tab")
        await until(lambda: composer.editor.text == f"/attach {tmp_path}/report.txt")
        await pilot.press("escape", "enter")
        await until(lambda: composer.files == (str(tmp_path / "report.txt"),))
        for _number in range(9):
            assert composer.attach(str(tmp_path / "report.txt")) == ""
        assert "At most 10 files" in composer.attach(str(tmp_path / "report.txt"))


async def test_what_is_in_the_clipboard_is_attached(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"x")
    answers = [Taken((str(picture),)), Taken(problem=NOTHING), Taken(problem=NO_CLIPBOARD)]
    monkeypatch.setattr("tui.terminal.clipboard_file.take", lambda _where, _name: answers.pop(0))
    async with stage.show() as (app, pilot):
        await pilot.press("alt+z")
        await shows(app, "1 file: shot.png")
        await pilot.press("alt+z")
        await shows(app, "There is no picture and no file in the clipboard.")
        await pilot.press("alt+z")
        await shows(app, "The clipboard cannot be read from here")
