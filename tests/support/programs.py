"""Programs that some tests need for real: syncthing and tmux.

A machine without them skips those tests, except where TELETEAM_REQUIRE names them (as CI does): there the
absence is a failure.
"""

from __future__ import annotations

import os
import shutil

import pytest


def need(program: str) -> str:
    """Path of `program`; skips the test where it is absent, fails where TELETEAM_REQUIRE names it."""
    path = shutil.which(program)
    if path is not None:
        return path
    if program in os.environ.get("TELETEAM_REQUIRE", "").split():
        pytest.fail(f"{program} is required here and not installed")
    pytest.skip(f"{program} is not installed")
