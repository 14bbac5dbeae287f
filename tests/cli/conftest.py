"""The command as people run it: a process of its own, against the demo server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.client.accounts import sign_in
from tui.demo import company
from tui.demo.server import DemoServer
from tui.settings.config import Config
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

ENV = {
    "PATH": os.environ["PATH"],
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
}


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """JSON Lines."""
        return [json.loads(line) for line in self.lines]


@dataclass
class Cli:
    """Runs `teleteam` with a home of its own."""

    home: Path
    profile: Path

    def env(self, **more: str) -> dict[str, str]:
        return {**ENV, "HOME": str(self.home), **more}

    def argv(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tui", "--config-dir", str(self.profile), *words]

    def __call__(self, *words: str, stdin: str = "", **env: str) -> Done:
        done = subprocess.run(
            self.argv(*words), input=stdin, capture_output=True, text=True, env=self.env(**env), timeout=60
        )
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    home = tmp_path / "home"
    home.mkdir()
    return Cli(home, tmp_path / "profile")


@pytest.fixture
def server() -> Iterator[DemoServer]:
    """A small company: anna, ben, clara in the team nordlicht."""
    demo = DemoServer(3, company.small)
    demo.start()
    yield demo
    demo.stop()


@pytest.fixture
def anna(cli: Cli, server: DemoServer) -> Cli:
    """`cli`, signed in as anna (what `teleteam login` does, without the process)."""
    paths = Paths.resolve(cli.profile)
    keeper = TokenKeeper(paths, ring=lambda: None)
    sign_in(server.url, "anna", "anna", paths=paths, config=Config(), keeper=keeper, file_allowed=True)
    return cli
