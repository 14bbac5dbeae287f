"""The writer on real pipes and pseudo terminals: order, frozen terminals, endings."""

from __future__ import annotations

import os
import pty
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.waiting import wait_until
from tui.ui.thin_paint import Painter
from tui.ui.thin_writer import MOST_CONTROLS, ThinWriter


@contextmanager
def piped() -> Iterator[tuple[ThinWriter, int]]:
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    thin = ThinWriter(writer, 80, 24, Painter())
    thin.start()
    try:
        yield thin, reader
    finally:
        thin.stop()
        os.close(writer)
        os.close(reader)


def read(fd: int) -> str:
    try:
        return os.read(fd, 1 << 20).decode()
    except BlockingIOError:
        return ""


def test_modes_and_frames_keep_their_order() -> None:
    with piped() as (thin, reader):
        thin.control("\x1b[?1049h")
        thin.feed("\x1b[1;1Hhello")
        thin.control("\x1b[?1049l")
        seen = ""

        def all_of_it() -> bool:
            nonlocal seen
            seen += read(reader)
            return seen.endswith("\x1b[?1049l")

        wait_until(all_of_it)
        assert seen.index("\x1b[?1049h") < seen.index("hello")


def test_e44_a_terminal_that_does_not_read_stalls_nobody_and_gets_one_current_frame() -> None:
    master, slave = pty.openpty()
    thin = ThinWriter(slave, 80, 24, Painter())
    thin.start()
    try:
        for n in range(3000):
            thin.feed("".join(f"\x1b[{y + 1};1H{n:06d} {'x' * 60}" for y in range(24)))
        assert len(thin._queue) <= 2
        os.set_blocking(master, False)
        seen = ""

        def caught_up() -> bool:
            nonlocal seen
            seen += read(master)
            return not thin._queue and "2999" in seen

        wait_until(caught_up, timeout=20)
        assert len(seen) < 24 * 80 * 40
    finally:
        thin.stop()
        os.close(master)
        os.close(slave)


def test_own_sequences_are_bounded_while_nobody_reads() -> None:
    with piped() as (thin, _):
        thin._lock.acquire()
        thin._lock.release()
        for _ in range(10 * MOST_CONTROLS):
            thin.control("\x07")
        assert len(thin._queue) <= MOST_CONTROLS


def test_stopping_gives_up_on_a_frozen_terminal() -> None:
    reader, writer = os.pipe()
    thin = ThinWriter(writer, 80, 24, Painter())
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, b"x" * 65536)
    except BlockingIOError:
        pass
    thin.start()
    thin.feed("\x1b[1;1Hnever read")
    thin.stop()
    wait_until(lambda: not thin._thread.is_alive(), timeout=5)
    os.close(reader)
    os.close(writer)


def test_a_closed_terminal_ends_the_writer() -> None:
    reader, writer = os.pipe()
    thin = ThinWriter(writer, 80, 24, Painter())
    thin.start()
    os.close(reader)
    thin.feed("\x1b[1;1Hhello")
    wait_until(lambda: not thin._thread.is_alive(), timeout=5)
    os.close(writer)
