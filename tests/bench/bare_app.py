"""The baseline for start-up: a bare Textual app with as many panes as ours and about as much text in them.

Run it with a file of lines for the messages: `python -m tests.bench.bare_app LINES`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, OptionList, Static


class BareApp(App[None]):
    """Sidebar, header, messages, composer, side panel, status line."""

    CSS: ClassVar[str] = """
    #sidebar { width: 27; } #side { width: 33; } #header, #status { height: 1; } #messages { height: 1fr; }
    """

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield OptionList(*[f"# channel {number}" for number in range(80)], id="sidebar")
            with Vertical():
                yield Static("# Town Square", id="header")
                yield Static("\n".join(self._lines[-28:]), id="messages", markup=False)
                yield Input(placeholder="To ~Town Square")
            yield OptionList(*[f"folder {number}" for number in range(12)], id="side")
        yield Static("online", id="status")


if __name__ == "__main__":
    BareApp(Path(sys.argv[1]).read_text().splitlines()).run(mouse=False)
