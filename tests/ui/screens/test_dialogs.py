"""The small dialogs: confirm, QR, the whole message, a file."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile import WORST_MESSAGES
from tests.support.makers import post
from tests.ui.stage import SMALL, Stage, said, shows
from tui.core.links import check_url
from tui.core.markdown import MarkdownContext
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.file_picker import FilePicker, entries
from tui.ui.screens.full_post import FullPost
from tui.ui.screens.qr import QrScreen


async def test_enter_is_yes_and_escape_is_no(stage: Stage) -> None:
    answers: list[bool | None] = []
    async with stage.show(SMALL) as (app, pilot):
        for key in ("enter", "escape"):
            app.push_screen(Confirm("Delete?", "It [/x] is gone then.", "Delete"), answers.append)
            await shows(app, "It [/x] is gone then.")
            await pilot.press(key)
            await pilot.pause()
        assert answers == [True, None]


async def test_a_code_for_the_phone(stage: Stage) -> None:
    async with stage.show((100, 40)) as (app, pilot):
        app.push_screen(QrScreen(check_url("https://meet.jit.si/Weekly?jwt=secret")))
        picture = await shows(app, "█")
        assert "secret" not in picture
        await pilot.press("escape")


async def test_a_window_too_small_for_the_code_says_what_it_needs(stage: Stage) -> None:
    async with stage.show((60, 16)) as (app, _pilot):
        app.push_screen(QrScreen(check_url("https://meet.example.org/" + "x" * 200)))
        await shows(app, "too small for the code")


async def test_a_whole_message_can_be_scrolled(stage: Stage) -> None:
    message = "\n".join(f"line {n}" for n in range(300))
    async with stage.show(SMALL) as (app, pilot):
        app.push_screen(FullPost(post("p", message=message), MarkdownContext()))
        await shows(app, "line 3")
        for _ in range(30):
            await pilot.press("down")
        await pilot.pause()
        assert "line 299" in said(app)


async def test_f54_worst_messages_can_be_shown_whole(stage: Stage) -> None:
    async with stage.show(SMALL) as (app, pilot):
        for name in ("table of 300 columns", "newlines", "stars", "nested images"):
            app.push_screen(FullPost(post("p", message=WORST_MESSAGES[name]), MarkdownContext()))
            await shows(app, "The whole message")
            await pilot.press("escape")
            await pilot.pause()


def test_entries_of_a_directory(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "plan.txt").touch()
    (tmp_path / ".hidden").touch()
    offers = entries(f"{tmp_path}/")
    assert [offer.title for offer in offers] == ["docs/", "plan.txt"]
    assert [offer.title for offer in entries(f"{tmp_path}/.h")] == [".hidden"]
    assert entries(f"{tmp_path}/nothing/at/all") == []


async def test_walking_to_a_file(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "plan.txt").touch()
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(FilePicker(), answers.append)
        await pilot.pause()
        await pilot.press(*f"{tmp_path}/do", "enter")
        await shows(app, "plan.txt")
        await pilot.press("enter")
        await pilot.pause()
        assert answers == [str(tmp_path / "docs" / "plan.txt")]
