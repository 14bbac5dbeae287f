"""Guesses err on the side of "no"."""

from __future__ import annotations

import os
import pty
from collections.abc import Mapping

import pytest

from tests.terminal.fakes import session
from tui.terminal.abilities import TRUE_COLOR, detect, window_size


@pytest.mark.parametrize(
    ("env", "colors"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, TRUE_COLOR),
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm-kitty"}, 256),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "screen"}, 16),
        ({}, 16),
        ({"TERM": "dumb"}, 0),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, 0),
    ],
)
def test_e48_colours(env: Mapping[str, str], colors: int) -> None:
    assert detect(env, session("ssh")).colors == colors


@pytest.mark.parametrize(
    ("env", "program"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "foot"}, "foot"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "wezterm"),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "iterm"),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, "vte"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "221201"}, "konsole"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, "vscode"),
        ({"TERM": "xterm-256color"}, ""),
    ],
)
def test_programs(env: Mapping[str, str], program: str) -> None:
    assert detect(env, session("local")).program == program


def test_old_vte_has_links_but_no_osc52() -> None:
    vte = detect({"TERM": "xterm-256color", "VTE_VERSION": "7006"}, session("x2go"))
    assert (vte.osc8, vte.osc52) == (True, False)


def test_multiplexers_and_mosh_take_things_away() -> None:
    kitty = {"TERM": "xterm-kitty"}
    assert detect(kitty, session("local")).osc8
    assert not detect(kitty, session("local", "tmux")).osc8
    assert not detect(kitty, session("mosh")).osc8
    assert detect(kitty, session("mosh")).osc52
    assert not detect(kitty, session("local", "tmux")).kitty_keys
    assert detect({"TERM": "screen"}, session("ssh", "screen")).narrow_emoji


@pytest.mark.parametrize("term", ["dumb", "linux", "", "vt100"])
def test_e48_plain_terminals_are_quiet(term: str) -> None:
    assert detect({"TERM": term}, session("console")).quiet


@pytest.mark.parametrize(
    ("encoding", "utf8"), [("utf-8", True), ("UTF8", True), ("iso8859-1", False), ("ANSI_X3.4-1968", False)]
)
def test_e48_encoding(encoding: str, utf8: bool) -> None:
    assert detect({}, session("ssh"), encoding).utf8 is utf8


def test_window_size() -> None:
    master, slave = pty.openpty()
    try:
        assert window_size(slave) == (80, 24)
    finally:
        os.close(master)
        os.close(slave)
    assert window_size(slave) == (80, 24)
