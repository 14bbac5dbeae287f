"""The writer on real pipes and pseudo terminals: order, frozen terminals, endings."""

from __future__ import annotations

import os
import pty
from collections.abc import Iterator
from contextlib import contextmanager

import pyte

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
        for n in range(1500):
            thin.feed("".join(f"\x1b[{y + 1};1H{n:06d} {'x' * 60}" for y in range(24)))
        assert len(thin._queue) <= 2
        os.set_blocking(master, False)
        screen = pyte.Screen(80, 24)
        terminal, written = pyte.Stream(screen), 0

        def caught_up() -> bool:
            nonlocal written
            heard = read(master)
            written += len(heard)
            terminal.feed(heard)
            return all(line.startswith("001499 xxx") for line in screen.display)

        wait_until(caught_up)
        assert written < 24 * 80 * 60
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


def test_e45_what_an_earlier_writer_showed_is_drawn_again() -> None:
    with piped() as (before, _reader):
        before.control("\x1b[?1049h")
        before.feed("\x1b[2;3Hhello")
        before.control("\x1b[?1049l")
    reader, writer = os.pipe()
    after = ThinWriter(writer, 80, 24, Painter(), before.grid)
    after.start()
    after.control("\x1b[?1049h")
    after.stop()
    assert "hello" in os.read(reader, 1 << 20).decode()
    os.close(reader)
    os.close(writer)


def test_e42_the_cursor_is_not_hidden_after_the_end() -> None:
    with piped() as (thin, reader):
        for sequence in ("\x1b[?1049h", "\x1b[?25l", "\x1b[?1049l", "\x1b[?25h", "\x1b[?25l"):
            thin.control(sequence)
        thin.stop()
        assert read(reader).endswith("\x1b[?25h")
