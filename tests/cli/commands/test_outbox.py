"""The queue, from the disk alone."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tui.demo.server import DemoServer


def test_lines_and_rows(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.stop()
    anna("post", "~town-square", "wartet\nauf die Leitung")
    done = anna("outbox")
    assert done.code == 0
    assert "nordlicht/town-square" in done.out
    assert "wartet auf die Leitung" in done.out
    (row,) = anna("outbox", "--json").rows
    assert (row["state"], row["target"], row["kind"]) == ("queued", "nordlicht/town-square", "post")


def test_an_empty_queue_is_said_to_people_alone(anna: Cli) -> None:
    done = anna("outbox")
    assert (done.code, done.out, done.err) == (0, "", "Nothing waits to be sent.\n")
    programs = anna("outbox", "--json")
    assert (programs.out, programs.err) == ("", "")
