"""The same session looked at from elsewhere: through `ssh` on loopback, and inside of tmux.

The actions are those of the terminal bench; counted is what arrives at the person's own terminal, and for
`ssh` also what passed on its encrypted connection.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.report import Table, ratio, shown
from tests.budgets import screen
from tests.budgets.limits import TERMINAL
from tests.budgets.screen import Desk, Session
from tests.support.counting_proxy import CountingProxy
from tests.support.pty import PtyProgram
from tests.support.sshd import Sshd
from tui.core.safe_text import safe_line

ROOT = Path(__file__).parents[2]
TMUX = "set -g status off\nset -g escape-time 10\nset -g default-terminal tmux-256color\n"
TIMES, IDLE = 3, 10.0


@dataclass
class Far(Desk):
    """A desk whose program is reached by other arguments."""

    reach: tuple[str, ...] = ()

    @property
    def argv(self) -> list[str]:
        return [*self.reach]

    @contextmanager
    def program(self, *options: str, env: Mapping[str, str] | None = None) -> Iterator[PtyProgram]:
        self.reach = (*self.reach[:-1], " ".join((self.reach[-1], *map(shlex.quote, options))))
        with super().program(env=env) as program:
            yield program


@dataclass
class Seen:
    """Bytes of each action at the terminal, the picture at the end, both ways on the connection of ssh."""

    medians: dict[str, int]
    picture: list[str]
    line: tuple[int, int] = (0, 0)


def measure() -> list[Table]:
    """Nothing where the programs are not installed."""
    found = {"directly": directly()}
    if shutil.which("ssh") and shutil.which("sshd", path="/usr/sbin:/usr/bin"):
        found["through ssh"] = through_ssh()
    if shutil.which("tmux"):
        found["in tmux"] = in_tmux()
    return [table(found)] if len(found) > 1 else []


def directly() -> Seen:
    with tempfile.TemporaryDirectory() as name, screen.a_desk(Path(name)) as desk:
        return _session(desk)


def through_ssh() -> Seen:
    with tempfile.TemporaryDirectory(prefix="tele-") as name, screen.a_desk(Path(name)) as desk:
        sshd = Sshd(desk.directory)
        try:
            with CountingProxy(f"http://127.0.0.1:{sshd.port}") as proxy:
                port = int(proxy.url.rpartition(":")[2])
                far = Far(desk.server, desk.ledger, desk.directory, folders=desk.folders)
                far.reach = tuple(sshd.terminal(_command(desk), port))
                seen = _session(far)
                count = proxy.take()
        finally:
            sshd.stop()
    seen.line = (count.down, count.up)
    return seen


def in_tmux() -> Seen:
    with tempfile.TemporaryDirectory(prefix="tele-") as name, screen.a_desk(Path(name)) as desk:
        settings = desk.directory / "tmux.conf"
        settings.write_text(TMUX)
        far = Far(desk.server, desk.ledger, desk.directory, folders=desk.folders)
        words = ("tmux", "-S", str(desk.directory / "socket"), "-f", str(settings), "-u", "new-session")
        far.reach = (*words, _command(desk))
        return _session(far)


def _command(desk: Desk) -> str:
    """For a shell: the program with our Python and our sources."""
    home = {"HOME": str(desk.directory), "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    around = {**home, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    words = ["env", *(f"{name}={value}" for name, value in around.items()), *desk.argv]
    return f"cd {shlex.quote(str(ROOT))} && exec {shlex.join([words[0], *words[1:]])}"


def _session(desk: Desk) -> Seen:
    with desk.program() as program:
        Session(desk, program).start()
    desk.ledger.wait_quiet()
    with desk.program() as program:
        session = Session(desk, program)
        figures = screen.actions(session, TIMES, IDLE)
        picture = [line.rstrip() for line in program.text().splitlines()]
    return Seen(figures.medians, picture)


def table(found: Mapping[str, Seen]) -> Table:
    made = Table(
        f"The same session through ssh and in tmux: bytes at one's own terminal, median of {TIMES}",
        ("what", *found),
    )
    plain = found["directly"].medians
    for key in plain:
        cells = [_beside(seen.medians[key], plain[key]) for seen in found.values()]
        made.add(f"{TERMINAL[key].title}, B", *cells)
    for name, seen in found.items():
        if any(seen.line):
            down, up = seen.line
            note = f"{name}: {down:,} B down and {up:,} B up on the encrypted connection, two sessions with"
            made.notes.append(f"{note} their key exchange.")
    made.notes += [
        f"The frame of the picture {name}: {_frame(seen.picture)}." for name, seen in found.items()
    ]
    made.notes.append(
        "Over ssh the thin profile draws with 16 colours, so it costs less than directly; tmux hides and "
        "shows the cursor around each key."
    )
    return made


def _beside(figure: int, plain: int) -> str:
    return f"{shown(figure)} ({ratio(figure, plain)})"


def _frame(picture: list[str]) -> str:
    """Whether sidebar, messages and side panel stand where they should in every line."""
    edges = {tuple(x for x, cell in enumerate(line) if cell == "│")[:2] for line in picture[:30]}
    return "every edge in its column" if len(edges) == 1 else safe_line(str(sorted(edges)), 200)


if __name__ == "__main__":
    for one in measure():
        print(one.plain())
    sys.exit(0)
