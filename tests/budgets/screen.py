"""The whole program in a terminal of 120×36, action by action: what each one writes.

The bench prints these figures, the tests hold them to their budgets. The workspace is the one of the network
budgets; the side panel shows the demo's folders, and nobody acts but us.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.budgets import world
from tests.budgets.ledger import Cost, Ledger
from tests.budgets.reader import Home
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.demo import shared_folders
from tui.demo.server import DemoServer
from tui.demo.syncthing import DemoSyncthing

TYPED = "Hello this is a text of forty characters"
UP, DOWN = "\x1b[1;3A", "\x1b[1;3B"
"""Alt and an arrow: the channel before, the next one."""
PAGE_UP, TAB, BACKSPACE, QUIT = "\x1b[5~", "\t", "\x7f", "\x11"
TIMES = 5
"""Each action is done so often; the median counts."""
SIDEBAR = 27
"""Columns."""
SETTLED = 0.6
"""Seconds of silence after which an action is over."""


@dataclass
class Figures:
    """Bytes of each action, single ones; and what the start cost on the network."""

    bytes: dict[str, list[int]] = field(default_factory=dict)
    cold: Cost = field(default_factory=Cost)
    warm: Cost = field(default_factory=Cost)

    def median(self, name: str) -> int:
        return round(statistics.median(self.bytes[name]))

    @property
    def medians(self) -> dict[str, int]:
        return {name: self.median(name) for name in self.bytes}

    @property
    def program(self) -> dict[str, int]:
        """What the whole program's start costs on the network; keys as in `limits.PROGRAM`."""
        return {
            "cold.requests": self.cold.requests,
            "cold.connections": self.cold.connections,
            "warm.requests": self.warm.requests,
            "warm.down": self.warm.down,
        }


@dataclass
class Desk:
    """Somebody who is signed in, with everything around them."""

    server: DemoServer
    ledger: Ledger
    directory: Path
    module: str = "tui"
    """What is run."""
    folders: DemoSyncthing = field(default_factory=DemoSyncthing)
    """Its Syncthing."""

    @property
    def argv(self) -> list[str]:
        return [sys.executable, "-m", self.module, "--config-dir", str(self.directory / "profile")]

    @contextmanager
    def program(self, *options: str, env: Mapping[str, str] | None = None) -> Iterator[PtyProgram]:
        """The program, running; it is told to leave at the end."""
        around = {"HOME": str(self.directory), "COLORTERM": "truecolor", **(env or {})}
        with PtyProgram([*self.argv, *options], env=around) as program:
            yield program
            program.send(QUIT)
            program.wait_exit()


@contextmanager
def a_desk(directory: Path, module: str = "tui") -> Iterator[Desk]:
    server, folders = world.serve(), DemoSyncthing()
    shared_folders.furnish(folders)
    server.start()
    folders.start()
    try:
        with Ledger(server.url) as ledger:
            desk = Desk(server, ledger, directory, module, folders)
            home = Home(directory / "profile")
            home.sign_in(ledger.url)
            place = folders.write_config(directory / "syncthing")
            home.paths.config_file.write_text(f'[syncthing]\nconfig = "{place}"\n')
            home.paths.config_file.chmod(0o600)
            ledger.spent()
            yield desk
    finally:
        server.stop()
        folders.stop()


