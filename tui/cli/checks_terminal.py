"""What `teleteam doctor` finds about the terminal, the session and the ways to a browser.

Invariant: nothing is changed by looking; remedies are lines that can be pasted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tui.cli.context import Context
from tui.cli.findings import GOOD, HINT, Finding, finding
from tui.client.wording.abilities import TITLES, place, words
from tui.settings.i18n import _
from tui.terminal.bridge_places import read_secrets
from tui.terminal.here import look as look_around
from tui.terminal.session import Session


def look(context: Context, session: Session) -> Iterator[Finding]:
    """Clipboard, links, link helper, notifications, focus, colours, keys."""
    here = look_around(session, read_secrets(context.paths.helper_secrets), sys.stdout.encoding)
    for ability in here.abilities:
        text = words(ability)
        if ability.remedy:
            lines = " · ".join(ability.remedy)
            text = _("{what} — {where}: {lines}").format(what=text, where=place(ability.where), lines=lines)
        yield finding(ability.part, TITLES[ability.part], text, GOOD if ability.good else HINT)
