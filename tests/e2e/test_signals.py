"""What happens to the program's terminal: signals, hang-ups, freezes, resizes, crashes, odd terminals."""

from __future__ import annotations

import itertools
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.e2e.place import (
    ALT_E,
    CTRL_Q,
    ENTER,
    F1,
    ONLINE,
    SMALL,
    Place,
    gone,
    modes_are_reset,
    say,
    texts,
)
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until

THOUGHT = "half a thought"
AT_ONCE = 3.0
"""Seconds within which the program ends; it takes one itself, the rest is for busy machines."""

GREYS = {16, 231, *range(232, 256)}
"""Of the 256 colours."""

HARDENED_AGAINST_HANGUPS = """
import pathlib, signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
child = subprocess.Popen(sys.argv[2:])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
code = child.wait()
pathlib.Path(sys.argv[1]).write_text(f"ended {code}")
"""


def _writing(place: Place) -> PtyProgram:
    """The app with something typed that no timer has saved yet."""
    app = place.open(size=SMALL)
    app.wait_text(ONLINE)
    app.send(THOUGHT)
    app.wait_text(f"› {THOUGHT}")
    return app


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT])
def test_e42_a_signal_saves_the_draft_and_resets_the_terminal(place: Place, number: signal.Signals) -> None:
    account = place.sign_in()
    with _writing(place) as app:
        app.kill(number)
        assert app.wait_exit(timeout=AT_ONCE) == 128 + number
        assert modes_are_reset(bytes(app.output))
    assert gone(app.pid)
    assert place.drafts(account) == [THOUGHT]


def test_e42_a_closed_terminal_ends_it_and_saves_the_draft(place: Place) -> None:
    account = place.sign_in()
    with _writing(place) as app:
        app.hang_up()
        assert app.wait_exit(timeout=AT_ONCE) == 128 + signal.SIGHUP
    assert gone(app.pid)
    assert place.drafts(account) == [THOUGHT]


def test_e42_sigterm_ends_it_while_the_terminal_is_frozen(place: Place) -> None:
    account = place.sign_in()
    with _writing(place) as app:
        app.freeze()
        for number in range(40):
            say(place.server, "ben", f"{number} " + "filling the line " * 20)
        wait_until(lambda: len(place.stored(account)) >= 40)
        app.kill(signal.SIGTERM)
        assert app.wait_exit(timeout=AT_ONCE) == 128 + signal.SIGTERM
    assert gone(app.pid)
    assert place.drafts(account) == [THOUGHT]


def test_e43_it_ends_where_nobody_tells_it_that_the_terminal_is_gone(place: Place) -> None:
    account = place.sign_in()
    note = place.directory / "note"
    argv = [sys.executable, "-c", HARDENED_AGAINST_HANGUPS, str(note), *place.argv()]
    with PtyProgram(argv, columns=80, rows=24, env=place.environment()) as app:
        app.wait_text(ONLINE)
        app.send(THOUGHT)
        app.wait_text(THOUGHT)
        child = int(note.read_text(encoding="utf-8"))
        app.hang_up()
        wait_until(lambda: gone(child), timeout=5.0 + AT_ONCE)
        wait_until(lambda: note.read_text(encoding="utf-8") == f"ended {128 + signal.SIGHUP}")
    assert place.drafts(account) == [THOUGHT]


def test_e44_a_terminal_that_does_not_read_costs_nothing(place: Place) -> None:
    """The line stays alive, everything is stored, and one picture is drawn afterwards."""
    account = place.sign_in()
    with place.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        (connection,) = place.server.call(lambda: list(place.server.hub.open))
        app.freeze()
        for number in range(400):
            say(place.server, "ben", f"message {number} " + "and more of it " * 10)
        wait_until(lambda: any("message 399" in text for text in place.stored(account)))
        assert place.server.call(lambda: list(place.server.hub.open)) == [connection]
        app.mark()
        app.thaw()
        app.wait_text(r"message 39\d", timeout=AT_ONCE)
        app.quiet()
        assert app.since_mark < 30_000
        app.send(CTRL_Q)
        assert app.wait_exit() == 0
    assert sum(text.startswith("message") for text in place.stored(account)) == 400


def test_e45_stopped_and_continued_from_a_shell(desk: Place) -> None:
    """Job control by signals, as a shell's `kill -TSTP`, `fg` do it."""
    shell = PtyProgram(
        ["bash", "--norc", "--noprofile", "-i"], columns=80, rows=24, env=desk.environment({"PS1": "shell> "})
    )
    with shell:
        shell.wait_text("shell> ")
        shell.send(f"{' '.join(desk.argv())}{ENTER}")
        shell.wait_text(ONLINE)
        shell.send(THOUGHT)
        shell.wait_text(f"› {THOUGHT}")
        pid = wait_until(lambda: _child_of(shell.pid))
        for _ in range(5):
            os.kill(pid, signal.SIGTSTP)
            shell.wait_text(r"Stopped.*shell> ")
            assert shell.output.rfind(b"\x1b[?1049l") > shell.output.rfind(b"\x1b[?1049h")
            shell.send(f"clear; fg{ENTER}")
            shell.wait_text(f"● .*{THOUGHT}|{THOUGHT}.*● ")
        shell.send(CTRL_Q)
        wait_until(lambda: gone(pid))


