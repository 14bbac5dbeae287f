"""A picture or files out of a real clipboard, and nothing where there is none."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.fakes import FakePrograms, session
from tui.demo.images import striped_png
from tui.terminal.clipboard_file import NO_CLIPBOARD, NOTHING, take

HERE = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xclip")), reason="needs Xvfb and xclip")


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """A screen that nobody sees, with a clipboard of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [str(shutil.which("Xvfb")), "-displayfd", str(writing), "-screen", "0", "64x64x24"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield {"DISPLAY": f":{number}", "PATH": os.environ["PATH"]}
    server.kill()
    server.wait()


def fill(env: dict[str, str], kind: str, data: bytes) -> None:
    subprocess.run(
        [str(shutil.which("xclip")), "-selection", "clipboard", "-t", kind],
        input=data,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=10,
    )


@HERE
def test_a_picture_becomes_a_file_that_is_mine_alone(display: dict[str, str]) -> None:
    picture = striped_png(8, 8, ((1, 2, 3),))
    fill(display, "image/png", picture)
    taken = take(session("local", **display), "Clipboard 12-00")
    (path,) = map(Path, taken.paths)
    assert path.read_bytes() == picture
    assert path.name == "Clipboard 12-00.png"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@HERE
def test_copied_files_are_taken_where_they_lie(display: dict[str, str], tmp_path: Path) -> None:
    paper = tmp_path / "An gebot.txt"
    paper.write_text("x", encoding="utf-8")
    uris = f"#comment\r\n{paper.as_uri()}\r\nfile://far/etc/x\r\nhttps://x.example\r\n{tmp_path.as_uri()}\r\n"
    fill(display, "text/uri-list", uris.encode())
    assert take(session("x2go", **display), "n").paths == (str(paper),)


@HERE
def test_a_text_is_no_file(display: dict[str, str]) -> None:
    fill(display, "UTF8_STRING", b"only words")
    assert take(session("local", **display), "n").problem == NOTHING


def test_over_ssh_and_without_a_display_there_is_no_clipboard() -> None:
    programs = FakePrograms("xclip", "wl-paste")
    assert take(session("ssh_x11", DISPLAY="localhost:10"), "n", programs).problem == NO_CLIPBOARD
    assert take(session("ssh"), "n", programs).problem == NO_CLIPBOARD
    none = FakePrograms("xclip", display=False)
    assert take(session("local", DISPLAY=":0"), "n", none).problem == NO_CLIPBOARD
    assert take(session("local", DISPLAY=":0"), "n", FakePrograms()).problem == NO_CLIPBOARD
