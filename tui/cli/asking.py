"""Questions to the person at the terminal; without one, the answer is no.

Invariant: a password is neither shown nor kept, and is never taken from the command line.
"""

from __future__ import annotations

import getpass
import sys

from tui.settings.i18n import _

MAX_SECRET = 10_000


def is_interactive() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def agree(question: str) -> bool:
    """Yes or no, asked on standard error; no where nobody can be asked."""
    if not is_interactive():
        return False
    answer = ask(f"{question} {_('[y/N]')} ")
    return answer.lower() in {"y", "yes", _("y"), _("yes")}


def ask(prompt: str) -> str:
    """One line from the terminal."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def ask_secret(prompt: str) -> str:
    """One line that is not shown."""
    return getpass.getpass(prompt, stream=sys.stderr)


def secret_from_stdin() -> str:
    """The first line of standard input, without its line end."""
    return sys.stdin.readline(MAX_SECRET).rstrip("\r\n")
