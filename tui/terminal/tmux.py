"""What the tmux around us lets through, by its own options.

Invariant: one question to the tmux of `$TMUX`, fixed words, at most a second; without an answer the answer is
tmux's defaults.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from tui.core.values import dataclass

SECONDS = 1.0
_NAMES = (
    *("version", "set-clipboard", "allow-passthrough", "focus-events", "extended-keys", "escape-time"),
    *("client_termname", "client_termfeatures"),
)
_BETWEEN = "|"
"""A tab would do, but a tmux without UTF-8 prints it as `_`."""
_QUESTION = _BETWEEN.join(f"#{{{name}}}" for name in _NAMES)
_YES = frozenset({"1", "on", "always", "all"})


@dataclass(frozen=True, slots=True)
class TmuxOptions:
    """As set in the server that we run in."""

    version: tuple[int, int] = (0, 0)
    """(3, 4) for 3.4; (0, 0) = unknown."""
    set_clipboard: str = "external"
    passthrough: bool = False
    focus_events: bool = False
    extended_keys: bool = False
    escape_time: int = 500
    """Milliseconds."""
    outer: str = ""
    """TERM of the terminal that is attached."""
    features: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether it has answered: else these are guesses."""
        return self.version > (0, 0)

    @property
    def hyperlinks(self) -> bool:
        """Whether OSC 8 gets to the terminal."""
        return self.version >= (3, 4) and "hyperlinks" in self.features


def options(env: Mapping[str, str]) -> TmuxOptions:
    """Asks the tmux that `env` names."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            ["tmux", "display-message", "-p", _QUESTION],  # noqa: S607 - the person's own tmux
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env=dict(env),
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return TmuxOptions()
    return read(done.stdout.decode("utf-8", "replace"))


def read(answer: str) -> TmuxOptions:
    """The options in tmux's answer."""
    values = answer.rstrip("\n").split(_BETWEEN)
    if len(values) != len(_NAMES):
        return TmuxOptions()
    said = dict(zip(_NAMES, values, strict=True))
    return TmuxOptions(
        version=_version(said["version"]),
        set_clipboard=said["set-clipboard"] or "external",
        passthrough=said["allow-passthrough"] in _YES,
        focus_events=said["focus-events"] in _YES,
        extended_keys=said["extended-keys"] in _YES,
        escape_time=int(said["escape-time"]) if said["escape-time"].isdecimal() else 500,
        outer=said["client_termname"],
        features=frozenset(said["client_termfeatures"].split(",")) - {""},
    )


def _version(text: str) -> tuple[int, int]:
    """3.3a → (3, 3); next-3.5 → (3, 5)."""
    major, _dot, rest = text.rpartition("-")[2].partition(".")
    minor = "".join(char for char in rest if char.isdecimal())
    return (int(major), int(minor or 0)) if major.isdecimal() else (0, 0)
