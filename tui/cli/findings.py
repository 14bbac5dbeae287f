"""One line of `teleteam doctor`.

Invariant: a finding holds no secret, no message and no name of a person, so that it may be passed on.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.links import redact_tokens
from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.settings.i18n import Later

GOOD, HINT, BAD = "good", "hint", "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """`part` is stable for programs, `title` is for people."""

    part: str
    title: Later
    state: str
    text: str
    values: tuple[tuple[str, object], ...] = ()
    """What was measured, for programs."""

    def row(self) -> dict[str, object]:
        """`doctor --json`."""
        return {"part": self.part, "state": self.state, "text": self.text, **dict(self.values)}


def finding(
    part: str, title: Later, text: str, state: str = GOOD, *, values: Mapping[str, object] | None = None
) -> Finding:
    """A finding whose text is one safe line without tokens."""
    return Finding(part, title, state, safe_line(redact_tokens(text), 300), tuple((values or {}).items()))
