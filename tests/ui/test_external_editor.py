"""The person's own editor."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from tui.ui.external_editor import edit_text, editor_command


def script(directory: Path, code: str) -> list[str]:
    file = directory / "editor.py"
    file.write_text(code)
    return [sys.executable, str(file)]


def test_gives_back_what_was_saved(tmp_path: Path) -> None:
    editor = script(
        tmp_path, "import sys; p = sys.argv[1]; t = open(p).read(); open(p, 'w').write(t + ' more\\n')"
    )
    assert edit_text("text", editor) == "text more"


def test_the_file_is_ours_alone_and_gone_afterwards(tmp_path: Path) -> None:
    note = tmp_path / "note"
    code = f"import os, sys; p = sys.argv[1]; open({str(note)!r}, 'w').write(f'{{p}} {{os.stat(p).st_mode}}')"
    edit_text("secret", script(tmp_path, code))
    path, mode = note.read_text().split()
    assert not Path(path).exists()
    assert stat.S_IMODE(int(mode)) & 0o077 == 0


def test_our_own_variables_do_not_reach_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELETEAM_TOKEN", "secret")
    note = tmp_path / "note"
    edit_text("", script(tmp_path, f"import os; open({str(note)!r}, 'w').write(' '.join(os.environ))"))
    assert "TELETEAM_TOKEN" not in note.read_text()


def test_which_editor() -> None:
    assert editor_command(("vim", "-n"), {}) == ["vim", "-n"]
    assert editor_command((), {"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command((), {"EDITOR": "vi"}) == ["vi"]
    assert editor_command((), {"EDITOR": "'broken"}) == ["nano"]


def test_an_editor_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        edit_text("x", [str(tmp_path / "nothing")], os.environ)
