"""tmux's options as tmux prints them, from a real tmux too."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.programs import need
from tui.terminal.tmux import TmuxOptions, options, read


def test_an_answer_is_read() -> None:
    said = read("3.4|on|1|1|off|10|xterm-kitty|RGB,hyperlinks,title\n")
    assert (said.version, said.set_clipboard, said.passthrough) == ((3, 4), "on", True)
    assert (said.focus_events, said.escape_time, said.hyperlinks) == (True, 10, True)
    assert not read("3.3a|on|1|1|off|10|x|hyperlinks\n").hyperlinks
    assert read("next-3.6|||||x||\n").version == (3, 6)


@pytest.mark.parametrize("answer", ["", "nonsense", "a|b", "|" * 7])
def test_no_answer_is_the_defaults(answer: str) -> None:
    assert read(answer) == TmuxOptions()
    assert options({"PATH": "/nowhere"}) == TmuxOptions()
    assert not TmuxOptions().known


@pytest.mark.tmux
@pytest.mark.parametrize(
    ("settings", "clipboard", "focus"),
    [("", "external", False), ("set -g set-clipboard on\nset -g focus-events on", "on", True)],
)
def test_a_real_tmux_tells(settings: str, clipboard: str, focus: bool) -> None:
    program = need("tmux")
    with TemporaryDirectory(prefix="tele-") as directory:
        place = Path(directory)
        (place / "conf").write_text(settings)
        argv = [program, "-S", str(place / "s"), "-f", str(place / "conf")]
        subprocess.run([*argv, "new-session", "-d", "sleep 60"], check=True, timeout=20)
        try:
            env = {"PATH": os.environ["PATH"], "TMUX": f"{place / 's'},1,0"}
            said = options(env)
            without_utf8 = options({**env, "LC_ALL": "C"})
        finally:
            subprocess.run([*argv, "kill-server"], check=True, timeout=20)
    assert said.known
    assert said.version >= (3, 0)
    assert without_utf8 == said
    assert (said.set_clipboard, said.focus_events) == (clipboard, focus)
