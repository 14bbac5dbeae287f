"""A day on the slow line: sign in, read, write, upload, lose the line for a minute, come back.

256 kbit/s, 300 ms there and back and 2 % loss; then 64 kbit/s, 800 ms, 5 %. The line is made of two TUN
devices (`slow_line`), so TCP is the kernel's. Keys are pressed all the time; what each step took and what it
cost on the network and on the terminal is a row of the table.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.load import echo
from tests.bench.report import Table
from tests.bench.slow_line import SlowLine, slow_line
from tests.budgets import screen, world
from tests.budgets.world import LOGIN, PASSWORD
from tests.support.pty import PtyProgram
from tui.demo.server import DemoServer

MORNING, EVENING = (256.0, 300.0, 2.0), (64.0, 800.0, 5.0)
"""kbit/s, milliseconds there and back, percent lost."""
UPLOAD = 5_000_000
LOST_SECONDS = 60.0
FILE = "plan.bin"
IDLE_KEYS = 25
MESSAGES = 10
"""What is written all day."""
QUICK_MS = 100.0
KEYS = "αβγδεζηθικλμνξοπρστυφχψω"


@dataclass
class Day:
    """What it cost: step, seconds, bytes down and up on the line, bytes to the terminal."""

    steps: list[tuple[str, float, int, int, int]] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    """Milliseconds from a key to its letter while nothing else happens: what the others are compared with."""
    echoes: list[float] = field(default_factory=list)
    """The same, all the rest of the day."""
    written: dict[str, list[str]] = field(default_factory=dict)
    arrived: dict[str, list[str]] = field(default_factory=dict)
    """What was written in each channel, and what of it the server has, in order and as often as it has it."""
    uploaded: list[int] = field(default_factory=list)
    """Bytes of each file of that name that the server has."""

    @property
    def slower(self) -> float:
        """How many times longer a key took than on the idle line of the same run, by the medians."""
        return statistics.median(self.echoes) / statistics.median(self.idle)


class Session:
    """One person at the program; each step is noted."""

    def __init__(self, day: Day, line: SlowLine, server: DemoServer) -> None:
        self.day, self.line, self.server = day, line, server
        self.program: PtyProgram | None = None
        self.channel = ""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        program, before, begun = self.program, self.line.count(), time.monotonic()
        shown = len(program.output) if program else 0
        yield
        spent, now = time.monotonic() - begun, self.line.count()
        drawn = len(self.at.output) - shown if self.program else 0
        costs = (now["down"] - before["down"], now["up"] - before["up"])
        self.day.steps.append((name, spent, *costs, drawn))

    @property
    def at(self) -> PtyProgram:
        assert self.program is not None
        return self.program

    def press_keys_until(self, probe: Callable[[], object], timeout: float) -> None:
        """Types, and takes it away again, until it is so."""
        deadline = time.monotonic() + timeout
        while not probe():
            assert time.monotonic() < deadline, f"still not so:\n{self.at.text()}"
            self.press(self.day.echoes)

    def press(self, echoes: list[float]) -> None:
        echoes.append(echo(self.at, KEYS[len(echoes) % len(KEYS)]))
        self.at.send(screen.BACKSPACE)
        time.sleep(0.2)

    def write(self, text: str) -> None:
        self.day.written.setdefault(self.channel, []).append(text)
        self.at.send(f"{text}\r")
        self.at.wait_text(text)

    def go(self, key: str) -> None:
        """To the channel before or after; from now on it is written there."""
        before = self.channel
        self.at.send(key)
        self.at.wait_text(f"To (?!{re.escape(before)})")
        self.at.quiet(1.0, timeout=60)
        to_composer(self.at)
        self.channel = target(self.at)
        assert self.channel != before, self.at.text()

    def have_arrived(self, channel: str = "") -> bool:
        """All that was written, or all that was written in one channel."""
        arrived = self.arrived()
        return all(
            arrived[name] == texts for name, texts in self.day.written.items() if channel in ("", name)
        )

    def arrived(self) -> dict[str, list[str]]:
        timelines = self.server.call(
            lambda: [[post.message for post in posts] for posts in self.server.world.timelines.values()]
        )
        return {
            name: [text for posts in timelines for text in posts if text in texts]
            for name, texts in self.day.written.items()
        }

    def files(self) -> list[int]:
        files = self.server.world.files
        return self.server.call(lambda: [len(file.data) for file in files.values() if file.name == FILE])


def spend(*, upload: int = UPLOAD, lost: float = LOST_SECONDS) -> Day:
    """Lives through it."""
    day, server = Day(), world.serve()
    server.start()
    try:
        port = urlsplit(server.url).port or 80
        with tempfile.TemporaryDirectory() as name, slow_line(port) as line:
            _live(Session(day, line, server), Path(name), upload, lost)
    finally:
        server.stop()
    return day


def _live(session: Session, directory: Path, upload: int, lost: float) -> None:
    day, line = session.day, session.line
    argv = [sys.executable, "-m", "tui", "--config-dir", str(directory / "profile")]
    line.shape(*MORNING)
    with session.step("sign in"):
        words = ["login", line.url, "--login-id", LOGIN, "--password-stdin", "--token-file"]
        subprocess.run([*argv, *words], input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)
    with PtyProgram(argv, env={"HOME": str(directory), "COLORTERM": "truecolor"}) as program:
        with session.step("start: channels, people, messages"):
            program.wait_text(r"● online.*", timeout=60)
            program.wait_text(r"\d\d:\d\d", timeout=60)
            session.program = program
        program.quiet(3.0, timeout=60)
        _read(session)
        for _ in range(IDLE_KEYS):
            session.press(day.idle)
        with session.step("write three messages"):
            for number in range(3):
                session.write(f"morning {number}")
            session.press_keys_until(session.have_arrived, 60)
        _upload(session, directory, upload, lost)
        line.shape(*EVENING)
        with session.step("64 kbit/s: write two messages"):
            for number in range(2):
                session.write(f"evening {number}")
            session.press_keys_until(session.have_arrived, 120)
        with session.step("64 kbit/s: a channel never seen"):
            program.send(screen.UP)
            program.quiet(2.0, timeout=120)
        program.send(screen.QUIT)
        program.wait_exit()
    day.arrived, day.uploaded = session.arrived(), session.files()


def _read(session: Session) -> None:
    program = session.at
    with session.step("read: four channels and two pages"):
        for key in (screen.UP, screen.UP, screen.DOWN, screen.DOWN):
            program.send(key)
            program.quiet(1.0, timeout=60)
        program.send(screen.PAGE_UP)
        program.send(screen.PAGE_UP)
        program.quiet(1.0, timeout=60)
    to_composer(program)
    session.channel = target(program)


def target(program: PtyProgram) -> str:
    """Whom the composer names."""
    found = re.search(r"To (\S+)", program.text())
    assert found, program.text()
    return found[1]


def to_composer(program: PtyProgram) -> None:
    """A letter typed among the messages does nothing; F6 goes round the areas until one is echoed."""
    for _ in range(5):
        start = len(program.output)
        program.send(KEYS[0])
        program.quiet(0.5)
        if KEYS[0].encode() in program.output[start:]:
            program.send(screen.BACKSPACE)
            return
        program.send("\x1b[17~")
        program.quiet(0.5)
    raise AssertionError(f"no composer:\n{program.text()}")


def _upload(session: Session, directory: Path, size: int, lost: float) -> None:
    """The line is lost when half of the file has gone; what is written elsewhere does not wait for it."""
    file = directory / FILE
    file.write_bytes(bytes(n * n % 251 for n in range(1000)) * (size // 1000))
    begun = session.line.count()["up"]
    with session.step(f"upload {size / 1e6:.1f} MB, the first half; two messages elsewhere"):
        _attach(session.at, file)
        session.write("the plan")
        session.go(screen.DOWN)
        for number in range(2):
            session.write(f"meanwhile {number}")
        session.press_keys_until(partial(session.have_arrived, session.channel), 120)
        session.press_keys_until(lambda: session.line.count()["up"] - begun > size / 2, 600)
    assert not session.files(), "the file was there before the line was cut"
    _lose(session, lost)
    with session.step("the rest of the upload"):
        session.press_keys_until(lambda: session.files() and session.have_arrived(), 900)


def _attach(program: PtyProgram, file: Path) -> None:
    """Puts a file to the message; a thin line asks first whether so much is meant."""
    program.send(f"/attach {file}\r")
    asked = "much for this line"
    if asked in program.wait_text(f"{asked}|To [^\n]*{file.name}"):
        program.send("\r")
        program.wait_text(f"To [^\n]*{file.name}")


def _lose(session: Session, seconds: float) -> None:
    """Nothing passes for a minute; what is written meanwhile goes out afterwards."""
    end = time.monotonic() + seconds
    with session.step(f"no line for {seconds:.0f} s: two messages written"):
        session.line.cut()
        for number in range(2):
            session.write(f"without a line {number}")
        server = session.server
        world.say(server, world.channel_id(server, "town-square"), "missed by nobody")
        session.press_keys_until(lambda: time.monotonic() >= end, seconds + 30)
    with session.step("the line is back: all is sent, all is fetched"):
        session.line.mend()
        session.press_keys_until(partial(session.have_arrived, session.channel), 180)
        session.press_keys_until(lambda: "● online" in session.at.text(), 120)


def table(day: Day) -> Table:
    made = Table(
        "A day on the slow line (256 kbit/s, 300 ms, 2 % loss; then 64 kbit/s, 800 ms, 5 %)",
        ("what", "seconds", "down, B", "up, B", "to the terminal, B"),
    )
    for step in day.steps:
        made.add(*step)
    ordered = sorted(day.echoes)
    quick = sum(1 for taken in ordered if taken <= QUICK_MS)
    count = sum(map(len, day.written.values()))
    made.notes = [
        f"Keys: {len(ordered)} pressed, {quick} of them answered within {QUICK_MS:.0f} ms; "
        f"{statistics.median(ordered):.0f} ms (median, {day.slower:.1f} times that of the idle line before), "
        f"{ordered[int(len(ordered) * 0.99)]:.0f} ms (99 of 100), {ordered[-1]:.0f} ms (the slowest).",
        f"Written {count}, arrived {sum(map(len, day.arrived.values()))}, once each and in their order: "
        f"{'yes' if day.arrived == day.written else 'no'}; the file: "
        f"{', '.join(f'{size:,} B' for size in day.uploaded)}.",
        "Bytes on the line are IP packets with their heads, retransmits too; TCP runs over two TUN devices.",
    ]
    return made


if __name__ == "__main__":
    print(table(spend()).plain())
