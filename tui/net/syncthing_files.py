"""Conflict copies in a shared folder on this host: finding them, and doing with them what the person chose.

Invariant: the search lists names only, slowly, follows no link and stops after `LIMIT` files: a hint, never
a scan. What is changed was shown before: a file that has another size or time by now is left alone; nothing
outside of the folder or behind a link is touched.
"""

from __future__ import annotations

import asyncio
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from tui.core.errors import UserMistake
from tui.core.folder_acts import ConflictSides, Side
from tui.core.folder_rules import is_conflict
from tui.core.folders import Conflict

T = TypeVar("T")
LIMIT = 50_000
BREATH, BREATH_AFTER = 0.002, 500
"""Seconds of rest after so many entries: nobody waits for this search."""
OWN = frozenset({".stfolder", ".stversions", ".git"})


async def find_conflicts(path: str) -> frozenset[str]:
    """Relative paths of conflict copies below `path`; empty where it is not a directory of this host."""
    root = Path(path).expanduser()
    return await _aside(lambda: frozenset(_conflicts(root)))


def _conflicts(root: Path) -> Iterator[str]:
    seen = breathed = 0
    for directory, names, files in os.walk(root):
        names[:] = [name for name in names if name not in OWN]
        seen += len(files)
        yield from (str((Path(directory) / f).relative_to(root)) for f in files if is_conflict(f))
        if seen > LIMIT:
            return
        if seen - breathed >= BREATH_AFTER:
            breathed = seen
            time.sleep(BREATH)


async def _aside(work: Callable[[], T]) -> T:
    """On a daemon thread: a share that does not answer must not hold the program when it ends."""
    loop, done = asyncio.get_running_loop(), asyncio.get_running_loop().create_future()

    def settle(value: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(value)

    def run() -> None:
        value: T | None = None
        error: BaseException | None = None
        try:
            value = work()
        except (OSError, UserMistake) as trouble:
            error = trouble
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=run, name="teleteam-folders", daemon=True).start()
    found: T = await done
    return found


async def look_at_conflict(root: str, conflict: Conflict) -> ConflictSides:
    """Both files as they are now; a side that is gone is None."""
    base = Path(root).expanduser()
    return await _aside(
        lambda: ConflictSides(conflict, _side(base, conflict.original), _side(base, conflict.path))
    )


async def keep_original(root: str, sides: ConflictSides) -> None:
    """Deletes the copy. Raises UserMistake where a side is not what was shown."""
    base = Path(root).expanduser()

    def work() -> None:
        _check(base, sides)
        (base / sides.conflict.path).unlink()

    await _aside(work)


async def keep_copy(root: str, sides: ConflictSides) -> None:
    """Puts the copy in the place of the file beside it, whose content is gone then."""
    base = Path(root).expanduser()

    def work() -> None:
        _check(base, sides)
        os.replace(base / sides.conflict.path, base / sides.conflict.original)

    await _aside(work)


async def keep_both(root: str, sides: ConflictSides, word: str) -> str:
    """Gives the copy a name of its own, with `word` in it ("older"); that name, relative."""
    base = Path(root).expanduser()

    def work() -> str:
        _check(base, sides)
        original = Path(sides.conflict.original)
        for number in range(1, 100):
            more = "" if number == 1 else f" {number}"
            name = original.with_name(f"{original.stem} ({word}{more}){original.suffix}")
            try:
                os.link(base / sides.conflict.path, base / name, follow_symlinks=False)
            except FileExistsError:
                continue
            except OSError:  # a file system without links: the name may be taken meanwhile, but not by us
                if (base / name).exists():
                    continue
                os.rename(base / sides.conflict.path, base / name)
                return str(name)
            (base / sides.conflict.path).unlink()
            return str(name)
        raise UserMistake("tele.folders.conflict_changed")

    return await _aside(work)


def _check(base: Path, sides: ConflictSides) -> None:
    now = ConflictSides(
        sides.conflict, _side(base, sides.conflict.original), _side(base, sides.conflict.path)
    )
    if now.copy is None or now != sides:
        raise UserMistake("tele.folders.conflict_changed")


def _side(base: Path, relative: str) -> Side | None:
    """Size and time of a regular file inside the folder; None for all else."""
    path = base / relative
    if ".." in Path(relative).parts or Path(relative).is_absolute():
        return None
    try:
        if path.parent.resolve() != base.resolve() / Path(relative).parent:
            return None  # a link on the way
        info = path.lstat()
    except OSError:
        return None
    return Side(info.st_size, info.st_mtime_ns) if stat.S_ISREG(info.st_mode) else None
