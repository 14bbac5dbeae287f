"""Byte budgets of the terminal lane: the whole program in a pty of 120×36, true colour, its default theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.budgets import screen
from tests.budgets.limits import PROGRAM, TERMINAL, Limit, over
from tests.budgets.screen import Desk, Figures

TIMES = 3


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with screen.a_desk(tmp_path) as made:
        yield made


def all_over(figures: Figures) -> list[str]:
    return over(figures.medians, TERMINAL) + over(figures.program, PROGRAM)


def test_the_budget_is_kept(desk: Desk) -> None:
    """Twice over is over: on a busy machine two small frames may be drawn where one would do."""
    assert (
        not all_over(screen.measured(desk, times=TIMES)) or all_over(screen.measured(desk, times=TIMES)) == []
    )


@pytest.mark.soak
def test_an_idle_minute_writes_nothing(desk: Desk) -> None:
    with desk.program() as program:
        session = screen.Session(desk, program)
        session.start()
        session.idle(60.0)
        assert session.figures.median("idle") <= TERMINAL["idle"].held


@pytest.mark.parametrize("limit", [*TERMINAL.values(), *PROGRAM.values()], ids=[*TERMINAL, *PROGRAM])
def test_a_missed_aim_has_its_reason(limit: Limit) -> None:
    assert limit.reached or limit.missed
