"""A message past the store, while teleteam is open elsewhere."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.people import texts
from tui.cli.context import Context
from tui.cli.direct import send
from tui.core.errors import Offline, SignedOut
from tui.core.ports import NewPost
from tui.demo.server import DemoServer
from tui.settings.config import Config
from tui.settings.paths import Paths


def context(cli: Cli) -> Context:
    return Context(Namespace(profile=""), Paths.resolve(cli.profile), Config(), {}, keyring=False)


def new_post(server: DemoServer) -> NewPost:
    return NewPost(server.world.channel("nordlicht", "town-square").id, "direkt")


def test_text_and_file(anna: Cli, server: DemoServer, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    here = context(anna)
    post = send(here, here.account(), new_post(server), [str(tmp_path / "a.txt")])
    assert texts(server)[-1] == "direkt"
    assert len(post.file_ids) == 1


def test_what_fails_has_failed(anna: Cli, server: DemoServer) -> None:
    here = context(anna)
    server.stop()
    with pytest.raises(Offline):
        send(here, here.account(), new_post(server), [])


def test_without_a_token(anna: Cli, server: DemoServer) -> None:
    here = context(anna)
    here.keeper().forget(here.account())
    with pytest.raises(SignedOut):
        send(here, here.account(), new_post(server), [])
    assert "direkt" not in texts(server)
