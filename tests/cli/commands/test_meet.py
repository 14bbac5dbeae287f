"""Meetings from the command line: started at once or not at all, printed without tokens."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli
from tui.client.client import open_client
from tui.demo import jitsi
from tui.demo.server import DemoServer
from tui.settings import accounts
from tui.settings.config import Config
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper


def test_the_plugin_starts_it_and_no_token_is_printed(anna: Cli, server: DemoServer, tmp_path: Path) -> None:
    jitsi.switch_on(server.world, tokens=True)
    done = anna("meet", "~town-square", "Büro", "--json")
    assert done.code == 0
    (row,) = done.rows
    assert (row["meeting_topic"], row["jwt_meeting"]) == ("Büro", True)
    assert row["meeting_link"].startswith("https://meet.example.org/Bro-")
    assert "eyJ" not in done.out + done.err
    assert "--open" in done.err
    note, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {note}\n')
    browser.chmod(0o755)
    config = Paths.resolve(anna.profile).config_file
    config.write_text(f'[commands]\nbrowser = ["{browser}"]\n[session]\nkind = "local"\n')
    config.chmod(0o600)
    opened = anna("meet", "@ben", "--open", XDG_RUNTIME_DIR=str(tmp_path))
    assert (opened.code, opened.out) == (0, "")
    assert "eyJ" not in opened.err
    assert note.read_text().startswith(("https://meet.example.org/", "file://"))


def test_without_plugin_and_server_it_says_what_to_set(anna: Cli) -> None:
    done = anna("meet", "~town-square")
    assert done.code == 1
    assert "base_url" in done.err


def test_offline_nothing_is_started(anna: Cli, server: DemoServer) -> None:
    anna("channels")
    server.down()
    done = anna("meet", "~town-square", "Büro")
    assert (done.code, done.out) == (3, "")
    assert "offline" in done.err
    assert anna("outbox").out == ""


def test_beside_an_open_teleteam_a_meeting_is_started_all_the_same(anna: Cli, server: DemoServer) -> None:
    jitsi.switch_on(server.world, tokens=False)
    anna("channels")
    paths = Paths.resolve(anna.profile)
    account = accounts.load(paths).get()
    assert account is not None
    holder = open_client(account, paths, Config(), TokenKeeper(paths, ring=lambda: None), offline=True)
    try:
        done = anna("meet", "~town-square", "Nebenbei")
        assert done.code == 0, done.err
        assert done.out.startswith("https://meet.example.org/")
    finally:
        holder.close()
