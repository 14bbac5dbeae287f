"""A command waits for the server, but not longer than its limit."""

from __future__ import annotations

from argparse import Namespace
from concurrent.futures import Future

import pytest

from tests.cli.conftest import Cli
from tui.cli.context import Context
from tui.cli.session import Session, open_session, settle
from tui.core.errors import Offline
from tui.demo.server import DemoServer
from tui.settings.config import Config
from tui.settings.paths import Paths


def context(cli: Cli) -> Context:
    return Context(Namespace(profile=""), Paths.resolve(cli.profile), Config(), {}, keyring=False)


def test_online_then_offline(anna: Cli, server: DemoServer) -> None:
    with open_session(context(anna)) as session:
        assert session.live
        assert session.verdict() == 0
        assert session.ask(lambda api: api.fetch_config()).text("Version")
    server.stop()
    with open_session(context(anna)) as session:
        assert session.state.kind == "offline"
        assert session.verdict() == 3


def test_without_the_line_nothing_is_waited_for(anna: Cli) -> None:
    with open_session(context(anna), online=False) as session:
        assert settle(session.client, 30.0).kind == "stopped"
        with pytest.raises(Offline):
            session.ask(lambda api: api.fetch_config())


def test_an_answer_that_never_comes_is_offline(anna: Cli) -> None:
    with open_session(context(anna), online=False) as session:
        future: Future[int] = Future()
        with pytest.raises(Offline) as caught:
            Session(session.client, session.context).wait(future, 0.01)
        assert caught.value.cause == "timeout"
