"""A program in a pty whose output is timed: when its first byte came, its first frame, a certain text.

Invariant: the clock starts before the process does. Times are read off afterwards, by replaying the
bytes into a terminal of our own, so watching costs the program nothing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyte

from tests.support.pty import _UNKNOWN_TO_PYTE as UNKNOWN_TO_PYTE
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until

SILENCE = 0.5
FIRST_PAINT = "starting …"
"""What the first paint says of itself."""


@dataclass(frozen=True, slots=True)
class Timed:
    """Milliseconds since before the process was started."""

    first_byte: float
    first_frame: float
    """Something can be read."""
    text: float
    """What was waited for can be read."""
    bytes: int
    """Written until then."""
    complete: float
    """It can be read on a screen that is no longer the first paint."""


class Watched(PtyProgram):
    """As PtyProgram; `until` waits for bytes, `timed` tells when what could be read."""

    def __init__(self, argv: Sequence[str], *, env: Mapping[str, str] | None = None) -> None:
        self.begun = time.monotonic()
        self.chunks: list[tuple[float, int]] = []
        """(monotonic seconds, bytes so far)."""
        super().__init__(argv, env=env)

    def __enter__(self) -> Watched:
        return self

    def note(self) -> None:
        """Looks whether more has come; called on and on while waiting."""
        size = len(self.output)
        if not self.chunks or self.chunks[-1][1] != size:
            self.chunks.append((time.monotonic(), size))

    def watch(self, pattern: str, *, timeout: float = 60.0) -> None:
        """Notes chunks until the screen matches and nothing more comes for half a second."""

        def is_shown() -> bool:
            self.note()
            shown = self.text() if self.output else ""
            return re.search(pattern, shown) is not None and FIRST_PAINT not in shown

        def is_silent() -> bool:
            self.note()
            return time.monotonic() - self.chunks[-1][0] > SILENCE

        wait_until(is_shown, timeout=timeout, interval=0.001)
        wait_until(is_silent, timeout=timeout, interval=0.001)

    def timed(self, pattern: str) -> Timed:
        frame = self._first(lambda shown: bool(shown.strip()))
        text = self._first(lambda shown: re.search(pattern, shown) is not None)
        first = next(at for at, size in self.chunks if size)

        def ms(at: float) -> float:
            return (at - self.begun) * 1000

        live = self._first(lambda shown: re.search(pattern, shown) is not None and FIRST_PAINT not in shown)
        return Timed(
            ms(first),
            ms(self.chunks[frame][0]),
            ms(self.chunks[text][0]),
            self.chunks[text][1],
            ms(self.chunks[live][0]),
        )

    def _first(self, probe: Callable[[str], bool]) -> int:
        """Index of the first chunk after which the screen satisfies `probe`."""
        screen = pyte.Screen(self.columns, self.rows)
        stream = pyte.ByteStream(screen)
        before = 0
        for index, (_, size) in enumerate(self.chunks):
            stream.feed(UNKNOWN_TO_PYTE.sub(b"", bytes(self.output[before:size])))
            before = size
            if probe("\n".join(screen.display)):
                return index
        raise AssertionError("never seen on:\n" + "\n".join(screen.display))
