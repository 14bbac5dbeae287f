from __future__ import annotations

from tests.sync.desk import desk
from tui.sync import marks


def test_the_socket_mark_comes_back() -> None:
    with desk() as here:
        assert marks.read_socket(here.store) == marks.SocketMark()
        here.write(lambda tx: marks.write_socket(tx, marks.SocketMark("c1", 7)))
        assert marks.read_socket(here.store) == marks.SocketMark("c1", 7)
        here.write(lambda tx: marks.write_socket(tx, marks.SocketMark()))
        assert marks.read_socket(here.store) == marks.SocketMark()


def test_a_channels_mark_comes_back_and_garbage_is_none() -> None:
    with desk() as here:
        for mark in (marks.ChannelMark(1, 2, (3, "id")), marks.ChannelMark(0, 0, (0, ""))):
            here.write(lambda tx, mark=mark: marks.write_channel(tx, "c", mark))  # type: ignore[misc]
            assert marks.read_channel(here.store, "c") == mark
        here.write(lambda tx: tx.marks.set(marks.channel_key("c"), "what is this"))
        assert marks.read_channel(here.store, "c") is None
        here.write(lambda tx: tx.marks.set(marks.SOCKET, "c1 x"))
        assert marks.read_socket(here.store) == marks.SocketMark()
        assert marks.number(here.store, "absent") == 0
