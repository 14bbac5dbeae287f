"""All figures with their baselines: `python -m tests.bench [--quick] [--write] [part …]` prints them.

`--quick` leaves out the minute of load, the hour of use and the day. Parts: network, terminal, elsewhere (ssh
and tmux), startup, load, hour, day (needs TUN devices), folders, store, client. docs/bench.md gets
the sections of all parts when none is named, those of the named ones with `--write`. It fails where a budget
of bytes or requests is exceeded, never by a time; the same budgets are ordinary tests (`tests/budgets`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial

from tests.bench import (
    client,
    day,
    elsewhere,
    folders,
    hour,
    load,
    network,
    page,
    slow_line,
    startup,
    store,
    terminal,
)
from tests.bench.report import Table, ratio


def main(argv: list[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m tests.bench")
    options.add_argument("--quick", action="store_true", help="without what takes minutes")
    options.add_argument("--write", action="store_true", help="put the named parts into docs/bench.md")
    options.add_argument("parts", nargs="*")
    chosen = options.parse_args(argv)
    parts: dict[str, Callable[[], list[Table]]] = {
        "network": network.measure,
        "terminal": terminal.measure,
        "elsewhere": elsewhere.measure,
        "startup": startup.measure,
        "load": partial(load.measure, quick=chosen.quick),
        "hour": lambda: [] if chosen.quick else [hour.table(hour.spend())],
        "day": lambda: [] if chosen.quick or not slow_line.permitted() else [day.table(day.spend())],
        "folders": folders.measure,
        "store": lambda: [_rows("The store beside bare sqlite3", store.measure())],
        "client": lambda: [_rows("Reading for the screen, 2,000 channels", client.measure())],
    }
    exceeded: list[str] = []
    for name in chosen.parts or parts:
        tables = parts[name]()
        for table in tables:
            print(table.plain(), end="\n\n", flush=True)
            exceeded += table.exceeded
        if tables and (chosen.write or not chosen.parts):
            page.put(name, tables)
    for words in exceeded:
        print(f"Over its budget: {words}", file=sys.stderr)
    return 1 if exceeded else 0


def _rows(title: str, rows: Iterable[store.Row]) -> Table:
    table = Table(title, ("what", "figure", "baseline", "ratio", "unit"))
    for row in rows:
        table.add(row.name, float(row.figure), float(row.baseline), ratio(row.figure, row.baseline), row.unit)
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
