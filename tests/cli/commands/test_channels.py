"""Channels online, offline and as JSON."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.demo.server import DemoServer

FIELDS = {"id", "name", "display_name", "type", "team_name", "unread", "mentions"}


def test_list_and_counts(anna: Cli, server: DemoServer) -> None:
    write(server, "eins")
    write(server, "zwei @anna")
    rows = {row["name"]: row for row in anna("channels", "--json").rows}
    assert set(rows["town-square"]) == FIELDS
    assert (rows["town-square"]["unread"], rows["town-square"]["mentions"]) == (2, 1)
    assert rows["off-topic"]["team_name"] == "nordlicht"
    assert any(line.startswith("nordlicht/town-square") for line in anna("channels").lines)


def test_offline_answers_from_the_store_and_says_so(anna: Cli, server: DemoServer) -> None:
    online = anna("channels", "--json")
    server.stop()
    offline = anna("channels", "--json")
    assert (online.code, offline.code) == (0, 3)
    assert offline.out == online.out
    assert offline.err


def test_a_revoked_session_is_told(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.revoke("anna")
    done = anna("channels", "--json")
    assert done.code == 4
    assert done.rows
    assert done.err
