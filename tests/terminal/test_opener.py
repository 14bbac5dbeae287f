"""A browser gets exactly one checked URL, or nothing is started at all."""

from __future__ import annotations

import pytest

from tests.terminal.fakes import FakePrograms, session
from tui.core.errors import UserMistake
from tui.core.links import check_url
from tui.terminal.opener import FAILED, NO_BROWSER, OPENED, open_url

LINK = check_url("https://meet.example.org/Room?a=1&b='x';%20#c")
ALL = ("xdg-open", "gio", "open", "wslview", "powershell.exe", "explorer.exe", "w3m", "lynx")


def test_f52_local_gets_argv_and_nothing_else() -> None:
    programs = FakePrograms(*ALL)
    outcome = open_url(LINK, session("local", DISPLAY=":0"), programs=programs)
    assert (outcome.kind, outcome.program) == (OPENED, "xdg-open")
    assert programs.started == [["/usr/bin/xdg-open", LINK.url]]


@pytest.mark.parametrize("kind", ["ssh", "ssh_x11", "mosh", "console"])
def test_where_the_browser_is_elsewhere_nothing_starts(kind: str) -> None:
    programs = FakePrograms(*ALL)
    assert open_url(LINK, session(kind, DISPLAY="localhost:10"), programs=programs).kind == NO_BROWSER
    assert programs.started == []


def test_x2go_reads_here_but_never_meets_here() -> None:
    programs = FakePrograms("xdg-open")
    there = session("x2go", DISPLAY=":50")
    assert open_url(LINK, there, meeting=True, programs=programs).kind == NO_BROWSER
    assert open_url(LINK, there, programs=programs).kind == OPENED
    assert open_url(LINK, there, meeting=True, insist=True, programs=programs).kind == OPENED


def test_the_persons_own_command_works_everywhere() -> None:
    programs = FakePrograms()
    outcome = open_url(LINK, session("ssh"), browser=["my-helper", "--quiet"], programs=programs)
    assert (outcome.kind, programs.started) == (OPENED, [["my-helper", "--quiet", LINK.url]])


def test_a_stale_display_is_no_browser() -> None:
    programs = FakePrograms(*ALL, display=False)
    assert open_url(LINK, session("local", DISPLAY=":0"), programs=programs).kind == NO_BROWSER


def test_the_next_program_is_tried_when_one_fails() -> None:
    programs = FakePrograms("xdg-open", "gio", codes={"xdg-open": 3})
    assert open_url(LINK, session("local"), programs=programs).program == "gio"
    both = FakePrograms("xdg-open", "gio", codes={"xdg-open": 3, "gio": -1})
    assert open_url(LINK, session("local"), programs=both).kind == FAILED


def test_a_browser_that_goes_on_is_open() -> None:
    programs = FakePrograms("xdg-open", codes={"xdg-open": None})
    assert open_url(LINK, session("local"), programs=programs).kind == OPENED


def test_wsl_forms() -> None:
    programs = FakePrograms("powershell.exe")
    assert open_url(LINK, session("wsl"), programs=programs).kind == OPENED
    assert programs.started[0][-1] == f"Start-Process '{LINK.url.replace(chr(39), chr(39) * 2)}'"
    explorer = FakePrograms("explorer.exe", codes={"explorer.exe": 1})
    assert open_url(LINK, session("wsl"), programs=explorer).kind == OPENED


@pytest.mark.parametrize("wish", ["w3m", "firefox %s &", "lynx:firefox", "/usr/bin/elinks", ""])
def test_text_browsers_and_templates_never_reach_xdg_open(wish: str) -> None:
    programs = FakePrograms("xdg-open")
    open_url(LINK, session("local", BROWSER=wish), programs=programs)
    given = programs.envs[0]["BROWSER"].split(":")
    assert "firefox" in given
    assert not {"w3m", "lynx", "elinks", "links", "www-browser"} & set(given)
    assert not any("%" in part for part in given)


def test_a_graphical_wish_is_kept() -> None:
    programs = FakePrograms("xdg-open")
    open_url(LINK, session("local", BROWSER="/opt/chromium"), programs=programs)
    assert programs.envs[0]["BROWSER"] == "/opt/chromium"


@pytest.mark.parametrize(
    "raw",
    [
        "--remote-debugging-port=1", "ssh://-oProxyCommand=id/", "vscode:x", "smb://x/y", "jar:file:///x",
        "//evil/x", "/etc/passwd", "README.md", "%action--incognito", "https:evil", "javascript:alert(1)",
        "https://good\\@evil/", "https://user@evil/", "https://a\nb/", "file:///etc/x", "data:text/html,x",
    ],
)  # fmt: skip
def test_f52_what_is_no_link_cannot_even_be_passed(raw: str) -> None:
    with pytest.raises(UserMistake):
        check_url(raw)
