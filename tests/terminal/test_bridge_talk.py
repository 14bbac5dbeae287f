"""Lines over a socket: their end in length and in time, and whether the other end is there."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tui.core.bridge_wire import MAX_LINE, Broken
from tui.terminal.bridge_talk import Talk


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_lines_come_one_by_one(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    talk = Talk(here, 5)
    there.sendall(b"one\ntwo\nhalf")
    assert (talk.read(), talk.read()) == (b"one\n", b"two\n")
    there.shutdown(socket.SHUT_WR)
    assert talk.read() == b""
    talk.write(b"bye\n")
    assert there.recv(10) == b"bye\n"


def test_a_line_without_end_is_broken(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    there.sendall(b"x" * MAX_LINE)
    with pytest.raises(Broken):
        Talk(here, 5).read()


def test_time_is_up_for_reading_and_writing(ends: tuple[socket.socket, socket.socket]) -> None:
    here, _there = ends
    talk = Talk(here, 0)
    with pytest.raises(TimeoutError):
        talk.read()
    with pytest.raises(TimeoutError):
        talk.write(b"late\n")
    talk.allow(5)
    talk.write(b"in time\n")


def test_it_sees_whether_someone_is_there(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    talk = Talk(here, 5)
    assert talk.is_there()
    there.sendall(b"kept\n")
    assert talk.is_there()
    assert talk.read() == b"kept\n"
    there.close()
    assert not talk.is_there()
