"""A line of 64 kbit/s with 800 ms there and back: what is needed fits, and nobody waits for it.

Reckoned from counted bytes and requests, so it is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.budgets import journey
from tests.budgets.journey import Office
from tests.budgets.ledger import Cost
from tests.budgets.reader import reading

BYTES_A_SECOND = 64_000 / 8 * 0.95
"""One packet of twenty is sent again."""
ROUND_TRIP = 0.8
HANDSHAKES = 3
"""Round trips before the first request on a connection: TCP, and TLS with its worst luck."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with journey.an_office(tmp_path) as made:
        yield made


def seconds(cost: Cost) -> float:
    """How long it takes there, were every request to wait for the answer to the one before."""
    lines = cost.connections + cost.sockets
    trips = cost.requests + lines * HANDSHAKES + cost.sockets
    return trips * ROUND_TRIP + (cost.up + cost.down) / BYTES_A_SECOND


def test_c33_a_first_sync_fits(office: Office) -> None:
    """80 channels; the list names 50 and a minute."""
    start = journey.cold_start(office.home(), office.ledger)
    assert seconds(start.whole) <= 60
    assert seconds(start.ready) <= 30


def test_c33_reading_and_writing_wait_for_no_line(office: Office) -> None:
    """The server answers nothing at all: what is stored is there, what is written is queued and shown."""
    home = office.home()
    account = home.sign_in(office.ledger.url)
    with reading(home.open(account)) as reader:
        reader.wait(reader.is_ready)
        channel_id, stored = reader.channel_id, [row.post.id for row in reader.posts]
    office.server.faults.freeze()
    try:
        with reading(home.open(account)) as reader:
            reader.open(channel_id)
            assert [row.post.id for row in reader.posts] == stored
            reader.send("over a thin line")
            assert reader.posts[-1].pending is not None
            assert reader.posts[-1].post.message == "over a thin line"
    finally:
        office.server.faults.thaw()
