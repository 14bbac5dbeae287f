"""A meeting's token is on no screen, in no copy and in no quote, wherever the post carries it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.makers import ME, NOON, direct, membership, post
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, main_of, said, shows
from tui.core.links import check_url
from tui.core.models import Post
from tui.core.opening import request_for
from tui.store import Tx
from tui.terminal.session import Session, SessionKind
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


async def test_g57_what_is_sent_to_oneself_is_the_shown_link(stage: Stage) -> None:
    stage.session = Session(SessionKind.SSH, env={"TERM": "xterm-256color"})
    stage.put(lambda tx: tx.channels.put([direct("d0", ME)]))
    stage.put(lambda tx: tx.memberships.put([membership("d0")]))
    async with stage.show((80, 30)) as (app, pilot):
        main_of(app).desks.ladder.open_request(request_for(check_url(LINK)))
        picture = await shows(app, "Send it to myself as a message")
        assert "eyJ" not in picture
        row = next(line for line in picture.splitlines() if "Send it to myself" in line)
        await pilot.press(row.strip("│ ›")[0])
        await shows(app, "Sent to yourself")
        (sent,) = stage.desk.store.outbox.all()
        assert (sent.target.channel_id, sent.text) == ("d0", "https://meet.jit.si/Weekly")
        assert "eyJ" not in repr(sent)
