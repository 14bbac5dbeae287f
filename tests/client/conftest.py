from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.desk import Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Not started: reads and queues work, the engine does not exist yet."""
    with a_desk(tmp_path) as made:
        yield made


@pytest.fixture
def online(tmp_path: Path) -> Iterator[Desk]:
    """Started, with the noting engine."""
    with a_desk(tmp_path) as made:
        yield made.online()
