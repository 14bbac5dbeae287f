"""`teleteam` without a command: the screen, or with --plain its lines."""

from __future__ import annotations

from tui.cli.context import Context


def run(context: Context) -> int:
    """Opens the screen; it signs in by itself where there is no account yet."""
    if context.options.plain:
        from tui.cli.commands import plain

        return plain.run(context)
    from tui.ui.run import run_screen

    return run_screen(context)
