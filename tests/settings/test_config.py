"""Defaults, a whole file, and every kind of mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.core.errors import ConfigTrouble
from tui.settings.config import Config, check, load
from tui.settings.paths import Paths

WHOLE = """\
# comment
[ui]
theme = "paper"
mouse = "off"
time_12h = true

[cache]
mode = "days"
days = 14

[jitsi]
hosts = ["meet.example.org", "jitsi.example.com"]

[keys]
"timeline.reply" = ["r", "Strg+R"]
app.mentions = "Alt+Shift+M"
app.saved = []
"""


def write(tmp_path: Path, text: str) -> Paths:
    paths = Paths.resolve(tmp_path)
    tmp_path.chmod(0o700)
    paths.config_file.write_text(text, encoding="utf-8")
    paths.config_file.chmod(0o600)
    return paths


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load(Paths.resolve(tmp_path)).ui == Config().ui
    assert check(Paths.resolve(tmp_path)) == ()


def test_a_whole_file(tmp_path: Path) -> None:
    config = load(write(tmp_path, WHOLE))
    assert (config.ui.theme, config.ui.mouse, config.ui.time_12h) == ("paper", "off", True)
    assert (config.cache.mode, config.cache.days) == ("days", 14)
    assert config.jitsi.hosts == ("meet.example.org", "jitsi.example.com")
    assert config.keymap.get("timeline.reply").keys == ("r", "ctrl+r")
    assert config.keymap.get("app.mentions").keys == ("alt+shift+m",)
    assert config.keymap.get("app.saved").keys == ()


@pytest.mark.parametrize(
    ("text", "ident", "line", "key", "nearest"),
    [
        ('[ui]\n\nthem = "x"\n', "unknown_key", 3, "ui.them", "theme"),
        ('ui.them = "x"\n', "unknown_key", 1, "ui.them", "theme"),
        ("[uii]\n", "unknown_key", 1, "uii", "ui"),
        ('[ui]\nmouse = "maybe"\n', "value", 2, "ui.mouse", ""),
        ("[ui]\nmouse = 3\n", "value", 2, "ui.mouse", ""),
        ("[ui]\ntime_12h = 1\n", "value", 2, "ui.time_12h", ""),
        ('[ui]\ntheme = "papier"\n', "value", 2, "ui.theme", ""),
        ("[cache]\ndays = 0\n", "value", 2, "cache.days", ""),
        ("[cache]\ndays = true\n", "value", 2, "cache.days", ""),
        ('[jitsi]\nhosts = "a"\n', "value", 2, "jitsi.hosts", ""),
        ('[jitsi]\nbase_url = "meet.example.org"\n', "value", 2, "jitsi.base_url", ""),
        ('[ui]\ntimezone = "a\\u001bb"\n', "value", 2, "ui.timezone", ""),
        ('[keys]\napp.hepl = "f1"\n', "unknown_key", 2, "keys.app.hepl", "app.help"),
        ('[keys]\n"app.hepl" = "f1"\n', "unknown_key", 2, "keys.app.hepl", "app.help"),
        ('[keys]\napp.help = "Hyper+X"\n', "value", 2, "keys.app.help", ""),
        ('[keys]\napp.help = "ctrl+q"\n', "value", 2, "keys.app.help", ""),
        ("[keys]\napp.help = 3\n", "value", 2, "keys.app.help", ""),
        ("[ui]\ntheme = \n", "syntax", 2, "", ""),
        ("ui = 3\n", "value", 1, "ui", ""),
    ],
)
def test_mistakes_name_their_line(
    tmp_path: Path, text: str, ident: str, line: int, key: str, nearest: str
) -> None:
    paths = write(tmp_path, text)
    with pytest.raises(ConfigTrouble) as caught:
        load(paths)
    trouble = caught.value
    assert trouble.id == f"tele.config.{ident}"
    assert (trouble.file, trouble.line, trouble.key) == (str(paths.config_file), line, key)
    assert trouble.nearest == nearest
    assert f"{paths.config_file}:{line}" in trouble.detail


def test_all_mistakes_are_found_at_once(tmp_path: Path) -> None:
    troubles = check(write(tmp_path, '[ui]\nthem = 1\nmouse = "x"\n[foo]\n'))
    assert [trouble.line for trouble in troubles] == [2, 3, 4]


def test_a_key_that_is_taken_names_its_owner(tmp_path: Path) -> None:
    (trouble,) = check(write(tmp_path, '[keys]\napp.help = "ctrl+q"\n'))
    assert trouble.problem == "app.quit"


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"[" * 100_000, b"#" * 1_100_000, b"a = " + b"9" * 5000])
def test_broken_bytes_are_one_trouble(tmp_path: Path, raw: bytes) -> None:
    paths = write(tmp_path, "")
    paths.config_file.write_bytes(raw)
    troubles = check(paths)
    assert len(troubles) == 1


def test_a_loose_file_is_refused(tmp_path: Path) -> None:
    paths = write(tmp_path, '[commands]\ntoken_command = ["evil"]\n')
    paths.config_file.chmod(0o666)
    with pytest.raises(ConfigTrouble) as caught:
        load(paths)
    assert caught.value.id == "tele.config.unsafe"
