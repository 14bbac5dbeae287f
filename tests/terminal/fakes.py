"""Machines and programs that tests describe instead of having."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.terminal.programs import Ran
from tui.terminal.session import Machine, Session, SessionKind


class FakePrograms:
    """Has the programs `have`; notes every start; `codes` says how each ends."""

    def __init__(
        self, *have: str, display: bool = True, codes: Mapping[str, int | None] | None = None
    ) -> None:
        self.have = have
        self.display = display
        self.codes = codes or {}
        self.started: list[list[str]] = []
        self.texts: list[str | None] = []
        self.envs: list[dict[str, str]] = []

    def find(self, name: str, env: Mapping[str, str]) -> str | None:
        return f"/usr/bin/{name}" if name in self.have else None

    def run(
        self, argv: Sequence[str], env: Mapping[str, str], *, text: str | None = None, seconds: float = 3.0
    ) -> Ran:
        self.started.append(list(argv))
        self.texts.append(text)
        self.envs.append(dict(env))
        return Ran(self.codes.get(argv[0].rpartition("/")[2], 0))

    def has_display(self, env: Mapping[str, str]) -> bool:
        return self.display


def machine(
    *,
    ancestors: Sequence[str] = ("python", "bash", "sshd", "init"),
    tmux: str = "",
    release: str = "6.1.0-18-amd64",
    home: Path = Path("/nowhere"),
    platform: str = "linux",
) -> Machine:
    """A machine whose process 1000 has the given ancestors; 1 is the last."""
    names = dict(enumerate(ancestors, 1000))

    def parent_of(pid: int) -> tuple[str, int] | None:
        return (names[pid], pid + 1) if pid in names else None

    return Machine(parent_of, lambda _env: tmux, lambda: release, home, 1000, platform)


def session(kind: str, multiplexer: str = "", **env: str) -> Session:
    """A session of that kind."""
    return Session(SessionKind(kind), multiplexer, env)
