"""Everything around, in one look."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.fakes import session
from tui.terminal import here
from tui.terminal.abilities import MONO, TRUE_COLOR


def parts(found: here.Here) -> dict[str, str]:
    return {one.part: one.how for one in found.abilities}


def test_over_ssh_the_helper_is_asked_for(tmp_path: Path) -> None:
    env = {"TERM": "xterm-kitty", "COLORTERM": "truecolor", "TELETEAM_BRIDGE": str(tmp_path / "none")}
    seen = here.look(session("ssh", **env), [], "utf-8")
    assert (seen.able.program, seen.able.colors, seen.able.utf8) == ("kitty", TRUE_COLOR, True)
    found = parts(seen)
    assert (found["clipboard"], found["helper"]) == ("osc52", "none")


def test_a_desktop_needs_no_helper_and_tmux_counts() -> None:
    assert "helper" not in parts(here.look(session("local", TERM="xterm"), []))
    inner = here.look(session("ssh", "tmux", TERM="tmux", PATH="/nowhere", NO_COLOR="1"), [], "latin-1")
    assert parts(inner)["clipboard"] == "tmux_silent"
    assert (inner.able.colors, inner.able.utf8) == (MONO, False)
