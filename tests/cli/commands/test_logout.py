"""After logging out the session is gone on the server, after --wipe everything here, too."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.demo.server import DemoServer


def test_logout_ends_the_session(anna: Cli, server: DemoServer) -> None:
    assert len(server.world.sessions) == 1
    assert anna("logout").code == 0
    assert len(server.world.sessions) == 0
    assert list((anna.profile / "data/secrets").iterdir()) == []
    assert anna("channels").code == 4


def test_g60_wipe_leaves_no_text(anna: Cli, server: DemoServer) -> None:
    write(server, "einmaliges Geheimwort Quittenmarmelade")
    assert "Quittenmarmelade" in anna("read", "~town-square").out
    assert anna("logout", "--wipe").code == 0
    files = [p for p in anna.profile.rglob("*") if p.is_file()]
    assert not [p for p in files if b"Quittenmarmelade" in p.read_bytes()]
    assert "no account" in anna("channels").err


def test_g60_unsent_messages_are_not_lost_silently(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.stop()
    assert anna("post", "~town-square", "noch nicht fort").code == 3
    done = anna("logout", "--wipe")
    assert done.code == 1
    assert len(anna("outbox", "--json").rows) == 1


def test_a_server_that_is_away_does_not_keep_one_signed_in(anna: Cli, server: DemoServer) -> None:
    server.stop()
    done = anna("logout")
    assert done.code == 0
    assert done.err
    assert list((anna.profile / "data/secrets").iterdir()) == []
