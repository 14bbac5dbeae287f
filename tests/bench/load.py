"""Much of everything: 100,000 stored posts, 2,000 channels, 500 messages a second for a minute.

`flooded` is what the soak test holds to its promises: nothing lost, memory within bounds.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.bench.flood_server import FLOOD, FloodServer, served
from tests.bench.report import Table, ratio
from tests.bench.startup import installed, resident
from tests.bench.watched import Watched
from tests.budgets import screen
from tests.budgets.reader import Home, Reader, reading
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.client.client import Client
from tui.client.clock import SystemClock
from tui.core.changes import Change, ChangeKind
from tui.core.models import Post
from tui.settings import accounts
from tui.settings.accounts import Account
from tui.store import Store, Tx

POSTS, CHANNELS = 100_000, 2_000
RATE, SECONDS = 500, 60.0
IDLE = 15.0
"""Seconds of pressing keys before the flood."""
A_POST = r"\d\d:\d\d"
"""The head of a message."""
REST = 0.3
KEYS = "αβγδεζηθικλμνξοπρστυφχψω"
"""Letters that no message holds: their echo can be told from everything else."""


@dataclass(frozen=True, slots=True)
class Flooded:
    """What became of a flood."""

    written: int
    kept: int
    seconds: float
    behind: float
    """Seconds from the last post written to the last one stored."""
    idle_ms: float
    """Key to echo, 95th percentile, before."""
    busy_ms: float
    """… meanwhile."""
    before: float
    """RSS in MB, before and after."""
    after: float
    terminal: float
    """Bytes a second."""


def measure(*, quick: bool = False) -> list[Table]:
    tables = [deep_channel(), many_channels()]
    return tables if quick else [*tables, flood_table(flooded())]


# the flood


def flooded(rate: int = RATE, seconds: float = SECONDS) -> Flooded:
    """A flood into the channel on the screen; keys are pressed before it and meanwhile."""
    with _profile() as (directory, server), _program(directory) as program:
        program.wait_text("online")
        program.quiet(4.0)
        before, idle = resident(program), echoes_until(program, time.monotonic() + IDLE)
        server.tell(f"flood {rate} {seconds}")
        program.mark()
        begun = time.monotonic()
        busy = echoes_until(program, begun + seconds)
        terminal = program.since_mark / (time.monotonic() - begun)
        written, took = server.read().split()
        ended = time.monotonic()
        kept = _wait_kept(directory, int(written))
        behind = time.monotonic() - ended
        program.quiet(2.0, timeout=60)
        after = resident(program)
    return Flooded(int(written), kept, float(took), behind, p95(idle), p95(busy), before, after, terminal)


def flood_table(found: Flooded) -> Table:
    table = Table(
        f"{RATE} messages a second into the open channel, {SECONDS:.0f} s", ("what", "figure", "aim")
    )
    table.add("written by the server", found.written, "–")
    table.add("lost", found.written - found.kept, "0")
    table.add("messages a second, as written", found.written / found.seconds, RATE)
    table.add("last one stored, seconds after it was written", found.behind, "–")
    table.add("key to echo, 95th percentile, idle, ms", found.idle_ms, "–")
    share = ratio(found.busy_ms, found.idle_ms)
    table.add("key to echo, 95th percentile, meanwhile, ms", f"{found.busy_ms:.3g} ({share})", "×2")
    table.add("bytes a second to the terminal", found.terminal, "–")
    table.add("RSS before, MB", found.before, "–")
    table.add("RSS afterwards, MB", found.after, "150")
    return table


def echoes(program: PtyProgram, times: int, first: int = 0) -> list[float]:
    """Milliseconds from a key to its letter on the line to the terminal; one key every 70 ms.

    `first` = which letter comes first: no place may get the letter that it has already.
    """
    found = []
    for number in range(times):
        found.append(echo(program, KEYS[(first + number) % len(KEYS)]))
        time.sleep(0.07)
    program.send(screen.BACKSPACE * times)
    time.sleep(REST)  # what takes them away again is no part of the next key's time
    return found


def echoes_until(program: PtyProgram, end: float) -> list[float]:
    found, batches = [], 0
    while time.monotonic() < end:
        batches += 1
        found += echoes(program, 10, first=batches)
    return found


def echo(program: PtyProgram, key: str) -> float:
    letter, start = key.encode(), len(program.output)
    begun = time.perf_counter()
    program.send(key)
    wait_until(lambda: letter in program.output[start:], timeout=30, interval=0.0005)
    return (time.perf_counter() - begun) * 1000


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _wait_kept(directory: Path, written: int, *, seconds: float = 60.0) -> int:
    """How many posts of the flood the store has, at most `seconds` later."""
    deadline = time.monotonic() + seconds
    while (kept := _kept(directory)) < written and time.monotonic() < deadline:
        time.sleep(0.05)
    return kept


def _kept(directory: Path) -> int:
    home = Home(directory / "profile")
    path = home.paths.store_dir(_account(home).id) / "cache.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        sql = "SELECT count(*) FROM posts WHERE message LIKE ? AND delete_at = 0"
        return int(database.execute(sql, (f"{FLOOD} %",)).fetchone()[0])


# much that is stored


def deep_channel(posts: int = POSTS) -> Table:
    """A channel with so many stored posts, beside one with just as many as are read."""
    table = Table(f"{posts:,} stored posts in one channel", ("what", f"{posts:,}", "300", "ratio", "aim"))
    few, many = _open_times(300), _open_times(posts)
    for (name, figure), baseline, aim in zip(many.items(), few.values(), ("5", "–", "–"), strict=True):
        table.add(name, figure, baseline, ratio(figure, baseline), aim)
    return table


def _open_times(more: int) -> dict[str, float]:
    with _profile() as (directory, _server):
        home = Home(directory / "profile")
        account = _account(home)
        with _program(directory) as program:
            program.wait_text("online")
            program.quiet(1.0)
        _fill(home, account, more)
        with closing(home.open(account, offline=True)) as client:
            store, channel_id = client.base.store, _town_square(client)
            found = {
                "query of the newest 300, ms": _median(lambda: store.posts.newest(channel_id, 300)),
                "timeline rows of the newest 300, ms": _median(lambda: client.posts.timeline(channel_id)),
            }
        found["first useful screen, ms"] = min(_first_screen(directory) for _ in range(4))
        return found


def _account(home: Home) -> Account:
    (account,) = accounts.load(home.paths).by_id.values()
    return account


def _fill(home: Home, account: Account, posts: int) -> None:
    """So many posts before those that are there, without a hole."""
    with Store.open(home.paths.store_dir(account.id), clock=SystemClock()) as store:
        square = next(channel for channel in store.channels.all() if channel.name == "town-square")
        held = store.posts.newest(square.id, 100)
        newest, oldest, writer = held[0], held[-1], held[0].user_id

        def put(tx: Tx, first: int) -> None:
            numbers = range(first, min(first + 1000, posts))
            made = (Post(f"{n:026}", square.id, writer, f"message {n}", create_at=n) for n in numbers)
            tx.posts.put(replace(one, update_at=one.create_at) for one in made)

        for first in range(1, posts, 1000):
            store.write(partial(put, first=first))
        bottom = (1, f"{1:026}") if posts else (oldest.create_at, oldest.id)
        top = (newest.create_at, newest.id)
        store.write(lambda tx: tx.intervals.add(square.id, newest=top, oldest=bottom, reached_start=True))
        store.flush()


def _town_square(client: Client) -> str:
    team = client.teams.current()
    found = client.channels.by_name(team.id, "town-square") if team else None
    assert found is not None
    return found.id


def many_channels(channels: int = CHANNELS) -> Table:
    """A sidebar with so many channels, beside one with 53."""
    table = Table(f"{channels:,} channels in the sidebar", ("what", f"{channels:,}", "53", "ratio"))
    few, many = _sidebar_times(0), _sidebar_times(channels)
    for name, figure in many.items():
        table.add(name, figure, few[name], ratio(figure, few[name]))
    return table


def _sidebar_times(more: int) -> dict[str, float]:
    with _profile(posts=2, channels=more) as (directory, server):
        home = Home(directory / "profile")
        account = _account(home)
        with reading(home.open(account)) as reader:
            reader.wait(reader.is_ready)
            found = {"one badge more, ms": statistics.median(_badge(reader, server, n) for n in range(9))}
        with closing(home.open(account, offline=True)) as client:
            team = client.teams.current()
            assert team is not None
            begun = time.perf_counter()
            client.sidebar.sections(team.id)
            found["built anew, ms"] = (time.perf_counter() - begun) * 1000
        found["first useful screen, ms"] = min(_first_screen(directory) for _ in range(4))
        with _program(directory) as program:
            program.wait_text("online")
            program.quiet(1.0)
            found["RSS, MB"] = resident(program)
        return found


def _badge(reader: Reader, server: FloodServer, number: int) -> float:
    """Milliseconds to read the sidebar after a message in another channel."""
    client, heard = reader.client, threading.Event()
    team = client.teams.current()
    assert team is not None
    client.sidebar.sections(team.id)
    unhook = client.subscribe(lambda changes: _ring(heard, changes))
    server.ask(f"say first-{10 + number}")
    assert heard.wait(10)
    begun = time.perf_counter()
    client.sidebar.sections(team.id)
    taken = (time.perf_counter() - begun) * 1000
    unhook()
    return taken


def _ring(heard: threading.Event, changes: tuple[Change, ...]) -> None:
    if any(change.kind is ChangeKind.CHANNELS for change in changes):
        heard.set()


def _first_screen(directory: Path) -> float:
    with Watched(_argv(directory), env=installed(directory)) as program:
        program.watch(A_POST)
        timed = program.timed(A_POST)
        program.send(screen.QUIT)
        program.wait_exit()
    return timed.text


def _median(work: Callable[[], object], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


@contextmanager
def _profile(posts: int = 40, channels: int = 0) -> Iterator[tuple[Path, FloodServer]]:
    """A directory with somebody who is signed in, and the server they are signed in to."""
    with tempfile.TemporaryDirectory() as name, served(posts, channels) as server:
        Home(Path(name) / "profile").sign_in(server.url)
        yield Path(name), server


def _argv(directory: Path) -> list[str]:
    return [sys.executable, "-m", "tui", "--config-dir", str(directory / "profile")]


@contextmanager
def _program(directory: Path) -> Iterator[PtyProgram]:
    with PtyProgram(_argv(directory), env=installed(directory)) as program:
        yield program
        program.send(screen.QUIT)
        program.wait_exit()
