"""All figures with their baselines: `python -m tests.bench [--quick] [part …]` prints them.

`--quick` leaves out the minute of load and the day. Parts: network, terminal, startup, load, day (needs TUN
devices), store, client; docs/bench.md is written only when none is named. Nothing here passes or fails:
budgets are tests (`tests/budgets`).
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path

from tests.bench import client, day, load, network, slow_line, startup, store, terminal
from tests.bench.report import Table, ratio

PAGE = Path(__file__).parents[2] / "docs" / "bench.md"


def main(argv: list[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--quick", action="store_true", help="without the minute of load")
    options.add_argument("parts", nargs="*")
    chosen = options.parse_args(argv)
    parts: dict[str, Callable[[], list[Table]]] = {
        "network": network.measure,
        "terminal": terminal.measure,
        "startup": startup.measure,
        "load": partial(load.measure, quick=chosen.quick),
        "day": lambda: [] if chosen.quick or not slow_line.permitted() else [day.table(day.spend())],
        "store": lambda: [_rows("The store beside bare sqlite3", store.measure())],
        "client": lambda: [_rows("Reading for the screen, 2,000 channels", client.measure())],
    }
    tables: list[Table] = []
    for name in chosen.parts or parts:
        for table in parts[name]():
            print(table.plain(), end="\n\n", flush=True)
            tables.append(table)
    if not chosen.parts:
        PAGE.write_text(_page(tables))
    return 0


def _rows(title: str, rows: Iterable[store.Row]) -> Table:
    table = Table(title, ("what", "figure", "baseline", "ratio", "unit"))
    for row in rows:
        table.add(row.name, float(row.figure), float(row.baseline), ratio(row.figure, row.baseline), row.unit)
    return table


def _page(tables: Iterable[Table]) -> str:
    head = (
        "# Measured\n\n"
        f"By `make bench` on {date.today().isoformat()}: {os.cpu_count()} cores, Linux, Python "
        f"{platform.python_version()}. Times swing with the machine, bytes and requests do not: those are "
        "held by the tests in `tests/budgets`.\n"
    )
    return "\n".join([head, *(table.markdown() + "\n" for table in tables)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
