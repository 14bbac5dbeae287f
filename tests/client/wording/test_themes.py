"""Names of themes in the person's language."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tui.client.wording.themes import TITLES, theme_title

SHIPPED = Path(__file__).parents[3] / "themes"


def test_the_titles_are_those_of_the_files() -> None:
    for name, words in TITLES.items():
        assert tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))["title"] == words.msgid


def test_a_theme_of_ones_own_keeps_its_title() -> None:
    assert theme_title("mine", "My own") == "My own"
    assert theme_title("paper", "My paper") == "My paper"
    assert theme_title("paper", "Paper") == "Paper"