class Session:
    """One run of the program. Each method is one action and notes what it wrote."""

    def __init__(self, desk: Desk, program: PtyProgram) -> None:
        self.desk, self.program = desk, program
        self.figures = Figures()
        self._count = 0

    def start(self) -> None:
        """From nothing to a screen that is complete and live."""
        self.program.wait_text("online")
        self._rest()
        self._note("start", len(self.program.output))
        self.figures.warm = self.desk.ledger.spent()

    def type(self) -> None:
        """Forty characters into the composer, one by one."""
        self.program.mark()
        for key in TYPED:
            before = self.program.since_mark
            self.program.send(key)
            wait_until(lambda before=before: self.program.since_mark > before, interval=0.002)  # type: ignore[misc]
            self.program.quiet(0.02)
        self._note("key", round(self.program.since_mark / len(TYPED)))
        self.program.send(BACKSPACE * len(TYPED))
        self._rest()

    def message(self) -> None:
        """A colleague writes 60 characters in the open channel; with being marked as read."""
        text = self._text()
        self._action(
            "message", lambda: self._hear("town-square", text), lambda: self._shows(text) and self._told()
        )

    def hear_now(self, channel: str, text: str) -> None:
        """A colleague writes in the open channel, and it is on the screen."""
        self._hear(channel, text)
        wait_until(lambda: text in self.program.text())
        self._rest()

    def badge(self) -> None:
        """A colleague writes in another channel that is in sight, where nothing was unread."""
        channel = self._read_channel()
        self._action("badge", lambda: self._hear(channel, self._text()))

    def _read_channel(self) -> str:
        rows = [row[:SIDEBAR] for row in self.program.text().splitlines()]
        titles = self.desk.server.call(self._titles)
        found = (name for name, title in titles.items() for row in rows if title in row and "•" not in row)
        return next(found)

    def _titles(self) -> dict[str, str]:
        """Channels of the first team, by name."""
        channels = self.desk.server.world.channels.values()
        return {one.name: one.display_name for one in channels if one.name.startswith("first-")}

    def switch(self, key: str, name: str) -> None:
        """To the next channel; its messages are on the screen and the line is quiet."""
        self._action(name, lambda: self.program.send(key))

    def go_back(self) -> None:
        """To the channel of the beginning: the next run opens where this one ends."""
        self.program.send(DOWN)
        self._rest()

    def page_up(self) -> None:
        self._action("page_up", lambda: self.program.send(PAGE_UP))

    def focus(self) -> None:
        self._action("focus", lambda: self.program.send(TAB))

    def sync(self, step: int) -> None:
        """A folder in the side panel comes further: its per cent, what is missing, the rate."""
        demo = self.desk.folders
        folder = demo.folders["zeichn-26"]

        def further() -> None:
            folder.need_files, folder.need_bytes = 9 - step, folder.bytes * (9 - step) // 10
            if folder.state != "syncing":
                demo.change_state(folder, "syncing")
            demo.summarise(folder)

        self._action("sync", lambda: demo.call(further))

    def synced(self) -> None:
        """The folder is up to date again."""
        demo = self.desk.folders
        folder = demo.folders["zeichn-26"]

        def done() -> None:
            folder.need_files = folder.need_bytes = 0
            demo.change_state(folder, "idle")
            demo.summarise(folder)

        self._action("synced", lambda: demo.call(done))

    def idle(self, seconds: float) -> None:
        """Nothing happens; a clock is all there is to wait for."""
        end = time.monotonic() + seconds
        self.program.mark()
        wait_until(lambda: time.monotonic() >= end, timeout=seconds + 5, interval=0.1)
        self._note("idle", self.program.since_mark)

    def _action(self, name: str, do: Callable[[], object], probe: Callable[[], object] | None = None) -> None:
        self.program.mark()
        do()
        wait_until(probe or (lambda: self.program.since_mark), timeout=20)
        self._rest()
        self._note(name, self.program.since_mark)
        self._count += 1

    def _rest(self) -> None:
        """Waits until neither the line nor the terminal has heard anything for a while."""
        written, since = -1, 0.0

        def silent() -> bool:
            nonlocal written, since
            if len(self.program.output) != written:
                written, since = len(self.program.output), time.monotonic()
            return time.monotonic() - since >= SETTLED

        self.desk.ledger.wait_quiet(SETTLED, between=silent)
        wait_until(silent, timeout=30)

    def _note(self, name: str, figure: int) -> None:
        self.figures.bytes.setdefault(name, []).append(figure)

    def _text(self) -> str:
        return f"zz{self._count} {world.sentence(self.desk.server.world, 56)}"

    def _hear(self, channel: str, text: str) -> None:
        self.desk.ledger.spent()
        server = self.desk.server
        world.say(server, world.channel_id(server, channel), text)

    def _shows(self, text: str) -> bool:
        return text.split()[0] in self.program.text()

    def _told(self) -> bool:
        """The server has heard that it was read."""
        return bool(self.desk.ledger.peek().only(["/members/me/view"]).exchanges)


def actions(session: Session, times: int = TIMES, idle: float = 3.0) -> Figures:
    """Everything, in the order in which it disturbs itself least."""
    session.start()
    session.type()
    for _ in range(times):
        session.message()
    for _ in range(times):
        session.badge()
    for _ in range(times):
        session.switch(UP, "switch")
    for _ in range(times - 1):
        session.switch(DOWN, "switch_back")
    for _ in range(times):
        session.page_up()
    for _ in range(times):
        session.focus()
    for step in range(times):
        session.sync(step)
    session.synced()
    session.idle(idle)
    session.go_back()
    return session.figures


def measured(desk: Desk, *, times: int = TIMES, idle: float = 3.0) -> Figures:
    """One cold run, so that everything is in the store, then the run that counts."""
    with desk.program() as program:
        first = Session(desk, program)
        first.start()
    desk.ledger.wait_quiet()
    desk.ledger.spent()
    with desk.program() as program:
        figures = actions(Session(desk, program), times, idle)
    figures.bytes["cold_start"] = first.figures.bytes["start"]
    figures.cold = first.figures.warm
    return figures
