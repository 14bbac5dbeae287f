"""The garbage collector waits for the screen and is on again afterwards; one heap serves all threads."""

from __future__ import annotations

import gc
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tui.cli import main
from tui.ui import collector

IN_A_THREAD = """
import ctypes, pathlib, sys, threading
from tui.ui import collector

known = sys.argv[1:] == ["one"] and collector.share_one_heap()
malloc = ctypes.CDLL(None).malloc
malloc.restype = ctypes.c_void_p
found = []
other = threading.Thread(target=lambda: found.append(malloc(2_000)))
other.start()
other.join()
lines = pathlib.Path("/proc/self/maps").read_text().splitlines()
heap = next(line for line in lines if line.endswith("[heap]")).split()[0]
first, last = (int(end, 16) for end in heap.split("-"))
print(known, first <= found[0] < last)
"""
"""Whether what a thread takes comes from the heap of the first thread."""


@pytest.fixture
def kept() -> Iterator[None]:
    """The tests' own collector, as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)
    gc.enable()


@pytest.mark.usefixtures("kept")
def test_what_stands_is_left_alone_and_the_rest_is_collected() -> None:
    gc.disable()
    collector.begin()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 1_000
    assert gc.get_threshold() == collector.THRESHOLDS


@pytest.mark.usefixtures("kept")
def test_where_it_was_never_off_nothing_is_frozen() -> None:
    gc.enable()
    frozen = gc.get_freeze_count()
    collector.begin()
    assert gc.get_freeze_count() == frozen


def test_a_command_leaves_it_on(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert gc.isenabled()
    assert "teleteam" in capsys.readouterr().out


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library than glibc")
@pytest.mark.parametrize(("words", "said"), [(["one"], "True True"), ([], "False False")])
def test_threads_take_from_one_heap(words: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_THREAD, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == said
