"""A shared machine sees as little of us as possible."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import os, resource, sys
from tui.terminal.hardening import harden
harden()
fd = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY, 0o666)
import ctypes
print(oct(os.fstat(fd).st_mode & 0o777), resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3))
"""
HOOK = """
from tui.terminal.hardening import install_excepthook
install_excepthook(lambda error: print(type(error).__name__, flush=True))
token = "topsecret"
raise {error}(token)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_g57_no_core_no_ptrace_private_files(tmp_path: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, f"{tmp_path}/f"], capture_output=True, text=True, check=True, umask=0
    )
    assert done.stdout.split() == ["0o600", "(0,", "0)", "0"]


def test_e47_an_unhandled_error_shows_no_values() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOOK.format(error="ValueError")], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "ValueError\n", "")


def test_an_interrupt_is_silent() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOOK.format(error="KeyboardInterrupt")], capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_e47_threads_show_no_values() -> None:
    code = HOOK.replace("raise {error}(token)", "import threading, operator\n")
    code += "threading.Thread(target=lambda: operator.truediv(1, len(token) - 9)).start()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("ZeroDivisionError\n", "")
