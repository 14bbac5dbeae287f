"""The garbage collector at the start waits for the first complete frame, and what stands then is left alone.

Some thousand functions and classes are made by imports, all of them to stay; looking through them again and
again for rubbish is a tenth of a start. The command line switches the collector off before the first import.

Invariant: it is on again once a screen stands; where nobody switched it off, nothing is done here.
"""

from __future__ import annotations

import gc

THRESHOLDS = (50_000, 20, 100)
"""Seldom: each round stops the screen's thread."""


def begin() -> None:
    """Collects from now on; what exists already is never looked through again, for it stays to the end."""
    if not gc.isenabled():
        gc.set_threshold(*THRESHOLDS)
        gc.freeze()
        gc.enable()
