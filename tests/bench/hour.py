"""Memory after an hour of use, compressed into some minutes: 80 channels, as much done as in an hour.

Each minute of it: two channels are visited, a page is read upwards, ten messages arrive in many channels,
one is written, now and then the palette, the search or help is opened.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.day import to_composer
from tests.bench.flood_server import FloodServer, served
from tests.bench.report import Table
from tests.bench.startup import installed, resident
from tests.budgets import screen
from tests.budgets.reader import Home
from tests.support.pty import PtyProgram

MINUTES = 60
ARRIVING = 10
"""Messages a minute."""
ESC, CTRL_K, CTRL_P, F1 = "\x1b", "\x0b", "\x10", "\x1bOP"
AIM_MB = 90.0


@dataclass(frozen=True, slots=True)
class Hour:
    """MB resident: when all stands, after each quarter of the hour; messages and visits meanwhile."""

    quarters: tuple[float, ...]
    arrived: int
    visited: int
    written: int


def spend(minutes: int = MINUTES) -> Hour:
    with tempfile.TemporaryDirectory() as name, served() as server:
        home = Home(Path(name) / "profile")
        home.sign_in(server.url)
        argv = [sys.executable, "-m", "tui", "--config-dir", str(Path(name) / "profile")]
        with PtyProgram(argv, env={"COLORTERM": "truecolor", **installed(Path(name))}) as program:
            found = _use(program, server, minutes)
            program.send(screen.QUIT)
            program.wait_exit()
    return found


def _use(program: PtyProgram, server: FloodServer, minutes: int) -> Hour:
    program.wait_text("online", timeout=60)
    program.quiet(4.0, timeout=60)
    sizes = [resident(program)]
    for minute in range(1, minutes + 1):
        _minute(program, server, minute)
        if minute % max(1, minutes // 4) == 0:
            program.quiet(1.0, timeout=60)
            sizes.append(resident(program))
    return Hour(tuple(sizes), minutes * ARRIVING, minutes * 2, minutes)


def _minute(program: PtyProgram, server: FloodServer, minute: int) -> None:
    for number in range(ARRIVING):
        server.ask(f"say first-{(minute * 7 + number) % 25}")
    for key in (screen.DOWN, screen.PAGE_UP, screen.DOWN):
        program.send(key)
        program.quiet(0.2)
    to_composer(program)
    program.send(f"minute {minute}\r")
    program.quiet(0.2)
    if minute % 5 == 0:
        for key in (CTRL_K, CTRL_P, F1):
            program.send(key)
            program.quiet(0.3)
            program.send(ESC)
            program.quiet(0.3)


def table(hour: Hour) -> Table:
    made = Table("Memory after an hour of use, compressed", ("what", "RSS, MB", "aim"))
    made.add("everything stands, 80 channels", hour.quarters[0], "–")
    for number, size in enumerate(hour.quarters[1:], start=1):
        last = number == len(hour.quarters) - 1
        made.add(f"after {number * 15} minutes of use", size, f"{AIM_MB:.0f}" if last else "–")
    made.notes = [
        f"{hour.arrived} messages arrived, {hour.visited} channels were visited, {hour.written} messages "
        "written; palette, switcher and help opened now and then."
    ]
    return made
