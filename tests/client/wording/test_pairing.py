"""In every language a card's text holds its values in the order in which they are checked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.test_pairing import CARDS, DIRECT, carded
from tui.client.wording.pairing import ARRIVALS, PLACES, STEPS, WRONG, card_text, step
from tui.core.pairing import Card, CardKind, Doubt, Found, matches, read
from tui.core.shared_paths import PathTrouble
from tui.core.sharing import Arrival, Step
from tui.settings import i18n


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.kind)
def test_each_text_is_the_card_in_each_language(card: Card, language: str) -> None:
    text = card_text(card)
    assert matches(card, text), language
    assert read(carded(card, message=text), DIRECT) == Found(card)
    assert len(text) < 1_000


def test_a_request_says_what_to_compare_and_what_to_do_without_teleteam() -> None:
    card = next(card for card in CARDS if card.kind is CardKind.REQUEST)
    text = card_text(card)
    assert card.device_id.split("-")[0] in text
    assert "Syncthing" in text
    assert "Enter" in text


def test_every_state_has_its_words() -> None:
    assert set(WRONG) == set(Doubt)
    assert set(PLACES) == set(PathTrouble)
    assert set(STEPS) == set(Step)
    assert set(ARRIVALS) == set(Arrival)
    assert "Ben" in step(Step.ACCEPTED, "Ben")
