"""The right way for each place; nothing is claimed that cannot be known."""

from __future__ import annotations

import base64

import pytest

from tests.terminal.fakes import FakePrograms, session
from tui.terminal.abilities import detect
from tui.terminal.clipboard import COPIED, HANDED_OVER, NOT_COPIED, copy, osc52
from tui.terminal.session import Session

ALL = ("wl-copy", "xclip", "xsel", "tmux", "clip.exe", "pbcopy")


def run(
    where: Session, *have: str, text: str = "text", term: str = "xterm-256color", display: bool = True
) -> tuple[str, list[list[str]], str]:
    programs = FakePrograms(*have, display=display)
    copied = copy(text, where, detect({"TERM": term}, where, "utf-8"), programs=programs)
    return copied.kind, programs.started, copied.sequence


def test_x11_takes_xclip_and_osc52_goes_along() -> None:
    kind, started, sequence = run(session("x2go", DISPLAY=":50"), *ALL)
    assert (kind, started) == (COPIED, [["/usr/bin/xclip", "-selection", "clipboard"]])
    assert sequence == f"\x1b]52;c;{base64.b64encode(b'text').decode()}\x07"


def test_wayland_first() -> None:
    assert run(session("local", WAYLAND_DISPLAY="w"), *ALL)[1] == [["/usr/bin/wl-copy"]]


def test_ssh_hands_over_to_the_terminal() -> None:
    kind, started, sequence = run(session("ssh_x11", DISPLAY="localhost:10"), *ALL)
    assert (kind, started) == (HANDED_OVER, [])
    assert sequence


def test_tmux_gets_it_as_buffer() -> None:
    kind, started, _sequence = run(session("ssh", "tmux"), *ALL)
    assert (kind, started) == (COPIED, [["/usr/bin/tmux", "load-buffer", "-w", "-"]])


def test_console_cannot() -> None:
    assert run(session("console"), *ALL, term="linux") == (NOT_COPIED, [], "")


def test_a_display_that_is_gone_is_not_asked() -> None:
    assert run(session("local", DISPLAY=":0"), "xclip", display=False)[0] == HANDED_OVER


def test_f56_controls_become_marks() -> None:
    programs = FakePrograms("xclip")
    where = session("local", DISPLAY=":0")
    copy("a\x1b]52;c;eA==\x07\ud800b", where, detect({"TERM": "xterm"}, where), programs=programs)
    (text,) = programs.texts
    assert text is not None
    assert "\x1b" not in text
    assert "\x07" not in text
    text.encode()


@pytest.mark.parametrize(
    ("kind", "length", "fits"), [("ssh", 50_000, True), ("ssh", 60_000, False), ("mosh", 700, False)]
)
def test_what_is_too_long_is_not_sent(kind: str, length: int, fits: bool) -> None:
    assert bool(osc52("x" * length, session(kind))) is fits


def test_screen_gets_it_in_pieces() -> None:
    sequence = osc52("x" * 3000, session("ssh", "screen"))
    pieces = sequence.split("\x1bP")[1:]
    assert all(piece.endswith("\x1b\\") and len(piece) <= 768 for piece in pieces)
    assert "".join(piece[:-2] for piece in pieces) == osc52("x" * 3000, session("ssh"))
