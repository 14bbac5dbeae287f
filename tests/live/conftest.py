"""The two people of the live walks, by the bare API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.company import Colleague, accounts


@pytest.fixture(scope="module")
def myself() -> Iterator[Colleague]:
    """The same person by the bare API: what the server really says."""
    made = Colleague(accounts()[0])
    yield made
    made.close()


@pytest.fixture(scope="module")
def colleague() -> Iterator[Colleague]:
    made = Colleague(accounts()[1])
    yield made
    made.close()
