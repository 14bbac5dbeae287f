"""Sentences for mistakes that only the command line can make.

Invariant: every other error's sentence is made by `client.wording`.
"""

from __future__ import annotations

from tui.client.wording.errors import sentence as general
from tui.core.errors import UserMistake
from tui.core.safe_text import safe_line
from tui.settings.i18n import N_

_OWN = {
    "tele.input.no_account": N_("There is no account here yet. Do: teleteam login URL"),
    "tele.input.no_profile": N_("There is no account “{detail}” here."),
    "tele.input.no_such_file": N_("There is no file “{detail}”."),
    "tele.input.no_login_id": N_("Who are you? Say --login-id."),
    "tele.input.no_password": N_("Nobody can be asked here. Say --password-stdin or --token-stdin."),
}


def sentence(error: BaseException) -> str:
    """What `error` means for the person; safe to show."""
    if isinstance(error, UserMistake) and error.id in _OWN:
        return str(_OWN[error.id]).format(detail=safe_line(error.detail, 120))
    if isinstance(error, OSError):
        return f"{error.strerror or type(error).__name__} {safe_line(str(error.filename or ''), 200)}".strip()
    return general(error)
