"""Which of several Syncthings of this person is shown: the one that was chosen, if it is still there.

Invariant: one line in a private file of the state directory; the settings (`syncthing.config`) go before it.
What cannot be read counts as no choice, and then the first that answers is taken.
"""

from __future__ import annotations

from pathlib import Path

from tui.core.errors import ConfigTrouble
from tui.settings.files import check_trusted, write_private

FILE = "syncthing"
MOST_CHARS = 4096


class InstanceChoice:
    """`named`: what the settings name; `directory`: None = nothing is remembered."""

    def __init__(self, named: str = "", directory: Path | None = None) -> None:
        self.named = named
        self._file = directory / FILE if directory is not None else None

    def get(self) -> str:
        """A config.xml or its directory; "" = search. Asks the disk."""
        return self.named or self._remembered()

    def put(self, config: str) -> None:
        """Takes it from now on. OSError where the disk says no."""
        if self._file is not None:
            write_private(self._file, config)

    def _remembered(self) -> str:
        if self._file is None:
            return ""
        try:
            check_trusted(self._file)
            found = self._file.read_text(encoding="utf-8")[:MOST_CHARS].strip()
        except (OSError, UnicodeDecodeError, ConfigTrouble):
            return ""
        return found if found and Path(found).exists() else ""
