"""Finds out where the person sits: at this machine, behind SSH or mosh, in X2Go, in WSL, on a console.

Invariant: the first match of a fixed order decides (X2GO_SESSION before SSH_*, because X2Go sets those
too), and everything that is looked at comes in as an argument. Inside tmux the environment is as old as the
tmux server: ask again each time a link is opened.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import field
from enum import StrEnum
from pathlib import Path

from tui.core.patterns import pattern
from tui.core.values import dataclass

TMUX_SECONDS = 1.0
MAX_ANCESTORS = 40
MIN_X2GO_DISPLAY = 50

_FRESH = (
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"),
    *("SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS"),
)
_SSH_DISPLAY = pattern(r"(localhost|127\.0\.0\.1|[\w.-]+)?:(1\d|[2-4]\d)(\.\d+)?\Z")
_DISPLAY_NUMBER = pattern(r"[^:]*:(\d+)(\.\d+)?\Z")
_X2GO_NAME = pattern(r".*-(\d+)-\d+_")


class SessionKind(StrEnum):
    """Where process, terminal and the person's browser are; facts in remote-session-facts §1."""

    LOCAL = "local"
    SSH = "ssh"
    SSH_X11 = "ssh_x11"
    """SSH with forwarded X: a browser here would be drawn over the network."""
    X2GO = "x2go"
    """X2Go or NoMachine: the terminal itself runs on the server."""
    MOSH = "mosh"
    WSL = "wsl"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Session:
    """The answer. `env` is the freshest environment known, for starting programs."""

    kind: SessionKind
    multiplexer: str = ""
    """tmux, screen or ""."""
    env: Mapping[str, str] = field(default_factory=dict, repr=False)
    overridden: bool = False

    @property
    def remote(self) -> bool:
        """Whether the person's camera, browser and eyes are on another machine than this process."""
        return self.kind in (SessionKind.SSH, SessionKind.SSH_X11, SessionKind.X2GO, SessionKind.MOSH)

    @property
    def display(self) -> str:
        """DISPLAY or WAYLAND_DISPLAY; "" without a graphical display."""
        return self.env.get("WAYLAND_DISPLAY", "") or self.env.get("DISPLAY", "")


@dataclass(frozen=True, slots=True)
class Machine:
    """What is read of the machine; tests give their own."""

    parent_of: Callable[[int], tuple[str, int] | None]
    """Process id → (name, parent's id), None where there is no such process."""
    tmux: Callable[[Mapping[str, str]], str]
    """Output of the tmux query below, "" where it fails."""
    release: Callable[[], str]
    """/proc/sys/kernel/osrelease."""
    home: Path
    pid: int
    platform: str = "linux"


def this_machine() -> Machine:
    """The real one."""
    return Machine(_parent_of, _ask_tmux, _release, Path(os.path.expanduser("~")), os.getpid(), sys.platform)


def detect(env: Mapping[str, str], *, override: str = "auto", machine: Machine | None = None) -> Session:
    """Where the person sits now. `override`: config session.kind; TELETEAM_SESSION in `env` does the same."""
    machine = machine or this_machine()
    multiplexer = "tmux" if env.get("TMUX") else "screen" if env.get("STY") else ""
    fresh, client = _freshened(env, machine) if multiplexer == "tmux" else (dict(env), 0)
    for wish in (override, env.get("TELETEAM_SESSION", "")):
        if wish in set(SessionKind):
            return Session(SessionKind(wish), multiplexer, fresh, overridden=True)
    return Session(_kind(fresh, machine, client or machine.pid), multiplexer, fresh)


def _kind(env: Mapping[str, str], machine: Machine, pid: int) -> SessionKind:
    """The first match; the order matters."""
    if _is_x2go(env, machine.home) or env.get("NXSESSIONID") or env.get("NX_CLIENT"):
        return SessionKind.X2GO
    if env.get("WSL_DISTRO_NAME") or "microsoft" in machine.release().lower():
        return SessionKind.WSL
    if _has_ancestor(machine, pid, "mosh-server"):
        return SessionKind.MOSH
    if env.get("SSH_CONNECTION") or env.get("SSH_TTY"):
        return SessionKind.SSH_X11 if _SSH_DISPLAY.match(env.get("DISPLAY", "")) else SessionKind.SSH
    if env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") or machine.platform in ("darwin", "win32"):
        return SessionKind.LOCAL
    return SessionKind.CONSOLE


def _is_x2go(env: Mapping[str, str], home: Path) -> bool:
    """X2GO_SESSION; where su or tmux lost it, a display from 50 on that has a session directory."""
    if env.get("X2GO_SESSION"):
        return True
    number = _display_number(env.get("DISPLAY", ""))
    if number < MIN_X2GO_DISPLAY:
        return False
    try:
        return any((home / ".x2go").glob(f"C-*-{number}-*"))
    except OSError:
        return False


def _display_number(display: str) -> int:
    found = _DISPLAY_NUMBER.match(display)
    return int(found[1]) if found else -1


def _has_ancestor(machine: Machine, pid: int, name: str) -> bool:
    for _ in range(MAX_ANCESTORS):
        entry = machine.parent_of(pid)
        if entry is None:
            return False
        if entry[0] == name:
            return True
        pid = entry[1]
    return False


def _freshened(env: Mapping[str, str], machine: Machine) -> tuple[dict[str, str], int]:
    """`env` with what tmux knows of the client that is attached now, and that client's process id (0 =
    unknown).

    tmux refreshes DISPLAY and SSH_* at attach, but not X2GO_SESSION: it counts only while its display is
    ours.
    """
    first, _sep, rest = machine.tmux(env).partition("\n")
    fresh = dict(env)
    for line in rest.splitlines():
        name, equals, value = line.partition("=")
        if equals and name in _FRESH:
            fresh[name] = value
        elif name.startswith("-") and name[1:] in _FRESH:
            fresh.pop(name[1:], None)
    session = _X2GO_NAME.match(fresh.get("X2GO_SESSION", ""))
    if session and int(session[1]) != _display_number(fresh.get("DISPLAY", "")):
        del fresh["X2GO_SESSION"]
    return fresh, int(first) if first.isdecimal() else 0


def _ask_tmux(env: Mapping[str, str]) -> str:
    """First line the attached client's process id, then the session's environment (`-NAME` = removed)."""
    command = ["tmux", "display-message", "-p", "#{client_pid}", ";", "show-environment"]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=TMUX_SECONDS,
            env=dict(env),
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _parent_of(pid: int) -> tuple[str, int] | None:
    """From /proc/<pid>/stat: `pid (name) state ppid …`; the name may hold blanks and brackets."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    head, _sep, tail = text.rpartition(")")
    fields = tail.split()
    return (head.partition("(")[2], int(fields[1])) if len(fields) > 1 else None


def _release() -> str:
    try:
        return Path("/proc/sys/kernel/osrelease").read_text(encoding="utf-8")
    except OSError:
        return ""
