"""Posting: once, durable, honest about what became of it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli
from tests.cli.people import texts, write
from tui.client.client import open_client
from tui.demo.faults import Fault
from tui.demo.server import DemoServer
from tui.settings import accounts
from tui.settings.config import Config
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper


def test_text_and_standard_input(anna: Cli, server: DemoServer) -> None:
    done = anna("post", "~town-square", "Hallo zusammen")
    assert (done.code, len(done.out.strip())) == (0, 26)
    assert anna("post", "nordlicht/town-square", "-", stdin="zwei\nZeilen\n").code == 0
    assert anna("post", "~town-square", stdin="ohne Strich\n").code == 0
    assert texts(server) == ["Hallo zusammen", "zwei\nZeilen", "ohne Strich"]
    assert anna("outbox").out == ""


def test_direct_message_makes_its_channel(anna: Cli, server: DemoServer) -> None:
    assert anna("post", "@ben", "nur für dich").code == 0
    assert anna("read", "@ben", "--json").rows[-1]["message"] == "nur für dich"


def test_threads_and_files(anna: Cli, server: DemoServer, tmp_path: Path) -> None:
    root = write(server, "Frage")
    (tmp_path / "bericht.txt").write_text("Inhalt")
    assert (
        anna(
            "post", "~town-square", "Antwort", "--thread", root, "--file", str(tmp_path / "bericht.txt")
        ).code
        == 0
    )
    row = anna("read", f"{server.url}/nordlicht/pl/{root}", "--json").rows[-1]
    assert (row["message"], row["root_id"], len(row["file_ids"])) == ("Antwort", root, 1)


def test_a05_offline_it_is_queued_and_goes_out_later_in_order(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.down()
    for text in ("erste", "zweite"):
        done = anna("post", "~town-square", text)
        assert (done.code, done.out) == (3, "")
        assert done.err
    assert [row["message"] for row in anna("outbox", "--json").rows] == ["erste", "zweite"]
    server.up()
    assert anna("post", "~town-square", "dritte").code == 0
    assert texts(server) == ["erste", "zweite", "dritte"]
    assert anna("outbox").out == ""


def test_a01_a_lost_answer_makes_no_double(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.faults.add(Fault("/posts", method="POST", drop_after=True))
    assert anna("post", "~town-square", "genau einmal").code == 0
    assert texts(server) == ["genau einmal"]


def test_what_the_server_refuses_is_parked_and_said(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    body = b'{"id": "api.context.permissions.app_error", "message": "", "status_code": 403}'
    server.faults.status("/posts", 403, times=3, body=body)
    done = anna("post", "~town-square", "verboten")
    assert done.code == 1
    assert done.err
    (row,) = anna("outbox", "--json").rows
    assert row["state"] == "parked"


def test_a06_bad_texts_are_refused_before_queueing(anna: Cli) -> None:
    assert anna("post", "~town-square", "  ").code == 1
    assert anna("post", "~town-square", "-", stdin="x" * 16_384).code == 1
    assert anna("outbox").out == ""


def test_missing_files_and_threads(anna: Cli) -> None:
    assert anna("post", "~town-square", "x", "--file", "/does/not/exist").code == 1
    assert anna("post", "~town-square", "x", "--thread", "z" * 26).code == 1


def test_a13_beside_an_open_teleteam_it_is_sent_all_the_same(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    paths = Paths.resolve(anna.profile)
    account = accounts.load(paths).get()
    assert account is not None
    holder = open_client(account, paths, Config(), TokenKeeper(paths, ring=lambda: None), offline=True)
    try:
        done = anna("post", "~town-square", "von der Seite")
        assert done.code == 0, done.err
        assert texts(server) == ["von der Seite"]
        listed = anna("channels")
        assert listed.code == 0
        assert "town-square" in listed.out
    finally:
        holder.close()
