"""People's spellings become Textual's names, and come back as the keycap's label."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings.i18n import set_language
from tui.settings.keynames import delivered_everywhere, label, normalise


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    set_language("en")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ctrl+K", "ctrl+k"),
        ("Strg+K", "ctrl+k"),
        ("shift+alt+UP", "alt+shift+up"),
        ("Alt+↑", "alt+up"),
        ("?", "question_mark"),
        ("+", "plus"),
        ("Ctrl++", "ctrl+plus"),
        ("/", "slash"),
        ("G", "G"),
        ("Shift+g", "G"),
        ("ö", "ö"),
        ("Entf", "delete"),
        ("F8", "f8"),
        ("Bild↑", "pageup"),
        ("-", "minus"),
        ("question_mark", "question_mark"),
    ],
)
def test_normalise(written: str, name: str) -> None:
    assert normalise(written) == name
    assert normalise(name) == name


@pytest.mark.parametrize("written", ["", " ", "hyper+x", "ctrl+", "wumpus", "f99", "ctrl+alt", "a+b"])
def test_nonsense_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        normalise(written)


@given(st.text(max_size=12))
def test_normalise_is_idempotent(text: str) -> None:
    try:
        once = normalise(text)
    except ValueError:
        return
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("key", "english", "german"),
    [
        ("ctrl+k", "Ctrl+K", "Strg+K"),
        ("alt+shift+up", "Alt+Shift+↑", "Alt+Umschalt+↑"),
        ("pageup", "PgUp", "Bild↑"),
        ("delete", "Del", "Entf"),
        ("enter", "Enter", "Eingabe"),
        ("question_mark", "?", "?"),
        ("home", "Home", "Pos1"),
        ("G", "G", "G"),
        ("f8", "F8", "F8"),
    ],
)
def test_label(key: str, english: str, german: str) -> None:
    assert label(key) == english
    set_language("de")
    assert label(key) == german


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("ctrl+k", True), ("ctrl+m", False), ("ctrl+i", False), ("alt+a", True), ("alt+b", False),
        ("alt+1", False), ("alt+slash", False), ("shift+enter", False), ("ctrl+shift+k", False),
        ("f6", True), ("f11", False), ("shift+tab", True), ("alt+up", True), ("shift+escape", False),
    ],
)  # fmt: skip
def test_delivered_everywhere(key: str, wanted: bool) -> None:
    assert delivered_everywhere(key) is wanted
