"""Messages are forgotten, what waits is not."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.demo.server import DemoServer


def test_purge(anna: Cli, server: DemoServer) -> None:
    write(server, "Quittenmarmelade")
    anna("read", "~town-square")
    server.stop()
    anna("post", "~town-square", "noch nicht fort")
    assert anna("purge").code == 1
    assert anna("purge", "--yes").code == 0
    files = [p for p in anna.profile.rglob("*") if p.is_file()]
    assert not [p for p in files if b"Quittenmarmelade" in p.read_bytes()]
    assert len(anna("outbox", "--json").rows) == 1
