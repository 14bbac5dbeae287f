"""Titles cannot carry sequences, and are quiet where they would be junk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.terminal.fakes import session
from tui.terminal.abilities import detect
from tui.terminal.title import restore_title, save_title, set_title

XTERM = detect({"TERM": "xterm-256color"}, session("ssh"))
SCREEN = detect({"TERM": "screen"}, session("ssh", "screen"))
CONSOLE = detect({"TERM": "linux"}, session("console"))


def test_forms() -> None:
    assert set_title("(3) teleteam", XTERM) == "\x1b]2;(3) teleteam\x07"
    assert set_title("x", SCREEN) == "\x1bkx\x1b\\"
    assert (save_title(XTERM), restore_title(XTERM)) == ("\x1b[22;2t", "\x1b[23;2t")
    assert (save_title(SCREEN), restore_title(SCREEN)) == ("", "\x1bk\x1b\\")
    assert set_title("x", CONSOLE) + save_title(CONSOLE) + restore_title(CONSOLE) == ""


@given(st.text())
def test_f56_a_name_cannot_end_the_title(text: str) -> None:
    inner = set_title(text, XTERM)[4:-1]
    assert all(c.isprintable() for c in inner)
    assert len(inner) <= 100
