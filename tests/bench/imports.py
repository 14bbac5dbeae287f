"""Runs teleteam and writes down when, and on which thread, each module is imported.

`python -m tests.bench.imports FILE WORD…`: WORDs go to teleteam; FILE gets a line for each import: monotonic
seconds, thread, name.
"""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

HEAVY = ("httpx", "httpcore", "mattermostdriver", "keyring", "websockets", "requests", "h2", "ssl")


@dataclass(frozen=True, slots=True)
class Import:
    at: float
    thread: str
    name: str

    @property
    def heavy(self) -> bool:
        return self.name.split(".")[0] in HEAVY


def read(path: Path) -> list[Import]:
    found = (line.split("\t") for line in path.read_text().splitlines())
    return [Import(float(at), thread, name) for at, thread, name in found]


def _watch(path: str) -> None:
    out = Path(path).open("w", buffering=1)  # noqa: SIM115 - open as long as the process lives

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event == "import":
            out.write(f"{time.monotonic()}\t{threading.current_thread().name}\t{args[0]}\n")

    sys.addaudithook(hook)


if __name__ == "__main__":
    _watch(sys.argv[1])
    from tui.cli import main

    sys.exit(main(sys.argv[2:]))
