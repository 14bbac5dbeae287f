"""Opens a file or a directory of this machine in the person's own programs.

Invariant: never through a shell, never a file that could run as a program itself (executable bit, launchers,
scripts), and nothing where the person's screen is another machine's: the caller then shows the path.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from tui.terminal.opener import NEVER_HERE
from tui.terminal.programs import Programs, RealPrograms
from tui.terminal.session import Session

WAIT_SECONDS = 3.0
RUNNABLE = frozenset(
    {".desktop", ".sh", ".bash", ".py", ".pl", ".rb", ".jar", ".run", ".appimage", ".exe", ".bat", ".cmd"}
    | {".com", ".msi", ".ps1", ".vbs", ".js", ".lnk", ".url", ".scr", ".command", ".app", ".workflow"}
)
"""Suffixes of what a double click would run."""


def may_open(path: Path) -> bool:
    """Whether opening `path` shows something and does not run it. Directories may, programs may not."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        return path.suffix.lower() != ".app"
    runs = mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH) or path.suffix.lower() in RUNNABLE
    return stat.S_ISREG(mode) and not runs


def open_path(path: Path, session: Session, programs: Programs | None = None) -> bool:
    """Opens it; False where that is not possible or not wise. May take 3 s, so call it in a worker."""
    programs = programs or RealPrograms()
    if session.kind in NEVER_HERE or not may_open(path):
        return False
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    if opener == "xdg-open" and not programs.has_display(session.env):
        return False
    found = programs.find(opener, session.env)
    if not found:
        return False
    return programs.run([found, str(path)], session.env, seconds=WAIT_SECONDS).code in (0, None)
