"""Texts of colleagues are neither options, markup, commands nor sequences."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal.fakes import FakePrograms, session
from tui.terminal.abilities import detect
from tui.terminal.notify import by_hook, by_terminal, notify
from tui.ui.thin_driver import OWN

BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus", "DISPLAY": ":0"}
TERMS = [
    "xterm-kitty",
    "foot",
    "xterm-ghostty",
    "wezterm",
    "rxvt-unicode-256color",
    "xterm-256color",
    "linux",
    "",
]


def run(
    kind: str, mode: str = "auto", term: str = "xterm", title: str = "T", body: str = "B"
) -> tuple[str, list[list[str]]]:
    where = session(kind, **BUS)
    programs = FakePrograms("notify-send")
    text = notify(title, body, where, detect({"TERM": term}, where), mode=mode, programs=programs)
    return text, programs.started


@pytest.mark.parametrize("hostile", ["$(id)", "-x", "--help", "`id`", "<b>bold</b>", "a & b"])
def test_f55_hostile_texts_are_literal_behind_dashes(hostile: str) -> None:
    text, started = run("local", title=hostile, body=hostile)
    escaped = hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert text == ""
    assert started == [["/usr/bin/notify-send", "--app-name=teleteam", "--", escaped, escaped]]


def test_ways() -> None:
    assert run("x2go")[1] != []
    assert run("ssh")[1] == []
    assert run("ssh") == ("\x07", [])
    assert run("local", "off") == ("", [])
    assert run("local", "bell") == ("\x07", [])
    assert run("ssh", term="foot")[0] == "\x1b]777;notify;T;B\x07"
    assert run("ssh", term="xterm-kitty")[0] == "\x1b]99;i=1:d=0;T\x1b\\\x1b]99;i=1:d=1:p=body;B\x1b\\"
    assert run("mosh", term="foot")[0] == "\x07"


def test_without_a_bus_the_terminal_tells() -> None:
    where = session("local", DISPLAY=":0")
    programs = FakePrograms("notify-send")
    assert notify("T", "B", where, detect({"TERM": "xterm"}, where), programs=programs) == "\x07"
    assert programs.started == []


def test_osc9_is_never_a_progress_bar() -> None:
    abilities = detect({"WT_SESSION": "x", "TERM": "xterm-256color"}, session("wsl"))
    assert by_terminal("4;3;100", "", abilities) == "\x1b]9;• 4,3,100\x07"
    assert by_terminal("Anna", "hi", abilities) == "\x1b]9;Anna: hi\x07"


@given(st.text(), st.text(), st.sampled_from(TERMS))
def test_f49_no_text_ends_the_sequence(title: str, body: str, term: str) -> None:
    where = session("ssh")
    abilities = detect({"TERM": term}, where)
    plain = by_terminal("t", "b", abilities)
    text = by_terminal(title, body, abilities)
    controls = [c for c in text if ord(c) < 32 or 0x7F <= ord(c) < 0xA0]
    assert controls == [c for c in plain if ord(c) < 32]
    assert text.count(";") == plain.count(";")


def test_without_a_bell_only_a_real_notice_is_shown() -> None:
    plain, kitty = session("ssh"), session("ssh", TERM="xterm-kitty")
    assert notify("T", "", plain, detect({"TERM": "xterm"}, plain), bell=False) == ""
    assert notify("T", "", plain, detect({"TERM": "xterm"}, plain), mode="bell", bell=False) == ""
    assert "T" in notify("T", "", kitty, detect({"TERM": "xterm-kitty"}, kitty), bell=False)


@pytest.mark.parametrize(("passthrough", "outer"), [("on", "foot"), ("off", "foot"), ("on", "xterm")])
def test_inside_tmux_the_terminal_outside_is_told_if_tmux_lets_it(
    tmp_path: Path, passthrough: str, outer: str
) -> None:
    fake = tmp_path / "tmux"
    fake.write_text(f"#!/bin/sh\nprintf '3.4|external|{passthrough}|on|on|0|{outer}|256\\n'\n")
    fake.chmod(0o700)
    where = session("ssh", "tmux", PATH=f"{tmp_path}:/bin:/usr/bin", TERM="tmux-256color")
    written = notify("T;\x1b", "B", where, detect(where.env, where))
    through = passthrough == "on" and outer == "foot"
    assert written == ("\x1bPtmux;\x1b\x1b]777;notify;T,␛;B\x07\x1b\\" if through else "\x07")
    assert OWN.fullmatch(written)


def test_f55_a_hook_gets_json_and_no_word_of_others() -> None:
    programs = FakePrograms(codes={"hook": 0, "broken": 1})
    where = session("ssh", PATH="/usr/bin")
    assert by_hook(("/usr/bin/hook", "--x"), '{"title":"$(id)"}', where, programs)
    assert programs.started == [["/usr/bin/hook", "--x"]]
    assert programs.texts == ['{"title":"$(id)"}\n']
    assert not by_hook(("broken",), "{}", where, programs)
