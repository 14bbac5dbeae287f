"""Opening files of a shared folder: nothing that could run, nothing where nobody sits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.terminal.fakes import FakePrograms
from tui.terminal.local_files import may_open, open_path
from tui.terminal.session import Session, SessionKind


@pytest.mark.parametrize("name", ["a.desktop", "a.SH", "a.py", "a.exe", "a.lnk", "a.jar"])
def test_what_a_double_click_would_run_is_not_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("x")
    assert not may_open(path)


def test_programs_pipes_and_missing_files_are_not_opened(tmp_path: Path) -> None:
    program = tmp_path / "innocent.pdf"
    program.write_text("#!/bin/sh")
    program.chmod(0o755)
    os.mkfifo(tmp_path / "pipe")
    assert not may_open(program)
    assert not may_open(tmp_path / "pipe")
    assert not may_open(tmp_path / "missing")
    assert may_open(tmp_path)


def test_documents_are_opened_only_where_one_sits(tmp_path: Path) -> None:
    path = tmp_path / "-plan.pdf"
    path.write_text("x")
    assert may_open(path)
    assert not open_path(path, Session(SessionKind.SSH), FakePrograms())
    assert not open_path(path, Session(SessionKind.LOCAL), FakePrograms())
