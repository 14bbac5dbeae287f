"""Passing through multiplexers keeps the sequence whole."""

from __future__ import annotations

from tui.terminal.sequences import quoted, through_screen, through_tmux


def test_tmux_doubles_escapes() -> None:
    assert through_tmux("\x1b]9;x\x1b\\") == "\x1bPtmux;\x1b\x1b]9;x\x1b\x1b\\\x1b\\"


def test_screen_pieces() -> None:
    text = through_screen("x" * 1500)
    assert text.count("\x1bP") == 3
    assert text.replace("\x1bP", "").replace("\x1b\\", "") == "x" * 1500


def test_quoted_has_no_controls_and_no_semicolons() -> None:
    assert quoted("a;b\x1b\x07\nc\u202e") == quoted(quoted("a;b\x1b\x07\nc\u202e"))
    assert not set(quoted("a;b\x1b\x07\nc")) & set(";\x1b\x07\n")
