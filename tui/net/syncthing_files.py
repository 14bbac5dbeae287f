"""Looks for conflict copies in a shared folder on this host.

Invariant: it only lists names, follows no link, and stops after `LIMIT` entries: a hint, never a scan.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

from tui.core.folder_rules import is_conflict

LIMIT = 50_000
OWN = frozenset({".stfolder", ".stversions", ".git"})


async def find_conflicts(path: str) -> frozenset[str]:
    """Relative paths of conflict copies below `path`; empty where it is not a directory of this host."""
    root = Path(path).expanduser()
    return await asyncio.to_thread(lambda: frozenset(_conflicts(root)))


def _conflicts(root: Path) -> Iterator[str]:
    seen = 0
    for directory, names, files in os.walk(root):
        names[:] = [name for name in names if name not in OWN]
        seen += len(files)
        yield from (str((Path(directory) / f).relative_to(root)) for f in files if is_conflict(f))
        if seen > LIMIT:
            return
