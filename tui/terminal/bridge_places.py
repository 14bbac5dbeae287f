"""Where the link helper listens, where its forwarded sockets appear, and the secrets that both ends know.

Invariant: a socket counts only where it is a socket and ours; a secret lies in a 0600 file and is never an
argument, a variable or a line on a screen.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from tui.terminal.handover import runtime_dir

HELPER = "teleteam-helper.sock"
FORWARDED = "teleteam-bridge-"
REMOTE_FORM = f"/tmp/{FORWARDED}%r-%L.sock"  # noqa: S108 - both ends prove themselves; owner is checked
"""For `RemoteForward`: ssh puts in the name there (%r) and this computer's name (%L)."""
VARIABLE = "TELETEAM_BRIDGE"
MOST_SECRETS = 8
"""So many computers may be paired with one account on a server."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def helper_socket(env: Mapping[str, str], fallback: Path) -> Path:
    """Where `teleteam bridge` listens; `fallback` is a private directory of ours."""
    return (runtime_dir(env) or fallback) / HELPER


def forwarded(env: Mapping[str, str], tmp: Path = Path("/tmp")) -> list[Path]:  # noqa: S108 - see REMOTE_FORM
    """The forwarded sockets that are ours, newest first; the named one ($TELETEAM_BRIDGE) alone where set."""
    named = env.get(VARIABLE, "")
    if named:
        return [Path(named)] if is_ours(Path(named)) else []
    base = runtime_dir(env)
    found = [*(base.glob(f"{FORWARDED}*.sock") if base else ()), *tmp.glob(f"{FORWARDED}*.sock")]
    ours = {path: path.lstat().st_mtime for path in found if is_ours(path)}
    return sorted(ours, key=lambda path: -ours[path])


def is_ours(path: Path) -> bool:
    """Whether `path` is a socket that belongs to us."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()


def new_secret() -> str:
    """256 bits, in letters that survive every copy."""
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Whether `text` has the form of one."""
    return bool(_SECRET.fullmatch(text))


def read_secrets(file: Path) -> tuple[str, ...]:
    """The secrets in `file`, newest first; () where it is missing, or others could have read it."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return ()
    with os.fdopen(handle, encoding="ascii", errors="replace") as lines:
        found = os.fstat(handle)
        if found.st_uid != os.getuid() or found.st_mode & 0o077:
            return ()
        kept = [line.strip() for line in lines.readlines(4_096)]
    return tuple(line for line in kept if is_secret(line))[:MOST_SECRETS]
