"""The demo server in a process of its own, so that its work does not disturb what is measured.

`python -m tests.bench.flood_server [POSTS] [MORE CHANNELS]` prints its URL, then obeys lines on standard
input: `flood RATE SECONDS` writes that many posts a second into the open channel and prints how many it wrote
and how many seconds that took; `say NAME` writes one post into a channel. It ends with its input.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.budgets import world
from tests.budgets.world import Size
from tui.demo.server import DemoServer

FLOOD = "flood"
TICK = 0.02


class FloodServer:
    """The other end: starts the process, tells it what to do."""

    def __init__(self, posts: int = 40, channels: int = 0) -> None:
        argv = [sys.executable, "-m", "tests.bench.flood_server", str(posts), str(channels)]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.read()

    def tell(self, words: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(words + "\n")
        self._process.stdin.flush()

    def read(self) -> str:
        """The next line it prints; waits for it."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def ask(self, words: str) -> str:
        self.tell(words)
        return self.read()

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(10)


@contextmanager
def served(posts: int = 40, channels: int = 0) -> Iterator[FloodServer]:
    server = FloodServer(posts, channels)
    try:
        yield server
    finally:
        server.close()


def flood(server: DemoServer, rate: int, seconds: float) -> tuple[int, float]:
    """Evenly, 50 times a second; (posts, seconds). Falls behind rather than bunching up."""
    channel_id, begun, written = world.channel_id(server, "town-square"), time.monotonic(), 0
    while (now := time.monotonic() - begun) < seconds:
        due = int(now * rate) - written
        server.call(lambda first=written, due=due: _burst(server, channel_id, first, due))  # type: ignore[misc]
        written += due
        time.sleep(max(0.0, begun + now + TICK - time.monotonic()))
    return written, time.monotonic() - begun


def _burst(server: DemoServer, channel_id: str, first: int, count: int) -> None:
    channel = server.world.channels[channel_id]
    for number in range(first, first + count):
        text = f"{FLOOD} {number} {world.sentence(server.world, 50)}"
        server.world.post(channel, f"person-{1 + number % 60}", text)


def _obey(server: DemoServer, words: list[str]) -> None:
    match words:
        case ["flood", rate, seconds]:
            print(*flood(server, int(rate), float(seconds)), flush=True)
        case ["say", name]:
            channel_id, text = world.channel_id(server, name), "one more"
            print(world.say(server, channel_id, text), flush=True)


def main(posts: str = "40", channels: str = "0") -> None:
    server = world.serve(Size(int(posts), int(channels)))
    server.start()
    try:
        print(server.url, flush=True)
        for line in sys.stdin:
            _obey(server, line.split())
    finally:
        server.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
