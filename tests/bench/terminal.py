"""What the terminal lane costs: our driver, Textual's own in the same run, bare WeeChat if there is one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.bench.report import Table, budget_table
from tests.budgets import screen
from tests.budgets.limits import PROGRAM, TERMINAL
from tests.budgets.screen import TYPED, Figures
from tests.support.pty import PtyProgram

IDLE = 60.0


def measure(*, idle: float = IDLE) -> list[Table]:
    thin, stock = _ours("tui", idle), _ours("tests.bench.stock_driver", idle)
    beside: dict[str, Mapping[str, int]] = {"Textual's driver, same run": stock.medians}
    if shutil.which("weechat-curses") or shutil.which("weechat"):
        beside["bare WeeChat, same run"] = weechat(idle)
    title = "Terminal: bytes written to 120×36, true colour, median of five"
    return [
        budget_table(title, thin.medians, TERMINAL, beside),
        budget_table("The whole program on the network", thin.program, PROGRAM),
    ]


def _ours(module: str, idle: float) -> Figures:
    with tempfile.TemporaryDirectory() as name, screen.a_desk(Path(name), module) as desk:
        return screen.measured(desk, idle=idle)


def weechat(idle: float) -> dict[str, int]:
    """What works without a server: start, typing, scrolling back over text, doing nothing."""
    with tempfile.TemporaryDirectory() as home:
        command = ["weechat", "--dir", home, "--run-command", "/set weechat.look.paste_max_lines -1"]
        with PtyProgram(command, env={"HOME": home, "COLORTERM": "truecolor"}) as program:
            program.quiet(1.0)
            figures = {"start": len(program.output), "key": _weechat_key(program)}
            figures["page_up"] = _weechat_page(program)
            figures["idle"] = _idle(program, idle)
            program.send("/quit\r")
            program.wait_exit()
    return figures


def _weechat_key(program: PtyProgram) -> int:
    program.mark()
    for key in TYPED:
        program.send(key)
        program.quiet(0.02)
    figure = round(program.since_mark / len(TYPED))
    program.send(screen.BACKSPACE * len(TYPED))
    program.quiet(0.5)
    return figure


def _weechat_page(program: PtyProgram) -> int:
    for number in range(80):
        words = " ".join(str(number * step % 9973) for step in range(101, 117))
        program.send(f"/print {words}\r")
        program.quiet(0.03)
    program.send(screen.PAGE_UP)
    program.quiet(0.5)
    program.mark()
    program.send(screen.PAGE_UP)
    program.quiet(0.5)
    return program.since_mark


def _idle(program: PtyProgram, seconds: float) -> int:
    program.quiet(1.0)
    program.mark()
    time.sleep(seconds)
    return program.since_mark
