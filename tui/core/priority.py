"""Says whether the work at hand is something that a person is waiting for.

Invariant: the mark travels with the task (a context variable), never through arguments. Whoever starts work
that nobody waits for wraps it in `background()`; the wire lets everything else go first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_background: ContextVar[bool] = ContextVar("background", default=False)


@contextmanager
def background() -> Iterator[None]:
    """Requests made inside, by this task and by those it starts, give way to a person's."""
    mark = _background.set(True)
    try:
        yield
    finally:
        _background.reset(mark)


def in_background() -> bool:
    return _background.get()
