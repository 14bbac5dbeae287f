"""The whole demo of `teleteam --demo`: both servers, the company, and everybody in motion.

Invariant: loopback only, its own thread(s), its own temporary directory; after `stop()` nothing is left.
"""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tui.demo import company, shared_folders
from tui.demo.actors import Actors
from tui.demo.server import DemoServer
from tui.demo.syncthing import DemoSyncthing

LOGIN = "anna"
PASSWORD = "anna"  # noqa: S105  (the demo's only password, on loopback)


class Demo:
    """Start it, sign in at `url` as LOGIN with PASSWORD, stop it. `pace` 0 = nobody acts."""

    def __init__(self, seed: int = 1, *, pace: float = 1.0, directory: Path | None = None) -> None:
        self.server = DemoServer(seed, company.build)
        self.syncthing = DemoSyncthing(directory)
        shared_folders.furnish(self.syncthing)
        dice = random.Random(seed)
        self.actors = Actors(self.server.world, self.server.hub, dice, pace)
        self._dice = dice
        self._pace = pace
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        return self.server.url

    def start(self) -> str:
        """Listens and lets the people go; answers the URL of the Mattermost side."""
        url = self.server.start()
        self.syncthing.start()
        if self._pace > 0:
            self.server.call(self._begin_acting)
            self.syncthing.call(self._begin_sharing)
        return url

    def _begin_acting(self) -> None:
        self._tasks.append(self.server.lane.loop.create_task(self.actors.play_forever()))

    def _begin_sharing(self) -> None:
        dice = random.Random(self._dice.random())
        work = shared_folders.live(self.syncthing, dice, pace=self._pace)
        self._tasks.append(self.syncthing.lane.loop.create_task(work))

    def stop(self) -> None:
        self.server.stop()
        self.syncthing.stop()
        self._tasks.clear()
