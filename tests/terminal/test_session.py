"""The order of detection, and the freshness of what tmux knows."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.programs import need
from tests.terminal.fakes import machine
from tui.terminal.session import SessionKind, detect, this_machine

SSH = {"SSH_CONNECTION": "10.0.0.1 5000 10.0.0.2 22", "SSH_TTY": "/dev/pts/1"}
X2GO = {**SSH, "X2GO_SESSION": "anna-50-1700000000_stDXFCE_dp24", "DISPLAY": ":50"}


@pytest.mark.parametrize(
    ("env", "kind"),
    [
        (X2GO, "x2go"),
        ({"NXSESSIONID": "1", **SSH}, "x2go"),
        ({"WSL_DISTRO_NAME": "Debian", "DISPLAY": ":0"}, "wsl"),
        (SSH, "ssh"),
        ({"SSH_TTY": "/dev/pts/1"}, "ssh"),
        ({**SSH, "DISPLAY": "localhost:10.0"}, "ssh_x11"),
        ({**SSH, "DISPLAY": ":11"}, "ssh_x11"),
        ({**SSH, "DISPLAY": ":0"}, "ssh"),
        ({"DISPLAY": ":0"}, "local"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "local"),
        ({}, "console"),
        ({"TELETEAM_SESSION": "mosh", "DISPLAY": ":0"}, "mosh"),
        ({"TELETEAM_SESSION": "nonsense", "DISPLAY": ":0"}, "local"),
    ],
)
def test_order(env: dict[str, str], kind: str) -> None:
    assert detect(env, machine=machine()).kind == kind


def test_mosh_is_an_ancestor_not_a_variable() -> None:
    there = machine(ancestors=("python", "bash", "mosh-server", "init"))
    assert detect(SSH, machine=there).kind == "mosh"
    assert detect(X2GO, machine=there).kind == "x2go"


def test_ancestors_in_a_circle_end() -> None:
    loop = machine()
    circular = type(loop)(lambda _pid: ("sh", 1000), loop.tmux, loop.release, loop.home, 1000)
    assert detect({}, machine=circular).kind == "console"


def test_wsl_by_kernel_and_mac_by_platform() -> None:
    assert detect({}, machine=machine(release="5.15.0-microsoft-standard-WSL2")).kind == "wsl"
    assert detect({}, machine=machine(platform="darwin")).kind == "local"


def test_override_wins_and_is_told() -> None:
    found = detect(X2GO, override="local", machine=machine())
    assert (found.kind, found.overridden) == (SessionKind.LOCAL, True)
    assert detect(X2GO, override="auto", machine=machine()).kind == "x2go"


def test_su_inside_x2go_is_found_by_its_directory(tmp_path: Path) -> None:
    (tmp_path / ".x2go/C-anna-51-1700000000_stDXFCE_dp24").mkdir(parents=True)
    there = machine(home=tmp_path)
    assert detect({"DISPLAY": ":51.0"}, machine=there).kind == "x2go"
    assert detect({"DISPLAY": ":52"}, machine=there).kind == "local"


@pytest.mark.parametrize(
    ("env", "answer", "kind"),
    [
        # started in X2Go, attached by SSH
        (X2GO, "1003\nSSH_CONNECTION=a b c d\n-DISPLAY\n", "ssh"),
        # started in X2Go, attached by ssh -X
        (X2GO, "1003\nSSH_CONNECTION=a b c d\nDISPLAY=localhost:10.0\n", "ssh_x11"),
        # still in X2Go
        (X2GO, "1003\nDISPLAY=:50\n", "x2go"),
        # started over SSH, attached at the machine itself
        (SSH, "1003\n-SSH_CONNECTION\n-SSH_TTY\nDISPLAY=:0\n", "local"),
        # tmux does not answer: what is in the environment
        (SSH, "", "ssh"),
    ],
)
def test_tmux_knows_better_than_the_environment(env: dict[str, str], answer: str, kind: str) -> None:
    found = detect({**env, "TMUX": "/tmp/tmux-0/default,1,0"}, machine=machine(tmux=answer))
    assert (found.kind, found.multiplexer) == (kind, "tmux")


def test_mosh_is_looked_for_from_the_attached_client() -> None:
    there = machine(ancestors=("python", "tmux: server", "init"), tmux="2000\n")
    names = {2000: ("tmux: client", 2001), 2001: ("mosh-server", 1)}
    attached = type(there)(lambda pid: names.get(pid), there.tmux, there.release, there.home, 1000)
    assert detect({**SSH, "TMUX": "x"}, machine=attached).kind == "mosh"


def test_screen_is_named() -> None:
    assert detect({"STY": "1.pts", "DISPLAY": ":0"}, machine=machine()).multiplexer == "screen"


def test_remote_and_display() -> None:
    found = detect({"DISPLAY": ":0"}, machine=machine())
    assert (found.remote, found.display) == (False, ":0")
    assert detect(SSH, machine=machine()).remote


def test_this_machine_answers() -> None:
    real = this_machine()
    name, parent = real.parent_of(os.getpid()) or ("", 0)
    assert name
    assert parent == os.getppid()
    assert real.parent_of(2**30) is None
    assert isinstance(real.release(), str)
    assert real.tmux({"PATH": "/nowhere"}) == ""


@pytest.mark.tmux
def test_a_real_tmux_is_asked(tmp_path: Path) -> None:
    tmux = need("tmux")
    socket = tmp_path / "s"
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TERM": "xterm", "SSH_CONNECTION": "a b c d"}
    subprocess.run(
        [tmux, "-S", str(socket), "-f", "/dev/null", "new-session", "-d", "sleep 60"], env=env, check=True
    )
    try:
        inside = {**env, "TMUX": f"{socket},0,0"}
        subprocess.run([tmux, "-S", str(socket), "set-environment", "DISPLAY", ":7"], env=inside, check=True)
        subprocess.run(
            [tmux, "-S", str(socket), "set-environment", "-r", "SSH_CONNECTION"], env=inside, check=True
        )
        found = detect(inside, machine=this_machine())
        assert (found.env.get("DISPLAY"), found.env.get("SSH_CONNECTION")) == (":7", None)
    finally:
        subprocess.run([tmux, "-S", str(socket), "kill-server"], env=env, check=False)
