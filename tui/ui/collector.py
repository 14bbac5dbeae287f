"""Memory: how seldom the garbage collector looks, and what the C library keeps of what was given back.

Some thousand functions and classes are made by imports, all of them to stay; looking through them again and
again for rubbish is a tenth of a start. The command line switches the collector off before the first import.

Invariant: it is on again once a screen stands; where nobody switched it off, nothing is done here.
"""

from __future__ import annotations

import ctypes
import gc
import sys

THRESHOLDS = (50_000, 20, 100)
"""Seldom: each round stops the screen's thread."""
TRIM_BYTES = 128 * 1024
"""So much that is free is kept at most; fixed, for glibc raises it with each large block that is freed."""
_M_TRIM_THRESHOLD, _M_ARENA_MAX = -1, -8
"""Of glibc's <malloc.h>."""


def begin() -> None:
    """Collects from now on; what exists already is never looked through again, for it stays to the end."""
    if not gc.isenabled():
        gc.set_threshold(*THRESHOLDS)
        gc.freeze()
        gc.enable()


def share_one_heap() -> bool:
    """All threads take memory from one heap: one for each costs 11 MB, and Python lets one run at a time.

    For before the first thread. Answers with whether the C library (glibc) knows how.
    """
    if sys.platform != "linux":
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    return bool(mallopt(_M_ARENA_MAX, 1)) and bool(mallopt(_M_TRIM_THRESHOLD, TRIM_BYTES))
