"""Exit codes: stable, because scripts and status bars use them."""

from __future__ import annotations

from enum import IntEnum

from tui.core.errors import Retryable, SignedOut, SignInRefused, UserMistake


class Exit(IntEnum):
    """What a command ended with."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    OFFLINE = 3
    """Queued, or answered from the store; stderr says so."""
    SIGNED_OUT = 4


_USAGE = frozenset(
    {"tele.input.target", "tele.input.url", "tele.input.no_login_id", "tele.input.no_password"}
)


def code_of(error: BaseException) -> Exit:
    """The exit code that belongs to an error."""
    ident = error.id if isinstance(error, UserMistake) else ""
    if isinstance(error, SignedOut | SignInRefused) or ident == "tele.input.no_account":
        return Exit.SIGNED_OUT
    if isinstance(error, Retryable | TimeoutError) or ident.startswith("tele.offline."):
        return Exit.OFFLINE
    return Exit.USAGE if ident in _USAGE else Exit.FAILED
