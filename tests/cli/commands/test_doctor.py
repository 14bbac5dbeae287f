"""Every part is tested; the report may be passed on."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli
from tests.cli.people import write
from tests.support import certificates
from tests.support.counting_proxy import CountingProxy
from tui.client.accounts import sign_in
from tui.demo.server import DemoServer
from tui.settings.config import Config, Network
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

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


def test_a_companys_own_authority_vouches_for_requests_and_events(
    cli: Cli, server: DemoServer, tmp_path: Path
) -> None:
    signer = certificates.authority(tmp_path)
    with CountingProxy(server.url, certificates.server(tmp_path, signer)) as front:
        paths, trusting = Paths.resolve(cli.profile), Config(network=Network(str(signer.file)))
        keeper = TokenKeeper(paths, ring=lambda: None)
        sign_in(front.url, "anna", "anna", paths=paths, config=trusting, keeper=keeper, file_allowed=True)
        states = {row["part"]: row["state"] for row in cli("doctor", "--json").rows}
        assert states["server"] == "bad"
        paths.config_file.write_text(f'[network]\nca_file = "{signer.file}"\n')
        states = {row["part"]: row["state"] for row in cli("doctor", "--json").rows}
        assert [states[part] for part in ("server", "signed_in", "events")] == ["good"] * 3
