"""What the doctor says of the terminal, with lines to paste."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from tests.terminal.fakes import session
from tui.cli.checks_terminal import look
from tui.cli.context import Context
from tui.cli.findings import GOOD, HINT, Finding
from tui.settings.config import Config
from tui.settings.paths import Paths


def findings(directory: Path, kind: str, multiplexer: str = "", **env: str) -> dict[str, Finding]:
    context = Context(Namespace(profile=""), Paths.resolve(directory), Config(), env, keyring=False)
    return {found.part: found for found in look(context, session(kind, multiplexer, **env))}


def test_over_ssh_the_lines_are_named(tmp_path: Path) -> None:
    bridge = str(tmp_path / "none")
    found = findings(tmp_path, "ssh", TERM="xterm-kitty", COLORTERM="truecolor", TELETEAM_BRIDGE=bridge)
    assert found["clipboard"].state == GOOD
    assert found["helper"].state == HINT
    assert found["helper"].text.endswith("teleteam bridge --print-ssh HOST")
    assert "on your own computer" in found["helper"].text
    assert "~/.ssh/config" in found["line"].text


def test_in_a_tmux_as_it_comes(tmp_path: Path) -> None:
    found = findings(tmp_path, "ssh", "tmux", TERM="tmux-256color", PATH="/nowhere")
    assert found["clipboard"].state == HINT
    assert found["clipboard"].text.endswith("set -s set-clipboard on")
    assert "does not answer" in found["links"].text


def test_here_nothing_is_to_be_forwarded(tmp_path: Path) -> None:
    assert "helper" not in findings(tmp_path, "local", TERM="xterm-kitty")
