"""Hands a secret address to a browser without putting it where others of this machine can read it.

A program's arguments can be read by every user of a shared server (`ps`). So the browser gets a small page of
ours instead, readable by us alone, which sends it on; the page is removed a minute later, by a process that
outlives this one.

Invariant: the page is 0600 in a fresh 0700 directory of ours from its first byte on; the address is in no
argument and no log.
"""

from __future__ import annotations

import html
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tui.core.links import Link
from tui.terminal.programs import Programs
from tui.terminal.session import Session, SessionKind

PREFIX = "teleteam-open-"
KEPT_SECONDS = 60
LEFTOVER_SECONDS = 600
"""Age at which a page that nobody removed is removed by the next one."""
_PEOPLE = range(1000, 60_000)
"""User ids of people on Linux (login.defs)."""
_NO_LOGIN = ("nologin", "false", "sync")
_HIDING = frozenset(f"hidepid={how}" for how in ("1", "2", "4", "noaccess", "invisible", "ptraceable"))
_REMOVER = f'(sleep {KEPT_SECONDS}; rm -f -- "$1/open.html"; rmdir -- "$1") &'


def others_here(session: Session) -> bool:
    """Whether other people may read the arguments of our programs; yes where it cannot be told."""
    if session.kind is SessionKind.WSL or sys.platform == "win32" or processes_are_hidden():
        return False
    return session.remote or _other_people()


def processes_are_hidden(mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Whether /proc shows each user his own processes only (hidepid)."""
    try:
        text = mounts.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    lines = [line.split(" ") for line in text.splitlines()]
    options = next((line[3] for line in reversed(lines) if len(line) > 3 and line[1] == "/proc"), "")
    return not _HIDING.isdisjoint(options.split(","))


def _other_people() -> bool:
    import pwd

    me = os.getuid()
    return any(
        user.pw_uid in _PEOPLE and user.pw_uid != me and not user.pw_shell.endswith(_NO_LOGIN)
        for user in pwd.getpwall()
    )


def page(link: Link, env: Mapping[str, str], programs: Programs) -> str:
    """The file: address of a fresh page that leads to `link`; OSError where there is no place for it."""
    base = runtime_dir(env)
    _sweep(Path(base or tempfile.gettempdir()))
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
    file = place / "open.html"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(_html(link.url))
    programs.run(["/bin/sh", "-c", _REMOVER, "sh", str(place)], env)
    return file.as_uri()


def runtime_dir(env: Mapping[str, str]) -> Path | None:
    """$XDG_RUNTIME_DIR where it is really a directory of ours alone, else None."""
    text = env.get("XDG_RUNTIME_DIR", "")
    if not text.startswith("/"):
        return None
    try:
        found = os.lstat(text)
    except OSError:
        return None
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return Path(text) if ours else None


def _html(url: str) -> str:
    """A page without scripts, which says nothing of itself to where it leads."""
    safe = html.escape(url.replace("'", "%27"), quote=True)
    return (
        '<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f'<meta http-equiv="refresh" content="0;url={safe}"><title>teleteam</title>'
        f'<a rel="noreferrer" href="{safe}">teleteam</a>\n'
    )


def _sweep(base: Path) -> None:
    """Removes our pages that were left behind by a machine that was switched off."""
    for place in base.glob(f"{PREFIX}*"):
        try:
            found = place.lstat()
        except OSError:
            continue
        old = time.time() - found.st_mtime > LEFTOVER_SECONDS
        if old and stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
            shutil.rmtree(place, ignore_errors=True)
