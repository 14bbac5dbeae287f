"""Every theme is whole and readable; a broken one names its key and takes only itself away."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tui.core.errors import ConfigTrouble
from tui.settings import themes
from tui.settings.paths import Paths

FILES = sorted(themes.builtin_dir().glob("*.toml"))
WANTED = {"teleteam-dark", "teleteam-light", "high-contrast", "terminal-16", "monochrome"}


def test_the_promised_themes_are_there() -> None:
    assert {file.stem for file in FILES} >= WANTED


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_theme_is_whole_and_readable(file: Path) -> None:
    theme = themes.load(file)
    assert set(theme.colors) == set(themes.COLORS)
    assert themes.poor_pairs(theme) == []


def test_monochrome_is_without_colour() -> None:
    theme = themes.load(themes.builtin_dir() / "monochrome.toml")
    for color in (*theme.colors.values(), *theme.names):
        assert len({color[1:3], color[3:5], color[5:7]}) == 1


def test_high_contrast_is_aaa() -> None:
    for name in ("high-contrast", "high-contrast-light"):
        theme = themes.load(themes.builtin_dir() / f"{name}.toml")
        assert themes.contrast(theme.colors["text"], theme.colors["background"]) >= 15
        assert themes.contrast(theme.colors["muted"], theme.colors["background"]) >= 7


def test_sixteen_colours_stand_on_a_ground_of_their_own() -> None:
    """A window may be white (xterm) or black (a console): neither is left to chance."""
    theme = themes.load(themes.builtin_dir() / "terminal-16.toml")
    assert "ansi_default" not in {*theme.colors.values(), *theme.names}
    on_white = dataclasses.replace(theme, colors={**theme.colors, "background": "ansi_bright_white"})
    assert ("warning", "background") in {pair[:2] for pair in themes.poor_pairs(on_white)}
    anywhere = dict.fromkeys(theme.colors, "ansi_default")
    assert themes.poor_pairs(dataclasses.replace(theme, colors=anywhere)) == []


def test_contrast_by_the_book() -> None:
    assert themes.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert themes.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("\naccent = ", "\nacent = ", "acent"),
        ("\nlink = ", "\n# link = ", "colors.link"),
        ('text = "#', 'text = "x', "colors.text"),
        ('text = "#', 'text = "ansi_red" #', "colors"),
        ("names = [", 'names = ["#000000", ', "names"),
        ("dark = ", "drak = ", "drak"),
        ("dark = true", "dark = 1", "title / dark"),
        ("[colors]", "[colors", ""),
        ("[colors]", "[others]", "others"),
    ],
)
def test_mistakes_name_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = (themes.builtin_dir() / "teleteam-dark.toml").read_text()
    assert old in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(ConfigTrouble) as caught:
        themes.load(file)
    assert (caught.value.file, caught.value.key) == (str(file), key)


def test_own_themes_join_and_broken_ones_are_reported(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path)
    paths.themes_dir.mkdir()
    good = (themes.builtin_dir() / "paper.toml").read_text().replace('"Paper"', '"Mine"')
    (paths.themes_dir / "mine.toml").write_text(good)
    (paths.themes_dir / "broken.toml").write_text("nothing")
    (paths.themes_dir / "paper.toml").write_text(good)
    specs = themes.load_all(paths)
    assert specs.get("mine").title == specs.get("paper").title == "Mine"
    assert specs.get("nowhere").name == themes.DEFAULT
    assert [Path(trouble.file).name for trouble in specs.troubles] == ["broken.toml"]


def test_one_theme_for_a_quick_start(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path)
    assert themes.load_named(paths, "fjord").name == "fjord"
    assert themes.load_named(paths, "../../etc/passwd").name == themes.DEFAULT
    paths.themes_dir.mkdir()
    (paths.themes_dir / "bad.toml").write_text("x = 1")
    assert themes.load_named(paths, "bad").name == themes.DEFAULT
