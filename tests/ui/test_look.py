"""Themes as styles."""

from __future__ import annotations

import pytest

from tui.settings.themes import builtin_dir, load
from tui.ui.look import look_of

THEMES = sorted(path.stem for path in builtin_dir().glob("*.toml"))


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_of_the_house_becomes_a_look(name: str) -> None:
    look = look_of(load(builtin_dir() / f"{name}.toml"))
    assert look.base.bgcolor is not None
    assert len(look.names) == 8


def test_a_name_has_the_same_colour_everywhere() -> None:
    look = look_of(load(builtin_dir() / "teleteam-dark.toml"))
    assert look.name("anna") == look.name("anna")
    assert len({look.name(f"user{n}") for n in range(50)}) > 4
    assert look.name("\ud800")


def test_presence_is_a_sign_before_it_is_a_colour() -> None:
    look = look_of(load(builtin_dir() / "monochrome.toml"))
    signs = {look.presence(status)[0] for status in ("online", "away", "dnd", "offline")}
    assert len(signs) == 4
    assert look.presence("ooo")[0] == look.presence("offline")[0]


def test_a_theme_of_the_terminals_colours_names_them() -> None:
    look = look_of(load(builtin_dir() / "terminal-16.toml"))
    assert look.base.bgcolor is not None
    assert look.base.bgcolor.triplet is None
