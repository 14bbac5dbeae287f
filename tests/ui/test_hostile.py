"""Acceptance F: what colleagues control, in every view of the whole screen at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests.support.hostile import BIDI, HOSTILE, LONG, UNICODE, raw_controls
from tests.support.makers import ME, NOON, channel, membership, post
from tests.ui.stage import PEOPLE, SMALL, WIDE, Stage, main_of, said, shows
from tui.core.changes import ChangeKind
from tui.core.folders import (
    DeviceState,
    DeviceView,
    FileError,
    FoldersLink,
    FoldersSnapshot,
    FolderState,
    FolderView,
)
from tui.core.models import CustomStatus, FileInfo, Reaction, Team
from tui.store import Tx
from tui.ui.app import TeleApp

SHORT = [text for text in HOSTILE if len(text) < 300]
BATCHES = [" ".join(SHORT[start : start + 8]) for start in range(0, len(SHORT), 8)]
"""Several in one field: each is as hostile beside the others, and a person's name may be all of them."""


def storable(text: str) -> str:
    """As a server can send it: JSON over UTF-8 has no lone surrogates."""
    return text.encode("utf-8", "replace").decode()


def infest(stage: Stage, text: str) -> None:
    """`text` in every field that somebody else controls."""
    evil = storable(text)
    people = [
        replace(u, first_name=evil, last_name="", nickname=evil, custom_status=CustomStatus("x", evil))
        for u in PEOPLE
        if u.id != ME
    ]

    def put(tx: Tx) -> None:
        tx.teams.replace([Team("t1", "nord", evil), Team("t2", "wien", evil)])
        tx.users.put([replace(u, update_at=NOON) for u in people])
        tx.channels.put(
            [channel("c1", name="town-square", display_name=evil, header=evil, purpose=evil, update_at=NOON)]
        )
        tx.memberships.put([membership("c1")])
        tx.posts.put(
            [
                post(
                    "p9",
                    NOON + 1_000_000,
                    user_id="ben",
                    message=evil,
                    file_ids=("f",),
                    files=(FileInfo("f", evil, evil),),
                    reactions=(Reaction("p9", "rosa", evil),),
                    props={"attachments": [{"title": evil, "text": evil, "footer": evil}]},
                )
            ]
        )

    stage.put(put)
    errors = (FileError(evil, evil),)
    snapshot = FoldersSnapshot(
        FoldersLink.OK,
        folders=(FolderView("f", evil, FolderState.STOPPED, error=evil, errors=errors, waits_for=(evil,)),),
        devices=(DeviceView("d", evil, DeviceState.SYNCING),),
        pending_devices=(("x", evil),),
    )
    stage.client.folders.publish(snapshot)
    stage.client.base.hub.say(ChangeKind.USERS)
    stage.client.notify(storable(text), kind="error")


async def visit(app: TeleApp, pilot: Pilot[int]) -> list[str]:
    """Every view that shows such texts, as text."""
    main = main_of(app)
    seen = [said(app)]
    for tab in ("members", "pinned", "folders"):
        await main.show_tab(tab)
        await pilot.pause()
        seen.append(said(app))
    main.focus_area("timeline")
    main.timeline.list.move_to("p9")
    await main.open_thread("p9")
    await pilot.pause()
    seen.append(said(app))
    for key in ("ctrl+k", "ctrl+p", "f1"):
        await pilot.press(key)
        await pilot.pause()
        seen.append(said(app))
        await pilot.press("escape")
    return seen


@pytest.mark.parametrize("text", BATCHES, ids=range(len(BATCHES)))
async def test_f49_f50_hostile_texts_in_every_view(stage: Stage, text: str) -> None:
    infest(stage, text)
    async with stage.show() as (app, pilot):
        await pilot.pause()
        for picture in await visit(app, pilot):
            assert raw_controls(picture) == []
        assert app.is_running
        assert app.return_code is None


async def test_f50_markup_is_shown_as_it_was_written(stage: Stage) -> None:
    infest(stage, "[/nope] [b]x[/b] $text")
    async with stage.show() as (app, _pilot):
        picture = await shows(app, "[/nope] [b]x[/b] $text")
        assert picture.count("[/nope]") >= 3


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_f51_columns_stand_whatever_the_text(stage: Stage, size: tuple[int, int]) -> None:
    async with stage.show(size) as (app, pilot):
        for text in (*UNICODE, *LONG, *BIDI):
            infest(stage, text)
            main_of(app).timeline.read()
            main_of(app).sidebar.read()
            await pilot.pause()
            strips = app.screen._compositor.render_strips(app.screen.size)
            assert {strip.cell_length for strip in strips} == {size[0]}
            assert {strip.crop(27, 28).text for strip in strips[: size[1] - 5]} == {"│"}
