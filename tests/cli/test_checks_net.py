"""What the doctor finds on the line: every check fails alone and in time."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from dataclasses import replace

import pytest

from tests.cli.conftest import Cli
from tui.cli import checks_net
from tui.cli.checks_net import look
from tui.cli.context import Context
from tui.cli.findings import BAD, GOOD, Finding
from tui.demo.server import DemoServer
from tui.settings.config import Config, Syncthing
from tui.settings.i18n import N_
from tui.settings.paths import Paths

NO_FOLDERS = replace(Config(), syncthing=Syncthing(enabled=False))


def findings(cli: Cli) -> dict[str, Finding]:
    context = Context(Namespace(profile=""), Paths.resolve(cli.profile), NO_FOLDERS, {}, keyring=False)
    return {found.part: found for found in look(context)}


def test_all_well(anna: Cli, server: DemoServer) -> None:
    found = findings(anna)
    assert [found[part].state for part in ("server", "signed_in", "events", "syncthing")] == [GOOD] * 4
    assert found["server"].text.startswith("Mattermost 5.37")


def test_a_dead_session_is_told_from_a_dead_server(anna: Cli, server: DemoServer) -> None:
    server.revoke("anna")
    found = findings(anna)
    assert (found["server"].state, found["signed_in"].state) == (GOOD, BAD)


def test_c28_a_portal_is_no_server(anna: Cli, server: DemoServer) -> None:
    server.faults.portal()
    found = findings(anna)
    assert found["server"].state == BAD
    assert "signed_in" not in found


def test_without_an_account_only_the_folders(cli: Cli) -> None:
    assert set(findings(cli)) == {"syncthing"}


async def test_what_takes_too_long_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks_net, "SECONDS", 0.01)

    async def never() -> str:
        await asyncio.Event().wait()
        return ""

    found = await checks_net._tried("server", N_("Server"), never())
    assert found.state == BAD
