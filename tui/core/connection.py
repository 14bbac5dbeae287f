"""What is known of the line to the server, for the status line and for scripts."""

from __future__ import annotations

from typing import Literal, TypeAlias

from tui.core.ids import Millis
from tui.core.values import dataclass

ConnectionKind: TypeAlias = Literal["connecting", "catching_up", "online", "offline", "signed_out", "stopped"]


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """What the person may know of the line; sentences are made of it by `client.wording.states`."""

    kind: ConnectionKind = "connecting"
    since: Millis = 0
    """Wall clock of when `kind` last changed."""
    next_try_at: Millis = 0
    """Wall clock of the next attempt while offline; 0 = none is planned."""
    cause: str = ""
    """Error id of why we are offline or signed out ("tele.offline.dns", "tele.answer.portal" …)."""
    detail: str = ""
    """Technical note of that error: safe to show."""
    attempt: int = 0
    """How many attempts have failed in a row."""

    @property
    def live(self) -> bool:
        """True where requests may be expected to be answered."""
        return self.kind in ("catching_up", "online")
