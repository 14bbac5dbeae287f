"""The command `teleteam`: arguments in, exit code out.

Invariant: the screen, the network and the keyring are imported only by the command that needs them; whatever
goes wrong ends as one sentence on standard error and a documented exit code, never as a traceback. The last
screen stands on the terminal before anything heavier than `os` is imported.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from tui import __version__


def main(words: Sequence[str] | None = None) -> int:
    """Runs the program; returns its exit code."""
    words = list(sys.argv[1:] if words is None else words)
    if words == ["--version"]:
        print(f"teleteam {__version__}")
        return 0
    gc.disable()  # imports make nothing but what stays; commands and the screen switch it on again
    from tui.terminal import last_screen

    shown = last_screen.show(words, os.environ)
    try:
        from tui.cli.running import run

        return run(words, os.environ, shown)
    except KeyboardInterrupt:
        if shown is None:
            raise
        return 130
    finally:
        if shown is not None:
            shown.undo()
        gc.enable()
