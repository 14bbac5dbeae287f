"""Real processes: a real X server with a real xclip, stub browsers that note what they get."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import need
from tests.support.waiting import wait_until
from tui.core.links import check_url
from tui.terminal import abilities, clipboard
from tui.terminal.handover import PREFIX
from tui.terminal.opener import NO_BROWSER, OPENED, open_url
from tui.terminal.session import Session, SessionKind

URL = "https://meet.example.org/Room?a=1&b='x';%20$(id)#c"
TOKEN = "eyJhbGciOi.eyJzdWIi.c2ln"
TEXT_BROWSERS = ("www-browser", "w3m", "lynx", "links", "elinks")


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own, without a screen."""
    reading, writing = os.pipe()
    argv = [need("Xvfb"), "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    server = subprocess.Popen(argv, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def stubs(tmp_path: Path) -> Path:
    """A PATH of its own: xdg-open and every text browser note their arguments in `<name>.argv`."""
    place = tmp_path / "bin"
    place.mkdir()
    for name in ("xdg-open", *TEXT_BROWSERS):
        stub = place / name
        stub.write_text(f'#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done > {place}/{name}.argv\n')
        stub.chmod(0o755)
    return place


def noted(stubs: Path, name: str = "xdg-open") -> list[str]:
    file = stubs / f"{name}.argv"
    return file.read_text().splitlines() if file.exists() else []


def session(kind: SessionKind, stubs: Path, **env: str) -> Session:
    return Session(kind, env={"PATH": f"{stubs}:/usr/bin:/bin", **env})


def test_f52_a_browser_gets_the_url_and_nothing_else(stubs: Path, display: str) -> None:
    link = check_url(URL)
    there = session(SessionKind.LOCAL, stubs, DISPLAY=display, BROWSER="w3m")
    assert open_url(link, there).kind == OPENED
    assert noted(stubs) == [link.url]


def test_f52_a_text_browser_never_starts(stubs: Path) -> None:
    (stubs / "xdg-open").unlink()
    for kind in SessionKind:
        there = session(kind, stubs, BROWSER="w3m", TERM="xterm")
        assert open_url(check_url(URL), there, insist=True).kind == NO_BROWSER
    assert [name for name in TEXT_BROWSERS if noted(stubs, name)] == []


def test_g57_a_token_is_in_no_argument_on_a_shared_server(stubs: Path, display: str, tmp_path: Path) -> None:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    there = session(SessionKind.X2GO, stubs, DISPLAY=display, XDG_RUNTIME_DIR=str(runtime))
    link = check_url(f"https://meet.example.org/Room?jwt={TOKEN}")
    assert open_url(link, there, insist=True, sensitive=True).kind == OPENED
    (page,) = runtime.glob(f"{PREFIX}*/open.html")
    assert noted(stubs) == [page.as_uri()]
    assert TOKEN in page.read_text()
    children = [path.read_bytes() for path in _command_lines()]
    assert not [words for words in children if TOKEN.encode() in words]


def _command_lines() -> list[Path]:
    return [
        path for path in Path("/proc").glob("[0-9]*/cmdline") if os.access(path, os.R_OK) and _reads(path)
    ]


def _reads(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


def test_x2go_copies_to_the_real_x_clipboard(display: str) -> None:
    program = need("xclip")
    there = Session(SessionKind.X2GO, env={"PATH": os.environ["PATH"], "DISPLAY": display})
    copied = clipboard.copy(URL, there, abilities.detect({"TERM": "xterm"}, there))
    assert (copied.kind, copied.program) == (clipboard.COPIED, "xclip")

    def held() -> str:
        argv = [program, "-o", "-selection", "clipboard"]
        done = subprocess.run(
            argv, env=dict(there.env), capture_output=True, text=True, timeout=10, check=False
        )
        return done.stdout

    wait_until(lambda: held() == URL)
