from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.client.desk import ACCOUNT, a_desk
from tui.client.folders import Folders
from tui.client.hub import Hub
from tui.client.wiring import NoToken, connect
from tui.core.errors import FoldersTrouble, SignedOut
from tui.settings.config import Config, Syncthing
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper


async def test_without_a_token_the_stream_says_so() -> None:
    stream = NoToken()
    with pytest.raises(SignedOut):
        await anext(stream.open("", 0))
    with pytest.raises(SignedOut):
        await stream.send("{}")
    await stream.close()


def wired(directory: Path, config: Config, token: str = "") -> None:
    """Makes the wires of an account and lets go of them again."""
    paths = Paths.resolve(directory / "config")

    async def make() -> None:
        with a_desk(directory / "store") as desk:
            folders = Folders(Hub(), desk.lane)
            keeper = TokenKeeper(paths, ring=lambda: None, token_command=config.commands.token_command)
            wires = connect(
                ACCOUNT, config, keeper, desk.store, desk.clock, token=token, publish=print, folders=folders
            )
            assert (wires.folders is None) is not config.syncthing.enabled
            if wires.folders is not None:
                with pytest.raises((FoldersTrouble, OSError)):
                    await wires.folders.acts.rescan()
            await wires.api.close()

    asyncio.run(make())


def test_real_wires_hang_together(tmp_path: Path) -> None:
    missing = Syncthing(config=str(tmp_path / "none" / "config.xml"))
    wired(tmp_path / "a", replace(Config(), syncthing=missing), token="t")
    wired(tmp_path / "b", replace(Config(), syncthing=Syncthing(enabled=False)))


def test_a_token_command_that_fails_means_signed_out(tmp_path: Path) -> None:
    config = replace(Config(), syncthing=Syncthing(enabled=False))
    broken = replace(config, commands=replace(config.commands, token_command=("/does/not/exist",)))
    wired(tmp_path, broken)
