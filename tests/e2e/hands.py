"""What hands do at a keyboard whose owner looks at the screen between two keys."""

from __future__ import annotations

import re
from contextlib import suppress

from tests.e2e.place import ESC, F8
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until

_UNCOVERED = r"── [^\n]{2,4}[~@][^│\n]{20}"
"""The line to write in is seen."""
WRITING = rf"\A(?!.*││).*{_UNCOVERED}"
"""And no list has the cursor; notices may hide what the status line says."""


class Hands:
    def __init__(self, app: PtyProgram) -> None:
        self.app = app

    def act(self, key: str) -> None:
        """Presses a key and waits until the screen has answered."""
        before = self.app.text()
        self.app.send(key)
        with suppress(AssertionError):
            wait_until(lambda: self.app.text() != before, timeout=3.0)
        self.app.quiet(0.2)

    def press(self, key: str, until: str, times: int = 6) -> None:
        """Presses a key until it has led to where it should, as a person would who looks at the screen."""
        for _ in range(times):
            if re.search(until, self.app.text(), re.S):
                return
            self.act(key)
        self.app.wait_text(until, timeout=5.0)

    def back_to_writing(self) -> None:
        """Out of the messages or the side panel, which goes away where it lies over the messages."""
        self.act(ESC)
        if not re.search(_UNCOVERED, self.app.text()):
            self.act(F8)
        self.press(ESC, WRITING)

    def choose(self, text: str, found: str) -> None:
        """Types into the list that is open and takes what it finds."""
        self.app.wait_text("┌─")
        self.app.send(text)
        self.app.wait_text(rf"│ ›[^›\n]{{0,3}}{found}")
        self.app.send("\r")
