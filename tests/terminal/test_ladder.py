"""The way that suits the place comes first; what deceives is never opened first."""

from __future__ import annotations

import pytest

from tests.terminal.fakes import session
from tui.terminal import abilities
from tui.terminal.ladder import Chances, Way, can_click, ways
from tui.terminal.tmux import TmuxOptions

ALL = Chances(browser=True, helper=False, click=True, code=True, send=True)
HELPED = Chances(browser=True, helper=True, click=True, code=True, send=True)


@pytest.mark.parametrize(
    ("kind", "chances", "meeting", "first"),
    [
        ("local", ALL, True, "here"),
        ("wsl", ALL, True, "here"),
        ("local", Chances(), False, "copy"),
        ("ssh", ALL, True, "copy"),
        ("ssh_x11", ALL, True, "copy"),
        ("mosh", ALL, True, "copy"),
        ("ssh", HELPED, True, "own"),
        ("x2go", HELPED, False, "own"),
        ("mosh", HELPED, True, "own"),
        ("x2go", ALL, True, "qr"),
        ("x2go", Chances(True, send=True, code=False), True, "send"),
        ("x2go", ALL, False, "here"),
        ("console", ALL, False, "qr"),
        ("console", Chances(code=False), False, "text"),
    ],
)
def test_what_suits_the_place_comes_first(kind: str, chances: Chances, meeting: bool, first: str) -> None:
    offered = ways(session(kind), chances, meeting=meeting)
    assert offered[0] == first
    assert len(offered) == len(set(offered))
    assert set(offered) >= {Way.COPY, Way.TEXT}


def test_what_was_taken_last_comes_first_while_it_is_there() -> None:
    assert ways(session("ssh"), ALL, remembered="qr")[0] is Way.QR
    assert ways(session("ssh"), ALL, remembered="own")[0] is Way.COPY
    assert ways(session("ssh"), ALL, remembered="nonsense")[0] is Way.COPY


def test_f52_what_may_deceive_is_not_opened_by_enter() -> None:
    for kind in ("local", "x2go", "ssh"):
        assert ways(session(kind), HELPED, careful=True, remembered="here")[0] is Way.COPY


def test_where_a_hyperlink_is_dropped_it_is_not_offered() -> None:
    able = abilities.detect({"TERM": "xterm-256color"}, session("ssh"))
    assert can_click(session("ssh"), able, None)
    assert not can_click(session("mosh"), able, None)
    assert not can_click(session("ssh", "screen"), able, None)
    assert not can_click(session("ssh", "tmux"), able, TmuxOptions(version=(3, 3)))
    new = TmuxOptions(version=(3, 4), features=frozenset({"hyperlinks"}))
    assert can_click(session("ssh", "tmux"), able, new)
    assert not can_click(session("console"), abilities.detect({"TERM": "linux"}, session("console")), None)
