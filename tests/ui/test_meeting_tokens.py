"""A meeting's token is on no screen, in no copy and in no quote, wherever the post carries it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.makers import NOON, post
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, main_of, said, shows
from tui.core.models import Post
from tui.store import Tx
from tui.ui.messages import CopyWanted

SECRET = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"
LINK = f"https://meet.jit.si/Weekly?jwt={SECRET}"
AT = NOON + 8 * 60_000


def of_the_plugin() -> Post:
    attachment = {"title": "Join", "title_link": LINK, "text": f"Meeting ID: [abc]({LINK})", "fallback": LINK}
    props = {"meeting_link": LINK, "meeting_jwt": SECRET, "jwt_meeting": True, "attachments": [attachment]}
    message = f"Meeting started at {LINK}."
    return post("p8b", AT, user_id="rosa", type="custom_jitsi", message=message, props=props)


def by_hand() -> Post:
    return post("p8b", AT, user_id="rosa", message=f"Here it is: {LINK}")


def keep(stage: Stage, held: Post) -> None:
    def put(tx: Tx) -> None:
        tx.posts.put([held])
        tx.intervals.add("c1", (held.create_at, held.id), (NOON, "p2"))

    stage.put(put)


@pytest.mark.parametrize("make", [of_the_plugin, by_hand])
@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_g57_no_screen_shows_it(stage: Stage, make: Callable[[], Post], size: tuple[int, int]) -> None:
    keep(stage, make())
    async with stage.show(size) as (app, pilot):
        rows = main_of(app).timeline.list
        rows.focus()
        await until(lambda: rows.move_to("p8b"))
        screens = [said(app)]
        for keys, words in (("m", "Show the whole message"), ("enter", "The whole message")):
            await pilot.press(keys)
            screens.append(await shows(app, words))
        await pilot.press("escape", "escape")
        rows.focus()
        await pilot.press("o")
        screens.append(await until(lambda: said(app) if app.screen is not main_of(app) else ""))
        await pilot.press("escape")
        await pilot.press("r")
        screens.append(await shows(app, "Reply to Rosa"))
        assert not [screen for screen in screens if "eyJ" in screen or "c2lnbm" in screen]


@pytest.mark.parametrize("make", [of_the_plugin, by_hand])
async def test_g57_no_copy_and_no_quote_carries_it(stage: Stage, make: Callable[[], Post]) -> None:
    keep(stage, make())
    async with stage.show() as (app, pilot):
        rows = main_of(app).timeline.list
        rows.focus()
        await until(lambda: rows.move_to("p8b"))
        await pilot.press("c")
        copied = await until(lambda: [event.text for event in stage.seen if isinstance(event, CopyWanted)])
        await pilot.press("q")
        quoted = await until(lambda: main_of(app).composer.editor.text)
        assert "meet.jit.si/Weekly" in copied[0]
        assert "meet.jit.si/Weekly" in quoted
        assert "eyJ" not in copied[0] + quoted
