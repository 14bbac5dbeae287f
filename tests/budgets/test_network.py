"""Byte and request budgets of the network lane, over the real client, the real wires and a counting proxy.

Nothing here depends on how fast it goes; bytes differ a little because times and ids compress differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.budgets import journey
from tests.budgets.journey import Office
from tests.budgets.ledger import Cost
from tests.budgets.limits import NETWORK, Limit, exceeded


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with journey.an_office(tmp_path) as made:
        yield made


@pytest.mark.parametrize("part", [journey.starts, journey.visits, journey.messages, journey.thin])
def test_the_budget_is_kept(office: Office, part: Callable[[Office], dict[str, Cost]]) -> None:
    """Twice over is over: on a busy machine a request may lose patience and take a line of its own."""
    assert not exceeded(part(office)) or exceeded(part(office)) == []


def test_gzip_is_asked_for_in_every_request(office: Office) -> None:
    cost = journey.cold_start(office.home(), office.ledger).whole
    assert cost.exchanges
    assert [str(one) for one in cost.exchanges if not one.asks_gzip] == []


def test_nobody_is_asked_for_one_by_one(office: Office) -> None:
    """No question about a single person; what is asked in bulk is asked at most twice."""
    cost = journey.token_start(office.home(), office.ledger).whole
    assert len(cost.only(["/users/ids"]).exchanges) <= 2
    singles = [one.path for one in cost.exchanges if one.method == "GET" and one.path.startswith("/users/")]
    assert all(path.startswith("/users/me") for path in singles)


@pytest.mark.parametrize("limit", NETWORK.values(), ids=NETWORK)
def test_a_missed_aim_has_its_reason(limit: Limit) -> None:
    assert limit.reached or limit.missed
