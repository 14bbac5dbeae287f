"""Fixtures of the store's tests: real files in a temporary directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.clock import FakeClock
from tui.store import Store


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "account"


@pytest.fixture
def store(directory: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(directory, clock=clock) as opened:
        yield opened
