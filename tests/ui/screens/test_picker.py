"""One line to type in, a list to choose from."""

from __future__ import annotations

from tests.support.hostile import HOSTILE, raw_controls
from tests.ui.bare import LOOK
from tests.ui.stage import Stage, said, shows
from tui.ui.screens.picker import Offer, OfferPainter, Picker

FRUIT = [Offer("a", "Apple"), Offer("b", "Banana"), Offer("c", "Cherry")]


def find(text: str) -> list[Offer]:
    return [offer for offer in FRUIT if text.lower() in offer.title.lower()]


async def test_typing_narrows_and_enter_chooses(stage: Stage) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(Picker("Fruit", find), answers.append)
        await shows(app, "Banana")
        await pilot.press("n")
        await pilot.pause()
        assert "Apple" not in said(app).split("Fruit")[1]
        await pilot.press("enter")
        await pilot.pause()
        assert answers == ["b"]


async def test_what_is_typed_before_it_is_there_is_not_lost(stage: Stage) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(Picker("Fruit", find), answers.append)
        await pilot.press("c", "h", "enter")
        await pilot.pause()
        assert answers == ["c"]


async def test_arrows_move_and_each_row_is_told(stage: Stage) -> None:
    pointed: list[str] = []
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(Picker("Fruit", find, on_point=pointed.append), answers.append)
        await shows(app, "Banana")
        await pilot.press("down", "down", "up", "enter")
        await pilot.pause()
        assert answers == ["b"]
        assert pointed[-1] == "b"


async def test_nothing_found_and_escape(stage: Stage) -> None:
    answers: list[str | None] = []
    async with stage.show() as (app, pilot):
        app.push_screen(Picker("Fruit", find), answers.append)
        await shows(app, "Banana")
        await pilot.press("z")
        await shows(app, "Nothing found.")
        await pilot.press("escape")
        await pilot.pause()
        assert answers == [None]


def test_f49_hostile_offers_are_harmless() -> None:
    for text in HOSTILE:
        lines = OfferPainter().paint(Offer(text, text, text, "#"), 40, LOOK)
        assert raw_controls("".join(segment.text for line in lines for segment in line)) == []
