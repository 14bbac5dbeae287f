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
    said = read("3.4\ton\t1\t1\toff\t10\txterm-kitty\tRGB,hyperlinks,title\n")
    assert (said.version, said.set_clipboard, said.passthrough) == ((3, 4), "on", True)
    assert (said.focus_events, said.escape_time, said.hyperlinks) == (True, 10, True)
    assert not read("3.3a\ton\t1\t1\toff\t10\tx\thyperlinks\n").hyperlinks
    assert read("next-3.6\t\t\t\t\tx\t\t\n").version == (3, 6)


@pytest.mark.parametrize("answer", ["", "nonsense", "a\tb", "\t" * 7])
def test_no_answer_is_the_defaults(answer: str) -> None:
    assert read(answer) == TmuxOptions()
    assert options({"PATH": "/nowhere"}) == TmuxOptions()


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
            said = options({"PATH": os.environ["PATH"], "TMUX": f"{place / 's'},1,0"})
        finally:
            subprocess.run([*argv, "kill-server"], check=True, timeout=20)
    assert said.version >= (3, 0)
    assert (said.set_clipboard, said.focus_events) == (clipboard, focus)
