"""Starts the small helper programs of the desktop: browser, clipboard, notifications.

Invariant: an argv list, never a shell; standard streams never touch our screen; own session, so that
neither our terminal's signals nor its hang-up reach the child; no secret of ours in its environment.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Mapping, Sequence
from typing import Protocol

from tui.core.values import dataclass

_OURS = "TELETEAM_"


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended: `code` None = it still runs, -1 = it could not be started."""

    code: int | None


class Programs(Protocol):
    """What is needed of the machine's programs; tests give their own."""

    def find(self, name: str, env: Mapping[str, str]) -> str | None: ...
    def run(
        self, argv: Sequence[str], env: Mapping[str, str], *, text: str | None = None, seconds: float = 3.0
    ) -> Ran: ...
    def has_display(self, env: Mapping[str, str]) -> bool: ...


class RealPrograms:
    """The programs of this machine."""

    def has_display(self, env: Mapping[str, str]) -> bool:
        """Whether a graphical display answers; variables of a session that is gone do not count."""
        wayland, display = env.get("WAYLAND_DISPLAY", ""), env.get("DISPLAY", "")
        if wayland and _answers(os.path.join(env.get("XDG_RUNTIME_DIR", ""), wayland)):
            return True
        host, colon, rest = display.rpartition(":")
        if not colon:
            return False
        if host not in ("", "unix"):
            return True
        place = f"/tmp/.X11-unix/X{rest.partition('.')[0]}"  # noqa: S108 - the X server's fixed place
        return _answers(place) or _answers("\0" + place)

    def find(self, name: str, env: Mapping[str, str]) -> str | None:
        """Path of `name` on `env`'s PATH."""
        return shutil.which(name, path=env.get("PATH"))

    def run(
        self, argv: Sequence[str], env: Mapping[str, str], *, text: str | None = None, seconds: float = 3.0
    ) -> Ran:
        """Starts `argv`, gives it `text`, waits at most `seconds`; a program that goes on is left alone."""
        try:
            child = subprocess.Popen(  # noqa: S603 - an argv list; links and texts have been checked
                list(argv),
                stdin=subprocess.DEVNULL if text is None else subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env=without_ours(env),
            )
        except (OSError, ValueError):
            return Ran(-1)
        return _wait(child, text, seconds)


def _wait(child: subprocess.Popen[bytes], text: str | None, seconds: float) -> Ran:
    try:
        child.communicate(None if text is None else text.encode("utf-8", "replace"), seconds)
    except subprocess.TimeoutExpired:
        if child.stdin is not None:
            child.stdin.close()
        child.returncode = 0  # left running on purpose: tell Popen's destructor not to warn
        return Ran(None)
    return Ran(child.returncode)


def without_ours(env: Mapping[str, str]) -> dict[str, str]:
    """`env` for a child: without TELETEAM_* variables."""
    return {name: value for name, value in env.items() if not name.startswith(_OURS)}


def _answers(place: str) -> bool:
    """Whether something listens on the unix socket `place`."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.5)
            probe.connect(place)
    except (OSError, ValueError):
        return False
    return True
