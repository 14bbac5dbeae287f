from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.place import Place
from tui.demo import company
from tui.demo.server import DemoServer


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """Three people in one team with two channels; nobody acts."""
    made = DemoServer(1, company.small)
    made.start()
    yield made
    made.faults.thaw()
    made.stop()


@pytest.fixture
def place(tmp_path: Path, server: DemoServer) -> Place:
    return Place(tmp_path, server)


@pytest.fixture
def desk(place: Place) -> Place:
    """Where anna is signed in already."""
    place.sign_in()
    return place
