"""The garbage collector waits for the screen, and is on again afterwards whatever happens."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tui.cli import main
from tui.ui import collector


@pytest.fixture
def kept() -> Iterator[None]:
    """The tests' own collector, as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    gc.enable()


@pytest.mark.usefixtures("kept")
def test_what_stands_is_left_alone_and_the_rest_is_collected() -> None:
    gc.disable()
    collector.begin()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1_000
    assert gc.get_threshold() == collector.THRESHOLDS


@pytest.mark.usefixtures("kept")
def test_where_it_was_never_off_nothing_is_frozen() -> None:
    gc.enable()
    frozen = gc.get_freeze_count()
    collector.begin()
    assert gc.get_freeze_count() == frozen


def test_a_command_leaves_it_on(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert gc.isenabled()
    assert "teleteam" in capsys.readouterr().out