def test_e45_stopped_without_being_asked(desk: Place) -> None:
    """`kill -STOP`: the shell has had the terminal when it goes on."""
    shell = PtyProgram(
        ["bash", "--norc", "--noprofile", "-i"], columns=80, rows=24, env=desk.environment({"PS1": "shell> "})
    )
    with shell:
        shell.wait_text("shell> ")
        shell.send(f"{' '.join(desk.argv())}{ENTER}")
        shell.wait_text(ONLINE)
        pid = wait_until(lambda: _child_of(shell.pid))
        os.kill(pid, signal.SIGSTOP)
        shell.wait_text(r"Stopped.*shell> ")
        shell.send(f"clear; fg{ENTER}")
        shell.wait_text(ONLINE)
        shell.send(THOUGHT)
        shell.wait_text(f"› {THOUGHT}")
        shell.send(CTRL_Q)
        wait_until(lambda: gone(pid))


def _child_of(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return int(children[0]) if children else 0


def test_e45_the_external_editor_gives_the_text_back(place: Place) -> None:
    place.sign_in()
    editor = place.directory / "an editor"
    editor.write_text('#!/bin/sh\nprintf "ein Editor"\nprintf ", thought through" >> "$2"\n')
    editor.chmod(0o700)
    with place.open(size=SMALL, env={"EDITOR": f"'{editor}' --wait"}) as app:
        app.wait_text(ONLINE)
        app.send(THOUGHT)
        app.wait_text(f"› {THOUGHT}")
        say(place.server, "ben", "meanwhile")
        app.send(ALT_E)
        app.wait_text(f"› {THOUGHT}, thought through")
        assert b"ein Editor" in app.output
        app.send(ENTER)
        wait_until(lambda: texts(place.server)[-1] == f"{THOUGHT}, thought through")


def test_e46_any_size_will_do(desk: Place) -> None:
    say(desk.server, "ben", "Grüße **aus** dem `Zug` 👩‍👩‍👧‍👦 https://example.org/" + "x" * 300)
    say(desk.server, "clara", "|a|b|\n|-|-|\n|1|2|\n\n```py\nprint(1)\n```\n> said\n")
    sizes = [
        (1, 1),
        (2, 1),
        (300, 100),
        (39, 9),
        (40, 10),
        (70, 3),
        *((n, 12) for n in range(1, 21)),
        (5, 40),
    ]
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        for (width, height), key in zip(
            sizes, itertools.cycle(("x", F1, "\x1b", "\x1b[5~", "j")), strict=False
        ):
            app.resize(width, height)
            app.send(key)
            app.quiet(0.05)
        app.resize(39, 12)
        app.wait_text("too small")
        app.resize(80, 24)
        app.send("\x1b\x1b")
        app.wait_text("To ~Town Square")
        app.send(CTRL_Q)
        assert app.wait_exit() == 0


def test_e47_a_crash_says_little_and_loses_nothing(place: Place) -> None:
    account = place.sign_in()
    with place.open_to_crash() as app:
        app.wait_text(ONLINE)
        app.send(THOUGHT)
        app.wait_text(f"› {THOUGHT}")
        app.mark()
        app.send(F1)
        assert app.wait_exit() == 1
        assert modes_are_reset(bytes(app.output))
        left = bytes(app.output[app.marked :]).decode()
        said = left.rpartition("\x1b[?1049l")[2]
        assert THOUGHT not in left
        assert place.token(account) not in left
        assert "private" not in left
        assert "RuntimeError" in said
        assert str(place.paths.log_file) in said
        assert len(said.splitlines()) < 12
    assert place.drafts(account) == [THOUGHT]


def _palette(output: bytes) -> set[int]:
    """Numbers of the 256 colours that were asked for; -1 for any other way to ask for a colour."""
    all_codes = re.findall(rb"\x1b\[([\d;]*)m", output)
    others = [re.sub(rb"[34]8;5;\d+", b"", codes) for codes in all_codes]
    named = any(re.search(rb"(?:\A|;)(?:[34][0-8]|9[0-7]|10[0-7])(?:;|\Z)", codes) for codes in others)
    found = {int(number) for codes in all_codes for number in re.findall(rb"[34]8;5;(\d+)", codes)}
    return found | ({-1} if named else set())


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C", "LC_ALL": "C"},
        {"LANG": "C", "LC_ALL": ""},
        {"TERM": "linux"},
        {"TERM": "screen"},
        {"NO_COLOR": "1"},
        {"COLORTERM": "truecolor"},
    ],
    ids=lambda env: ",".join(f"{name}={value}" for name, value in env.items()),
)
def test_e48_runs_in_odd_surroundings(desk: Place, env: dict[str, str]) -> None:
    with desk.open(size=SMALL, env=env) as app:
        app.wait_text("online.*Send")
        app.send(CTRL_Q)
        assert app.wait_exit() == 0
        assert modes_are_reset(bytes(app.output))
        if "NO_COLOR" in env:
            assert _palette(bytes(app.output)) <= GREYS


@pytest.mark.parametrize(
    "env",
    [{"TERM": "dumb"}, {"TERM": ""}, {"PYTHONIOENCODING": "latin-1"}],
    ids=["dumb", "no TERM", "latin-1"],
)
def test_e48_refuses_in_one_line(desk: Place, env: dict[str, str]) -> None:
    with desk.open(size=SMALL, env=env) as app:
        assert app.wait_exit() == 2
        app.quiet(0.1)
        assert len(bytes(app.output).decode("latin-1").strip().splitlines()) == 1
        assert b"teleteam: " in app.output


def test_e48_refuses_without_a_terminal(desk: Place) -> None:
    done = desk.run()
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
