"""Every part is tested; the report may be passed on."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.demo.server import DemoServer

PARTS = {"program", "settings", "storage", "session", "terminal", "helpers", "proxy", "account", "secret"}
PARTS |= {"server", "signed_in", "events", "store", "syncthing"}


def test_all_parts_and_no_secret(anna: Cli, server: DemoServer) -> None:
    write(server, "Quittenmarmelade")
    anna("read", "~town-square")
    done = anna("doctor", "--json", HTTPS_PROXY="http://user:geheim@proxy.example:8080", NO_PROXY="127.0.0.1")
    rows = {row["part"]: row for row in done.rows}
    assert set(rows) >= PARTS
    assert all(rows[part]["state"] == "good" for part in ("server", "signed_in", "events", "secret"))
    token = next((anna.profile / "data/secrets").iterdir()).read_text().strip()
    text = done.out + anna("doctor").out
    for secret in (token, "geheim", "Quittenmarmelade", "anna@"):
        assert secret not in text


def test_offline_and_without_account(cli: Cli, anna: Cli, server: DemoServer) -> None:
    server.stop()
    done = anna("doctor", "--json")
    assert done.code == 1
    assert {row["part"]: row["state"] for row in done.rows}["server"] == "bad"


def test_before_the_first_sign_in(cli: Cli) -> None:
    rows = {row["part"]: row["state"] for row in cli("doctor", "--json").rows}
    assert rows["account"] == "hint"
    assert "server" not in rows


def test_broken_settings_are_a_finding(cli: Cli) -> None:
    (cli.profile / "themes").mkdir(mode=0o700, parents=True)
    (cli.profile / "themes/mine.toml").write_text("x")
    done = cli("doctor")
    assert done.code == 1
    assert "mine.toml" in done.out
