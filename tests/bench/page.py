"""docs/bench.md: one section for each part of the bench, between marks; what else is there is kept."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tests.bench.report import Table

PAGE = Path(__file__).parents[2] / "docs" / "bench.md"
HEAD = "# Measured\n\n"


def put(part: str, tables: Iterable[Table], page: Path = PAGE) -> None:
    """Replaces the section of one part, or adds it at the end."""
    text = page.read_text() if page.exists() else HEAD
    section = (
        f"{_mark(part)}\n{_told()}\n\n" + "".join(f"{one.markdown()}\n\n" for one in tables) + _end(part)
    )
    found = re.compile(f"{re.escape(_mark(part))}.*?{re.escape(_end(part))}", re.S)
    if found.search(text):
        page.write_text(found.sub(lambda _match: section, text))
    else:
        page.write_text(f"{text.rstrip()}\n\n{section}\n")


def _told() -> str:
    load = os.getloadavg()[1]
    return (
        f"Measured {date.today().isoformat()} on {os.cpu_count()} cores, Linux, Python "
        f"{platform.python_version()}; load of the machine (five minutes): {load:.1f}."
    )


def _mark(part: str) -> str:
    return f"<!-- {part} -->"


def _end(part: str) -> str:
    return f"<!-- end of {part} -->"
