"""First things in `main`: what a shared machine must not see of us.

Invariant: files are private from the first byte on (umask 077), no core dump holds a token, no other
process of the same user reads our memory, and an unhandled error prints neither values of variables nor
texts.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from types import TracebackType

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """umask 077, no core dumps, not dumpable; what the system refuses is left."""
    os.umask(0o077)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        return
    if sys.platform == "linux":
        _not_dumpable()


def _not_dumpable() -> None:
    """prctl(PR_SET_DUMPABLE, 0): no ptrace and no /proc/<pid>/environ for others of the same user."""
    import ctypes

    try:
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return


def install_excepthook(report: Callable[[BaseException], None]) -> None:
    """From now on an unhandled error, of threads too, is given to `report` instead of being printed."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            report(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            report(args.exc_value)

    sys.excepthook = hook
    threading.excepthook = thread_hook
