"""What holds for every test."""

from __future__ import annotations

import gc
import signal

from tui.ui.collector import THRESHOLDS

# A shell that runs the suite in its background ignores Ctrl+C, and programs inherit that: those that the
# tests interrupt would never end. A handler of our own is not inherited; they start with the usual one.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """As the app itself does it: what exists by now stays, and the collector looks seldom at the rest."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
