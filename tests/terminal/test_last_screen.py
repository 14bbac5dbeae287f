"""The first paint: which pictures are shown, and that the terminal comes back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.settings.paths import Paths
from tui.terminal import last_screen

OPTIONS = {"--config-dir": "", "--profile": "", "--lang": "", "line": ""}


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ([], "--lang", ""),
        (["--lang", "de"], "--lang", "de"),
        (["--config-dir=/x"], "--config-dir", "/x"),
        (["--thin"], "line", "thin"),
        (["--lang", "de", "--rich"], "line", "rich"),
        (["--rich", "--rich"], "line", "rich"),
    ],
)
def test_reads_the_options_of_the_screen(words: list[str], name: str, value: str) -> None:
    options = last_screen.options_of(words)
    assert options is not None
    assert options[name] == value


@pytest.mark.parametrize(
    "words",
    [
        ["--rich=1"],
        ["--thin", "--rich"],
        ["line"],
        ["--plain"],
        ["--demo"],
        ["unread"],
        ["--lang"],
        ["--thin=1"],
    ],
)
def test_other_command_lines_have_no_first_paint(words: list[str]) -> None:
    assert last_screen.options_of(words) is None


def test_finds_the_places_that_the_settings_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for given_dir in ("", str(tmp_path / "portable")):
        for env in ({}, {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "conf")}):
            for name, value in env.items():
                monkeypatch.setenv(name, value)
            paths = Paths.resolve(Path(given_dir) if given_dir else None)
            assert last_screen.places(given_dir, os.environ) == (str(paths.config_dir), str(paths.data_dir))
    assert paths.last_screen("a") == paths.store_dir("a") / last_screen.NAME


def test_the_print_changes_with_all_that_the_picture_depends_on(tmp_path: Path) -> None:
    def made(**more: object) -> str:
        env = {"TERM": "xterm", "SSH_CONNECTION": "here 1 there 2", **more.get("env", {})}  # type: ignore[dict-item]
        options = {**OPTIONS, **more.get("options", {})}  # type: ignore[dict-item]
        return last_screen.print_of(options, env, more.get("size", (80, 24)), str(tmp_path))  # type: ignore[arg-type]

    usual = made()
    assert made(env={"SSH_CONNECTION": "here 3 there 2"}) == usual
    others = [
        made(size=(81, 24)),
        made(env={"LANG": "de"}),
        made(env={"TERM": "vt"}),
        made(env={"TMUX": "1"}),
    ]
    others += [made(options={"--profile": "p"}), made(options={"--lang": "de"})]
    others += [made(options={"line": "thin"}), made(options={"line": "rich"})]
    (tmp_path / "config.toml").write_text("[ui]\n")
    others.append(made())
    assert usual not in others
    assert "\n" not in usual
    assert "here" not in usual


@pytest.mark.parametrize(
    ("frame", "good"),
    [
        ("\x1b[2;3Hgrüße 🎉\x1b[1;38;2;1;2;3mx\x1b[K\x1b[9X", True),
        ("\x1b]0;title\x07", False),
        ("\x1b[?25h", False),
        ("\x1b[6n", False),
        ("a\nb", False),
        ("\x9b6n", False),
        ("\x1bc", False),
        (f"\x1b[{'1;' * 200}m", False),
    ],
)
def test_only_text_moves_and_colours_are_shown(frame: str, good: bool) -> None:
    assert last_screen.is_harmless(frame) is good


@given(st.text(max_size=40))
def test_no_control_character_passes(text: str) -> None:
    if last_screen.is_harmless(text):
        assert not any((ord(c) < 32 and c != "\x1b") or 127 <= ord(c) < 160 for c in text)


def keep(directory: Path, *, mode: int = 0o600, until: int = 0, frame: str = "text") -> str:
    place = directory / "data" / "accounts" / "one"
    place.mkdir(parents=True, exist_ok=True)
    file = place / last_screen.NAME
    print_ = last_screen.print_of(OPTIONS, {}, (80, 24), str(directory))
    file.write_text(last_screen.content(print_, until, "town", frame))
    file.chmod(mode)
    return str(directory)


def find(directory: str, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(os, "get_terminal_size", lambda _fd: os.terminal_size((80, 24)))
    return last_screen._find(["--config-dir", directory], {})


def test_finds_the_picture_that_fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find(keep(tmp_path), monkeypatch) == ("town", "text", (80, 24))


@pytest.mark.parametrize("wrong", [{"mode": 0o640}, {"until": 1}, {"frame": "\x1b[?25h"}])
def test_a_picture_that_is_not_right_is_not_shown(
    wrong: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find(keep(tmp_path, **wrong), monkeypatch) is None  # type: ignore[arg-type]


def test_a_link_in_its_place_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = keep(tmp_path)
    file = tmp_path / "data" / "accounts" / "one" / last_screen.NAME
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert find(directory, monkeypatch) is None


def test_without_a_terminal_nothing_is_touched() -> None:
    assert last_screen.show([], {"TERM": "dumb"}) is None
