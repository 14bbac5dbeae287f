"""The line above the messages."""

from __future__ import annotations

from tests.support.makers import channel, membership
from tests.ui.stage import Stage, main_of, said, shows


def first(picture: str) -> str:
    return picture.split("\n")[0]


async def test_title_header_and_member_count(stage: Stage) -> None:
    async with stage.show() as (app, _pilot):
        picture = first(await shows(app, "4 members"))
        assert "# Town Square  │  News for all 🎉" in picture


async def test_a_direct_channel_shows_presence(stage: Stage) -> None:
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("d2")
        await pilot.pause()
        assert "◑ Rosa Übelhör" in first(said(app))
        assert "member" not in first(said(app))


async def test_archived_and_muted_are_words(stage: Stage) -> None:
    muted = {"mark_unread": "mention"}
    stage.put(
        lambda tx: tx.channels.put([channel("c2", name="dev", display_name="Old", delete_at=5, update_at=9)]),
        lambda tx: tx.memberships.put([membership("c2", notify_props=muted)]),
    )
    async with stage.show() as (app, pilot):
        main_of(app).open_channel("c2")
        await pilot.pause()
        assert "archived" in first(said(app))
        assert "∅ muted" in first(said(app))
