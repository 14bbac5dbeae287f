"""What the network lane costs: the steps of `tests.budgets.journey`, beside their aims and peers.

With TELETEAM_LIVE_URL, _USER and _PASSWORD starts and idling are measured against a real server, too; nothing
is written there.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.report import Table, budget_table
from tests.budgets import journey
from tests.budgets.journey import Start
from tests.budgets.ledger import Cost, Ledger
from tests.budgets.limits import NETWORK, figures
from tests.budgets.reader import Home, Reader, reading

LIVE = ("TELETEAM_LIVE_URL", "TELETEAM_LIVE_USER", "TELETEAM_LIVE_PASSWORD")


def measure() -> list[Table]:
    with _directory() as directory, journey.an_office(directory) as office:
        costs = {
            **journey.starts(office),
            **journey.thin(office),
            **journey.visits(office),
            **journey.messages(office),
        }
    title = "Network: 80 channels, 2 teams, 68 people, on the demo server"
    tables = [budget_table(title, figures(costs), NETWORK), breakdown(costs["cold"])]
    return [*tables, live()] if all(os.environ.get(name) for name in LIVE) else tables


def breakdown(cost: Cost) -> Table:
    """Where the bytes of a start go."""
    table = Table("Where the bytes of a cold start go", ("request", "up, B", "down, B"))
    for one in cost.exchanges:
        parts = (part if len(part) != 26 else "{id}" for part in one.path.partition("?")[0].split("/"))
        table.add(f"{one.method} {'/'.join(parts)}", one.up, one.down)
    table.add("event socket", cost.socket_up, cost.socket_down)
    return table


def live() -> Table:
    """The same client at a real server: other data, so only its order of size can be compared."""
    url, user, password = (os.environ[name] for name in LIVE)
    table = Table(
        "Network: a real Mattermost",
        ("what", "requests", "TCP connections beside the socket", "down, B", "up, B"),
    )
    with _directory() as directory, Ledger(url) as ledger:
        home = Home(directory / "home", user, password)
        table.add("cold start, password", *_columns(journey.cold_start(home, ledger)))
        account = home.sign_in(ledger.url)
        ledger.wait_quiet()
        ledger.spent()
        with reading(home.open(account)) as reader:
            table.add("warm within five minutes", *_columns(journey.start(reader, ledger)))
            table.add("two idle minutes", *_cost(_idle(reader, ledger)))
    return table


def _idle(reader: Reader, ledger: Ledger) -> Cost:
    ledger.wait_quiet(4.0, between=reader.read)
    ledger.spent()
    end = time.monotonic() + 120
    reader.wait(lambda: time.monotonic() >= end, timeout=130)
    return ledger.spent()


def _columns(start: Start) -> tuple[int, int, int, int]:
    return _cost(start.whole)


def _cost(cost: Cost) -> tuple[int, int, int, int]:
    return cost.requests, cost.connections, cost.down, cost.up


@contextmanager
def _directory() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
