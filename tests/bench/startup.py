"""From exec to the first useful screen, beside a bare Textual app in the same run; imports and memory.

The store is warm and the network is unplugged (nothing listens any more). The first useful screen is the
first frame on which a message of the channel can be read.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.bench import imports
from tests.bench.report import Table, ratio
from tests.bench.watched import Timed, Watched
from tests.budgets import screen
from tests.budgets.screen import Desk, Session
from tests.support.pty import PtyProgram

TIMES = 7
MARK = "the very last message"
"""What is looked for: it stands at the end of the open channel."""


def measure() -> list[Table]:
    with tempfile.TemporaryDirectory() as name, unplugged(Path(name)) as desk:
        lines = Path(name) / "lines"
        lines.write_text("\n".join([*[f"message {n} of a channel" for n in range(60)], MARK]))
        bare = [sys.executable, "-m", "tests.bench.bare_app", str(lines)]
        ours, theirs = _alternately(desk, desk.argv, bare)
        table = _times(ours, theirs)
        table.notes += [_imports_note(desk, Path(name) / "imports")]
        return [table, _memory(desk, bare), _version(Path(name))]


@contextmanager
def unplugged(directory: Path) -> Iterator[Desk]:
    """A desk whose store is full and whose server has gone."""
    with screen.a_desk(directory) as desk:
        with desk.program() as program:
            session = Session(desk, program)
            session.start()
            session.hear_now("town-square", MARK)
        desk.server.down()
        try:
            yield desk
        finally:
            desk.server.up()


def installed(directory: Path) -> dict[str, str]:
    """Environment in which modules are compiled once, as in an installed program, whatever ours says."""
    return {
        "HOME": str(directory),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(directory / "compiled"),
    }


def _alternately(desk: Desk, ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[Timed], list[Timed]]:
    found: tuple[list[Timed], list[Timed]] = ([], [])
    for number in range(TIMES + 1):
        for argv, times in zip((ours, theirs), found, strict=True):
            timed = once(desk, argv)
            if number:
                times.append(timed)
    return found


def once(desk: Desk, argv: Sequence[str], pattern: str = MARK) -> Timed:
    """One start, watched until it is silent."""
    with _watched(desk, argv) as program:
        program.watch(pattern)
        return program.timed(pattern)


@contextmanager
def _watched(desk: Desk, argv: Sequence[str]) -> Iterator[Watched]:
    with Watched(argv, env={"COLORTERM": "truecolor", **installed(desk.directory)}) as program:
        yield program
        program.send(screen.QUIT)
        program.wait_exit()


def _times(ours: Iterable[Timed], theirs: Iterable[Timed]) -> Table:
    mine, bare = list(ours), list(theirs)
    table = Table(
        "Start: from exec, warm store, network unplugged (best of 7, in turn)",
        ("what", "teleteam", "bare Textual, same panes", "ratio", "aim"),
    )
    rows: tuple[tuple[str, Callable[[Timed], float], str], ...] = (
        ("first byte, ms", lambda timed: timed.first_byte, "–"),
        ("first frame with anything on it, ms", lambda timed: timed.first_frame, "60 ms"),
        ("first useful screen, ms", lambda timed: timed.text, "×1.5"),
        ("complete, interactive screen, ms", lambda timed: timed.complete, "×1.3"),
        ("bytes until then", lambda timed: float(timed.bytes), "–"),
    )
    for title, pick, aim in rows:
        figure, baseline = min(map(pick, mine)), min(map(pick, bare))
        table.add(title, figure, baseline, ratio(figure, baseline), aim)
    return table


def _imports_note(desk: Desk, out: Path) -> str:
    """What of the network and the keyring was imported before the live screen, not the kept picture."""
    argv = [sys.executable, "-m", "tests.bench.imports", str(out), *desk.argv[3:]]
    with _watched(desk, argv) as program:
        program.watch(MARK)
        shown = program.begun + program.timed(MARK).complete / 1000
    found = imports.read(out)
    early = sorted({one.name.split(".")[0] for one in found if one.heavy and one.at < shown})
    before = sum(one.at < shown for one in found)
    others = sorted({one.name.split(".")[0] for one in found if one.heavy and one.thread == "MainThread"})
    return (
        f"Imports before the live screen: {before}; of network and keyring: {', '.join(early) or 'none'}; "
        f"ever on the screen's own thread: {', '.join(others) or 'none'}."
    )


def _memory(desk: Desk, bare: Sequence[str]) -> Table:
    """RSS when everything stands and the line is quiet."""
    table = Table("Memory after the start", ("what", "RSS, MB", "bare Textual", "ratio", "aim"))
    with _watched(desk, bare) as program:
        program.wait_text(MARK)
        program.quiet(1.0)
        baseline = resident(program)
    desk.server.up()
    with desk.program(env=installed(desk.directory)) as program:
        program.wait_text("online")
        program.quiet(4.0)
        figure = resident(program)
    desk.server.down()
    table.add("online, 80 channels, unread ones fetched", figure, baseline, ratio(figure, baseline), "90")
    table.notes = ["WeeChat with wee-most and 80 channels: 55.5 MB (measured earlier)."]
    return table


def resident(program: PtyProgram) -> float:
    """MB."""
    return float(psutil.Process(program.pid).memory_info().rss) / 1e6


def _version(directory: Path) -> Table:
    table = Table("The command line", ("what", "ms", "bare Python", "ratio"))
    env = {**os.environ, **installed(directory)}
    python = milliseconds([sys.executable, "-c", "pass"], env)
    for words in (["--version"], ["--help"]):
        figure = milliseconds([sys.executable, "-m", "tui", *words], env)
        table.add(f"teleteam {words[0]}", figure, python, ratio(figure, python))
    return table


def milliseconds(argv: Sequence[str], env: Mapping[str, str], times: int = 9) -> float:
    """Median of some runs, the first one left out."""
    taken = []
    for _ in range(times + 1):
        begun = time.perf_counter()
        subprocess.run(argv, check=True, stdout=subprocess.DEVNULL, env=env)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[1:])
