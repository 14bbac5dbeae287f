"""Regular expressions that are compiled when they are first used: a hundred of them took 15 ms of a start.

Invariant: type checkers and callers see `re.Pattern`; a pattern that is wrong is found by the first use, so
every one has a test that uses it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

_VERBS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")


class _Late:
    """As `re.compile(pattern, flags)`, once something is asked of it."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._asked_for = pattern, flags

    def __getattr__(self, name: str) -> Any:
        pattern, flags = self._asked_for
        compiled = re.compile(pattern, flags)
        for verb in _VERBS:
            setattr(self, verb, getattr(compiled, verb))  # from now on as quick as the pattern itself
        return getattr(compiled, name)


if TYPE_CHECKING:
    pattern = re.compile
else:
    pattern = _Late
