"""`teleteam doctor`: tests every part and says what it found; the text may be passed on."""

from __future__ import annotations

from collections.abc import Iterator

from tui.cli import checks_here
from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.cli.findings import BAD, GOOD, HINT, Finding

_SIGNS = {GOOD: "✓", HINT: "!", BAD: "✗"}


def run(context: Context) -> int:
    """Prints each finding as soon as it is there; 1 where something is broken."""
    worst = Exit.DONE
    for found in _all(context):
        if context.options.json:
            context.output.record(found.row())
        else:
            context.output.line(f"{_SIGNS[found.state]} {found.title!s:<16} {found.text}")
        context.output.flush()
        if found.state == BAD:
            worst = Exit.FAILED
    return worst


def _all(context: Context) -> Iterator[Finding]:
    if getattr(context.options, "measure_line", False):
        from tui.cli import checks_line

        yield from checks_line.look(context)
        return
    from tui.cli import checks_net

    yield from checks_here.look(context)
    yield from checks_net.look(context)
