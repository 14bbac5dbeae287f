"""A secret address reaches the browser by a private page and is in no argument."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.terminal.fakes import FakePrograms, session
from tui.core.links import check_url
from tui.terminal import handover
from tui.terminal.opener import OPENED, UNSAFE, open_url

LINK = check_url("https://meet.example.org/R?jwt=eyJhbGciOi.eyJzdWIi.c2ln&a='\"<#b")


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    made = tmp_path / "run"
    made.mkdir(mode=0o700)
    return made


def test_g57_the_address_is_in_the_page_and_nowhere_else(runtime: Path) -> None:
    programs = FakePrograms("xdg-open")
    there = session("x2go", DISPLAY=":50", XDG_RUNTIME_DIR=str(runtime))
    outcome = open_url(LINK, there, insist=True, sensitive=True, programs=programs)
    assert outcome.kind == OPENED
    assert "eyJ" not in repr(programs.started) + repr(programs.envs)
    file = Path(unquote(urlsplit(programs.started[-1][1]).path))
    assert file.parent.parent == runtime
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    page = file.read_text()
    assert "url=https://meet.example.org/R?jwt=eyJhbGciOi.eyJzdWIi.c2ln&amp;a=%27%22%3C#b" in page
    assert "script" not in page
    assert programs.started[0][0] == "/bin/sh"
    assert str(file.parent) == programs.started[0][-1]


def test_on_a_machine_of_ones_own_it_is_an_argument(runtime: Path) -> None:
    programs = FakePrograms("wslview")
    open_url(LINK, session("wsl", XDG_RUNTIME_DIR=str(runtime)), sensitive=True, programs=programs)
    assert programs.started == [["/usr/bin/wslview", LINK.url]]


def test_the_persons_own_command_gets_the_page_too(runtime: Path) -> None:
    programs = FakePrograms()
    there = session("ssh", XDG_RUNTIME_DIR=str(runtime))
    open_url(LINK, there, browser=["mine"], sensitive=True, programs=programs)
    assert programs.started[-1][1].startswith("file:///")


def test_without_a_private_place_nothing_is_opened(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    programs = FakePrograms("xdg-open")
    outcome = open_url(LINK, session("x2go"), insist=True, sensitive=True, programs=programs)
    assert (outcome.kind, programs.started) == (UNSAFE, [])


def test_a_runtime_directory_of_others_is_not_used(runtime: Path) -> None:
    assert handover.runtime_dir({"XDG_RUNTIME_DIR": str(runtime)}) == runtime
    runtime.chmod(0o755)
    assert handover.runtime_dir({"XDG_RUNTIME_DIR": str(runtime)}) is None
    assert handover.runtime_dir({"XDG_RUNTIME_DIR": "run"}) is None
    assert handover.runtime_dir({}) is None


def test_what_was_left_behind_is_swept(runtime: Path) -> None:
    old = runtime / f"{handover.PREFIX}old"
    old.mkdir()
    os.utime(old, (1, 1))
    handover.page(LINK, {"XDG_RUNTIME_DIR": str(runtime)}, FakePrograms())
    assert not old.exists()
    assert len(list(runtime.iterdir())) == 1


def test_hidden_processes_need_no_page(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("proc /proc proc rw,nosuid,hidepid=invisible 0 0\n")
    assert handover.processes_are_hidden(mounts)
    mounts.write_text("proc /proc proc rw,nosuid 0 0\n")
    assert not handover.processes_are_hidden(mounts)
    assert not handover.processes_are_hidden(tmp_path / "none")
