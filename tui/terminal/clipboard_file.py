"""Takes a picture or files out of the clipboard of the desktop where the person sits.

Invariant: only on the person's key and only where the desktop is the person's own (at the machine, X2Go): the
clipboard behind an ssh line cannot be read by anything here. A picture is kept in a directory of its own that
nobody else may enter; at most MOST bytes are taken.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tui.core.values import dataclass
from tui.terminal.programs import Programs, RealPrograms, without_ours
from tui.terminal.session import Session, SessionKind

MOST = 50_000_000
SECONDS = 5.0
PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
"""What is taken, the best first, and how the file is called."""
URIS = "text/uri-list"
NO_CLIPBOARD, NOTHING = "no_clipboard", "nothing"


@dataclass(frozen=True, slots=True)
class Taken:
    """`paths` of what was there; none: `problem` is NO_CLIPBOARD (cannot be read from here) or NOTHING."""

    paths: tuple[str, ...] = ()
    problem: str = ""


def take(session: Session, name: str, programs: Programs | None = None) -> Taken:
    """What lies in the clipboard; a picture becomes a file `name`.png. Takes seconds: call it in a worker."""
    programs = programs or RealPrograms()
    for listing, reading in _readers(session, programs):
        kinds = _ask(listing, session.env)
        if kinds is None:
            continue
        known = kinds.decode("utf-8", "replace").split()
        if URIS in known:
            found = _files((_ask([*reading, URIS], session.env) or b"").decode("utf-8", "replace"))
            if found:
                return Taken(found)
        for kind, ending in PICTURES.items():
            data = _ask([*reading, kind], session.env) if kind in known else None
            if data:
                return Taken((_kept(data, f"{name}.{ending}"),))
        return Taken(problem=NOTHING)
    return Taken(problem=NO_CLIPBOARD)


def _readers(session: Session, programs: Programs) -> list[tuple[list[str], list[str]]]:
    """Commands that list what is there, and that give one kind of it (its name comes last)."""
    if session.kind not in (SessionKind.LOCAL, SessionKind.X2GO) or not programs.has_display(session.env):
        return []
    found = []
    wayland = programs.find("wl-paste", session.env) if session.env.get("WAYLAND_DISPLAY") else None
    if wayland:
        found.append(([wayland, "--list-types"], [wayland, "--no-newline", "--type"]))
    xclip = programs.find("xclip", session.env) if session.env.get("DISPLAY") else None
    if xclip:
        out = [xclip, "-selection", "clipboard", "-o", "-t"]
        found.append(([*out, "TARGETS"], out))
    return found


def _ask(argv: list[str], env: Mapping[str, str]) -> bytes | None:
    """What a program says; None where it fails, hangs or says too much."""
    try:
        ran = subprocess.run(  # noqa: S603 - an argv list of our own words
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            start_new_session=True,
            env=without_ours(env),
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return ran.stdout if ran.returncode == 0 and len(ran.stdout) <= MOST else None


def _files(uris: str) -> tuple[str, ...]:
    """Local files of an RFC 2483 list; comments, other places and what is no file are left out."""
    places = (urlsplit(line.strip()) for line in uris.splitlines() if line.startswith("file://"))
    paths = (unquote(place.path) for place in places if place.netloc in ("", "localhost"))
    return tuple(path for path in paths if "\0" not in path and Path(path).is_file())


def _kept(data: bytes, name: str) -> str:
    place = Path(tempfile.mkdtemp(prefix="teleteam-")) / name
    place.write_bytes(data)
    place.chmod(0o600)
    return str(place)
