"""Lines are found however the keys are written; nothing in a file breaks the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.errors import ConfigTrouble
from tui.settings.reading import Place, read


@pytest.mark.parametrize(
    ("text", "section", "key", "line"),
    [
        ("[a]\nx = 1\n[b]\nx = 2\n", "b", "x", 4),
        ('[a]\n"x" = 1\n', "a", "x", 2),
        ("  [ a ]\n\t'x'=1\n", "a", "x", 2),
        ("a.x = 1\n", "a", "x", 1),
        ("a = {x = 1}\n", "a", "", 1),
        ("[a]\nxy = 1\nx = 2\n", "a", "x", 3),
        ("[a]\n", "a", "y", 0),
    ],
)
def test_line_of(text: str, section: str, key: str, line: int) -> None:
    assert Place(Path("f"), text).line_of(section, key) == line


@given(st.text(max_size=300))
def test_any_text_is_read_or_reported(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("c") / "config.toml"
    file.write_text(text, encoding="utf-8", errors="replace")
    file.chmod(0o600)
    config, troubles = read(file)
    assert config is not None
    assert all(isinstance(trouble, ConfigTrouble) for trouble in troubles)


@pytest.mark.parametrize(
    "line",
    [
        '[notifications]\nquiet_hours = ["22-7"]',
        '[support]\nusers = ["not a name"]',
        '[support]\nemail = "nobody"',
    ],
)
def test_hours_people_and_addresses_have_their_form(tmp_path: Path, line: str) -> None:
    file = tmp_path / "config.toml"
    tmp_path.chmod(0o700)
    file.write_text(line, encoding="utf-8")
    file.chmod(0o600)
    assert [trouble.line for trouble in read(file)[1]] == [2]


def test_people_may_be_named_with_their_sign(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    tmp_path.chmod(0o700)
    file.write_text('[support]\nusers = ["@Anna"]\nemail = "help@example.org"', encoding="utf-8")
    file.chmod(0o600)
    config, troubles = read(file)
    assert troubles == ()
    assert config.support.users == ("anna",)
