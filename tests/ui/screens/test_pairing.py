"""Pairing at the keyboard: cards in a direct message, the ID to compare, what hostile cards come to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.support.makers import ME, NOON, post
from tests.support.pretended_sharing import BENS, EVES, MINE, PretendedSharing, link_up, pretend
from tests.support.waiting import until
from tests.ui.stage import SMALL, WIDE, Stage, main_of, said, shows
from tui.client.pairing import Pairing
from tui.client.wording.pairing import card_text
from tui.core.device_ids import first_and_last
from tui.core.models import Post
from tui.core.pairing import PROP, Card, CardKind
from tui.ui.screens.pairing import DeviceScreen

ASKED = Card(CardKind.REQUEST, request="ab" * 16, device_id=BENS, name="bens-laptop")
SIZES = pytest.mark.parametrize("size", [SMALL, WIDE])


def carded(card: Card, ident: str = "k1", **fields: Any) -> Post:
    named = {"channel_id": "d1", "user_id": "ben", "message": card_text(card), "props": card.props()}
    return post(ident, NOON + 60_000, **{**named, **fields})


def with_card(stage: Stage, *posts: Post) -> PretendedSharing:
    sharing = pretend(stage.client)
    if posts:
        stage.arrive(*posts)
    return sharing


@SIZES
async def test_a_request_is_compared_and_accepted_with_two_keys(stage: Stage, size: tuple[int, int]) -> None:
    sharing = with_card(stage, carded(ASKED))
    first, last = first_and_last(BENS)
    async with stage.show(size) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.focus_area("timeline")
        await shows(app, "Enter: compare the ID")
        await pilot.press("enter")
        picture = await shows(app, "Accept, and send my ID back")
        assert "bens-laptop" in picture
        assert "From: Ben Osterhagen" in picture
        assert f"{first} … {last}" in picture
        assert sharing.asked == []
        await pilot.press("enter")
        await until(lambda: stage.client.outbox.all())
        assert sharing.asked == [("add", BENS, "bens-laptop", ())]
        answer = stage.client.outbox.all()[0]
        assert MINE in answer.text
        assert answer.target.channel_id == "d1"
        assert stage.client.pairing.owner_of(BENS) == "ben"


@SIZES
async def test_inviting_shows_my_id_first(stage: Stage, size: tuple[int, int]) -> None:
    sharing = with_card(stage)
    async with stage.show(size) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        await pilot.press("alt+y")
        picture = await shows(app, "Send my ID to Ben Osterhagen")
        assert MINE.split("-")[0] in picture
        assert "Show my ID as a QR code" in picture
        await pilot.press("enter")
        await until(lambda: stage.client.outbox.all())
        assert MINE in stage.client.outbox.all()[0].text
        assert PROP in stage.client.outbox.all()[0].props_json
        assert sharing.asked == []
        assert [peer.state for peer in stage.client.pairing.peers()] == ["asked"]


async def test_the_id_as_a_code_and_its_text(stage: Stage) -> None:
    with_card(stage)
    async with stage.show(WIDE) as (app, pilot):
        main_of(app).open_channel("d1")
        await pilot.press("alt+y")
        await shows(app, "Show my ID as a QR code")
        await pilot.press("down", "down", "down", "enter")
        picture = await shows(app, MINE)
        assert "█" in picture


async def test_an_id_typed_wrong_stays_in_the_dialog(stage: Stage) -> None:
    sharing = with_card(stage)
    async with stage.show(SMALL) as (app, pilot):
        main_of(app).open_channel("d1")
        await pilot.press("alt+y")
        await shows(app, "Type in the ID")
        await pilot.press("down", "down", "down", "down", "enter")
        await shows(app, "under “Actions”")
        await pilot.press(*"abc", "enter")
        await shows(app, "check digits")
        await pilot.press("backspace", "backspace", "backspace")
        for key in BENS.lower().replace("-", ""):
            await pilot.press(key)
        await pilot.press("enter")
        await until(lambda: sharing.asked)
        assert sharing.asked[0][:2] == ("add", BENS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"user_id": "rosa"}, "not of the person"),
        ({"edit_at": 7}, "edited afterwards"),
        ({"message": card_text(replace(ASKED, device_id=EVES))}, "says something else"),
        ({"props": {**ASKED.props(), "from_webhook": "true"}}, "A program wrote this card"),
        ({"channel_id": "c1"}, "direct messages only"),
    ],
)
async def test_hostile_cards_are_named_and_offer_nothing(
    stage: Stage, change: dict[str, Any], words: str
) -> None:
    sharing = with_card(stage, carded(ASKED, **change))
    async with stage.show(WIDE) as (app, pilot):
        main = main_of(app)
        main.open_channel(change.get("channel_id", "d1"))
        main.focus_area("timeline")
        picture = await shows(app, words)
        assert "Enter: compare" not in picture
        await pilot.press("G", "enter")
        await pilot.pause()
        assert not isinstance(app.screen, DeviceScreen)
        assert sharing.asked == []
        assert stage.client.outbox.all() == ()


async def test_an_answer_that_was_not_asked_for_cannot_be_accepted(stage: Stage) -> None:
    sharing = with_card(stage, carded(replace(ASKED, kind=CardKind.ANSWER)))
    async with stage.show(WIDE) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.focus_area("timeline")
        await shows(app, "An answer to a request")
        await pilot.press("enter")
        picture = await shows(app, "You did not send this request from here.")
        assert "Accept: finish" not in picture
        await pilot.press("escape")
        assert sharing.asked == []


async def test_my_own_request_is_taken_back(stage: Stage) -> None:
    mine = replace(ASKED, device_id=MINE, name="annas-laptop")
    with_card(stage, carded(mine, user_id=ME))
    async with stage.show(SMALL) as (app, pilot):
        main = main_of(app)
        main.open_channel("d1")
        main.focus_area("timeline")
        await shows(app, "Waiting for an answer")
        await pilot.press("enter")
        await shows(app, "Take the request back?")
        await pilot.press("enter")
        await until(lambda: stage.client.outbox.all())
        assert '"withdraw"' in stage.client.outbox.all()[0].props_json


async def test_a_pending_stranger_comes_with_a_warning(stage: Stage) -> None:
    sharing = with_card(stage)
    async with stage.show(WIDE) as (app, pilot):
        main_of(app).desks.pairing.ask_pending_device(EVES, "Ben\x1b[31m")
        picture = await shows(app, "Nobody has told you")
        assert "\x1b" not in picture
        await pilot.press("enter")
        await until(lambda: sharing.asked)
        assert sharing.asked == [("dismiss", EVES)]


async def test_unpairing_asks_and_says_so(stage: Stage) -> None:
    sharing = with_card(stage, carded(ASKED))
    stage.client.pairing.accept(stage.client.posts.get("k1") or carded(ASKED)).result(10)
    link_up(stage.client, BENS)
    async with stage.show(SMALL) as (app, pilot):
        main_of(app).perform("app.unpair")
        await shows(app, "bens-laptop")
        await pilot.press("enter")
        await shows(app, "End the pairing?")
        await pilot.press("enter")
        await until(lambda: ("remove", BENS) in sharing.asked)
        await until(lambda: not stage.client.pairing.peers())
        assert said(app)


async def test_pairings_are_still_known_the_next_time(stage: Stage) -> None:
    with_card(stage, carded(ASKED))
    stage.client.pairing.accept(stage.client.posts.get("k1") or carded(ASKED)).result(10)
    client = stage.client
    await until(lambda: BENS in client.base.store.kept.get("pairings"))
    again = Pairing(client.base, client.folders, client.posts, client.pairing._machines)
    assert [(peer.user_id, peer.device_id) for peer in again.peers()] == [("ben", BENS)]
