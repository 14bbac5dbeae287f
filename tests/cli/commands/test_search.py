"""Search on the server, and in the store."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.demo.server import DemoServer


def test_server_local_and_offline(anna: Cli, server: DemoServer) -> None:
    write(server, "Die Rechnung liegt bei")
    write(server, "etwas anderes")
    rows = anna("search", "Rechnung", "--json").rows
    assert [row["message"] for row in rows] == ["Die Rechnung liegt bei"]
    assert rows[0]["channel_name"] == "town-square"
    local = anna("search", "--local", "rechnung")
    assert (local.code, local.err) == (0, "")
    assert "Die Rechnung" in local.out
    nowhere = anna("search", "--local", "Steuerbescheid")
    assert (nowhere.code, nowhere.out, nowhere.err) == (0, "", "Nothing found.\n")
    server.stop()
    offline = anna("search", "Rechnung")
    assert offline.code == 3
    assert "Die Rechnung" in offline.out
