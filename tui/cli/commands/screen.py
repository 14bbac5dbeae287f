"""`teleteam` without a command: the screen, or with --plain its lines."""

from __future__ import annotations

import os
import sys

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.settings.i18n import _


def run(context: Context) -> int:
    """Opens the screen; it signs in by itself where there is no account yet."""
    if context.options.plain:
        from tui.cli.commands import plain

        return plain.run(context)
    hindrance = _hindrance(context)
    try:
        if not hindrance:
            from tui.ui.run import run_screen

            return run_screen(context)
    finally:
        if context.shown is not None:
            context.shown.undo()  # where the screen has not come so far: what is said now must be seen
    context.output.note(f"teleteam: {hindrance}")
    return Exit.USAGE


def _hindrance(context: Context) -> str:
    """Why there can be no screen here; "" where there can."""
    if not (os.isatty(0) and sys.stderr.isatty()):
        return _("The screen needs a terminal. Without one: teleteam --plain, or a command.")
    if context.env.get("TERM", "") in ("", "dumb"):
        return _("This terminal cannot show a screen (TERM). Try: teleteam --plain")
    if sys.stderr.encoding.lower().replace("-", "") != "utf8":
        return _("This terminal is not set to UTF-8. Try: LC_ALL=C.UTF-8 teleteam")
    return ""
