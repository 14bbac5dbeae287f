"""Links by their number or their words."""

from __future__ import annotations

from tests.ui.stage import Stage, said, shows
from tui.ui.screens.link_list import LinkList
from tui.ui.screens.picker import Offer

LINKS = [Offer(str(n), f"https://host{n}.example/", f"Page {n}") for n in range(1, 13)]


async def test_a_number_that_can_mean_one_chooses_at_once(stage: Stage) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(LinkList("Links", LINKS), answers.append)
        await shows(app, "2 https://host2.example/")
        await pilot.press("2")
        await pilot.pause()
        assert answers == ["2"]


async def test_a_number_that_can_mean_more_waits(stage: Stage) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(LinkList("Links", LINKS), answers.append)
        await shows(app, "host2.example")
        await pilot.press("1")
        await pilot.pause()
        assert answers == []
        assert "host2.example" not in said(app)
        assert "host12.example" in said(app)
        await pilot.press("2")
        await pilot.pause()
        assert answers == ["12"]


async def test_words_search_in_address_and_text(stage: Stage) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(LinkList("Links", LINKS), answers.append)
        await shows(app, "host2.example")
        await pilot.press(*"page", "space", *"host7", "enter")
        await pilot.pause()
        assert answers == ["7"]
