"""Every finding has its sentence, and a remedy only where one helps."""

from __future__ import annotations

from tests.terminal.fakes import FakePrograms, session
from tui.client.wording.abilities import TITLES, place, words
from tui.terminal import abilities
from tui.terminal.advice import SSH_FILE, TMUX_FILE, Ability, advice
from tui.terminal.tmux import TmuxOptions


def look(
    kind: str,
    multiplexer: str = "",
    tmux: TmuxOptions | None = None,
    *have: str,
    helper: str = "none",
    **env: str,
) -> dict[str, Ability]:
    where = session(kind, multiplexer, **env)
    able = abilities.detect(env, where)
    found = advice(where, able, tmux, helper, FakePrograms(*have))
    for one in found:
        assert words(one)
        assert "{" not in words(one)
        assert TITLES[one.part]
        assert bool(one.where) == bool(one.remedy)
        assert not one.where or place(one.where)
    return {f"{one.part}.{one.how}": one for one in found}


def test_tmux_as_it_comes_and_opened() -> None:
    plain = look("ssh", "tmux", TmuxOptions(version=(3, 3)), TERM="screen")
    lines = [line for one in plain.values() if one.where == TMUX_FILE for line in one.remedy]
    assert "set -s set-clipboard on" in lines
    assert "set -g focus-events on" in lines
    assert "set -s escape-time 10" in lines
    assert "links.tmux_old" in plain
    opened = TmuxOptions((3, 4), "on", True, True, True, 10, "xterm", frozenset({"hyperlinks"}))
    good = look("ssh", "tmux", opened, TERM="tmux-256color", COLORTERM="truecolor")
    assert not [one for one in good.values() if one.where == TMUX_FILE]
    new = look("ssh", "tmux", TmuxOptions(version=(3, 4)), TERM="tmux-256color")
    assert new["links.tmux_features"].remedy == ("set -as terminal-features ',*:hyperlinks'",)


def test_over_ssh_the_helper_and_colours_are_named() -> None:
    found = look("ssh", TERM="xterm-256color")
    assert found["helper.none"].remedy == ("teleteam bridge --print-ssh HOST",)
    assert found["colors.few_perhaps"].remedy == ("export COLORTERM=truecolor",)
    assert found["line.keep_alive"].where == SSH_FILE
    for helper in ("opened", "silent", "unpaired", "impostor"):
        for one in look("ssh", TERM="xterm-kitty", helper=helper).values():
            assert "…" not in "".join(one.remedy)  # to be pasted as it is


def test_a_tmux_that_does_not_answer_is_not_said_to_be_anything() -> None:
    found = look("ssh", "tmux", TmuxOptions(), TERM="tmux-256color")
    assert {"clipboard.tmux_silent", "links.tmux_silent"} <= set(found)
    assert not [name for name in found if name.startswith(("focus.", "keys.slow"))]
    assert "0.0" not in " ".join(map(words, found.values()))


def test_colours_in_tmux_take_its_word_and_that_of_the_environment() -> None:
    few = look("local", "tmux", TmuxOptions(version=(3, 3)), TERM="screen")["colors.few_perhaps"]
    many = look("local", "tmux", TmuxOptions(version=(3, 3)), TERM="tmux-256color")["colors.few_perhaps"]
    assert few.remedy[1:] == many.remedy
    assert "set-environment -g COLORTERM truecolor" in many.remedy


def test_x2go_copies_by_the_desktops_program() -> None:
    assert look("x2go", "", None, "xclip", DISPLAY=":50")["clipboard.program"].good
    missing = look("x2go", "", None, DISPLAY=":50")["clipboard.program_missing"]
    assert missing.remedy == ("sudo apt install xclip",)
    wayland = look("local", "", None, WAYLAND_DISPLAY="wayland-0", DBUS_SESSION_BUS_ADDRESS="x")
    assert wayland["clipboard.program_missing"].detail == "wl-clipboard"


def test_the_poorest_and_the_richest() -> None:
    poor = look("console", TERM="linux")
    assert {"clipboard.none", "links.none", "notices.bell"} <= set(poor)
    assert "links.mosh" in look("mosh", TERM="xterm-256color")
    rich = look("ssh", TERM="xterm-kitty", COLORTERM="truecolor")
    assert {"clipboard.osc52", "links.osc8", "notices.terminal", "keys.all", "colors.all"} <= set(rich)
