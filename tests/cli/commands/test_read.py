"""Reading channels, threads, direct messages; nothing is marked as read by it."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.demo.server import DemoServer


def test_newest_last_with_names(anna: Cli, server: DemoServer) -> None:
    for number in range(5):
        write(server, f"Nachricht {number}")
    done = anna("read", "~town-square", "-n", "3")
    assert done.code == 0
    assert [line[-11:] for line in done.lines] == ["Nachricht 2", "Nachricht 3", "Nachricht 4"]
    assert "Ben Muster" in done.out or "ben" in done.out
    rows = anna("read", "nordlicht/town-square", "-n", "1", "--json").rows
    assert (rows[0]["message"], rows[0]["username"], rows[0]["channel_name"]) == (
        "Nachricht 4",
        "ben",
        "town-square",
    )


def test_reading_leaves_it_unread(anna: Cli, server: DemoServer) -> None:
    write(server, "noch neu")
    anna("read", "~town-square")
    assert anna("unread", "--format", "{unread}").out == "1\n"


def test_a_thread_by_its_permalink(anna: Cli, server: DemoServer) -> None:
    root = write(server, "Wurzel")
    write(server, "Antwort", root_id=root, by="clara")
    write(server, "anderes")
    rows = anna("read", f"{server.url}/nordlicht/pl/{root}", "--json").rows
    assert [row["message"] for row in rows] == ["Wurzel", "Antwort"]
    assert rows[1]["root_id"] == root


def test_offline_from_the_store(anna: Cli, server: DemoServer) -> None:
    write(server, "bleibt da")
    anna("read", "~town-square")
    server.stop()
    done = anna("read", "~town-square")
    assert done.code == 3
    assert "bleibt da" in done.out
    assert done.err


def test_f49_hostile_text_is_only_text(anna: Cli, server: DemoServer) -> None:
    write(server, "a\x1b]0;evil\x07\x9b2J\u202eb\nzweite Zeile")
    for words in (["read", "~town-square"], ["read", "~town-square", "--json"]):
        out = anna(*words).out
        assert not [c for c in out if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e"]
    assert "    zweite Zeile" in anna("read", "~town-square").lines


def test_g57_meeting_tokens_are_never_printed(anna: Cli, server: DemoServer) -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"
    link = f"https://meet.example.org/Raum?jwt={token}"
    props = {"meeting_link": link, "jwt_meeting": True, "meeting_jwt": token, "attachments": [{"text": link}]}
    write(server, f"komm: {link}", kind="custom_jitsi", props=props)
    for command in (["read", "~town-square"], ["search", "komm"], ["search", "komm", "--local"]):
        for words in (command, [*command, "--json"]):
            out = anna(*words).out
            assert "https://meet.example.org/Raum?jwt=…" in out
            assert "eyJ" not in out


def test_targets_that_do_not_exist(anna: Cli) -> None:
    for target, code in (("~nirgends", 1), ("fremd/town-square", 1), ("@niemand", 1), ("town-square", 2)):
        done = anna("read", target)
        assert (done.code, done.out) == (code, "")
        assert done.err


def test_count_has_limits(anna: Cli) -> None:
    assert anna("read", "~town-square", "-n", "0").code == 2
