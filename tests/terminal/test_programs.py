"""Children get no terminal, no shell and none of our secrets."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.support.waiting import wait_until
from tui.terminal.programs import RealPrograms, without_ours

REAL = RealPrograms()
ENV = {"PATH": os.environ["PATH"], "TELETEAM_TOKEN": "secret"}


def script(tmp_path: Path, body: str) -> str:
    file = tmp_path / "program"
    file.write_text(f"#!/bin/sh\n{body}\n")
    file.chmod(0o700)
    return str(file)


def test_f52_arguments_arrive_literally(tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = script(tmp_path, f'printf "%s|" "$@" > {out}')
    assert REAL.run([program, "$(id)", "a b", "-x", "`id`"], ENV).code == 0
    assert out.read_text() == "$(id)|a b|-x|`id`|"


def test_g57_the_child_has_no_secret_and_its_own_session(tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = script(tmp_path, f"(env; cut -d' ' -f6 /proc/$$/stat; echo $$) > {out}")
    assert REAL.run([program], ENV).code == 0
    text = out.read_text()
    assert "secret" not in text
    assert len(set(text.split()[-2:])) == 1


def test_text_goes_in_by_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert REAL.run([script(tmp_path, f"cat > {out}")], ENV, text="grüße\n").code == 0
    assert out.read_text(encoding="utf-8") == "grüße\n"


def test_a_program_that_goes_on_is_left_alone(tmp_path: Path) -> None:
    out, go = tmp_path / "out", tmp_path / "go"
    program = script(
        tmp_path, f"cat > /dev/null; while [ ! -e {go} ]; do sleep 0.05; done; echo done > {out}"
    )
    assert REAL.run([program], ENV, text="x", seconds=0.2).code is None
    go.touch()
    assert wait_until(out.exists)


@pytest.mark.parametrize(("body", "code"), [("exit 3", 3), ("exit 0", 0)])
def test_codes(tmp_path: Path, body: str, code: int) -> None:
    assert REAL.run([script(tmp_path, body)], ENV).code == code


def test_what_cannot_start_is_minus_one() -> None:
    assert REAL.run(["/does/not/exist"], ENV).code == -1
    assert REAL.run(["with\0nul"], ENV).code == -1


def test_find_uses_the_given_path(tmp_path: Path) -> None:
    script(tmp_path, "")
    assert REAL.find("program", {"PATH": str(tmp_path)}) == str(tmp_path / "program")
    assert REAL.find("program", {"PATH": "/nowhere"}) is None


def test_display_answers_or_is_stale(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "wayland-9"))
        env = {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-9"}
        assert not REAL.has_display(env)
        listener.listen()
        assert REAL.has_display(env)
    assert not REAL.has_display(env)
    assert not REAL.has_display({"DISPLAY": ":987"})
    assert REAL.has_display({"DISPLAY": "localhost:10.0"})
    assert not REAL.has_display({})


def test_ours_are_removed() -> None:
    assert without_ours({"A": "1", "TELETEAM_X": "2"}) == {"A": "1"}
