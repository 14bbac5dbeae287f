"""OpenSSH's server, started by us: a key, a configuration and a port of its own on the loopback address."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.support.programs import need
from tests.support.waiting import wait_until


class Sshd:
    """A server of its own on a free port of the loopback address; ends with the block."""

    def __init__(self, directory: Path, *, unlink: bool = True) -> None:
        program = need("sshd") if shutil.which("sshd") else need_sbin("sshd")
        if os.getuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.directory = directory
        for name in ("host", "user"):
            keygen = [need("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(directory / name)]
            subprocess.run(keygen, check=True, timeout=20)
        (directory / "keys").write_text((directory / "user.pub").read_text())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        settings = directory / "sshd_config"
        settings.write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {directory}/host\nPidFile none\nUsePAM no\n"
            f"AuthorizedKeysFile {directory}/keys\nStrictModes no\nPermitRootLogin prohibit-password\n"
            f"AllowStreamLocalForwarding yes\nStreamLocalBindUnlink {'yes' if unlink else 'no'}\n"
        )
        self._process = subprocess.Popen([program, "-D", "-f", str(settings)], stderr=subprocess.DEVNULL)
        wait_until(self._answers)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def forward(self, block: str) -> subprocess.Popen[bytes]:
        """`ssh -N` as the printed block of ~/.ssh/config says."""
        settings = self._settings(block, self.port, "    ExitOnForwardFailure yes\n")
        argv = [need("ssh"), "-F", str(settings), "-N", "server"]
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def terminal(self, command: str, port: int = 0) -> list[str]:
        """The arguments that run a command there in a terminal; `port` = of a proxy on the way."""
        settings = self._settings("Host server", port or self.port)
        return [need("ssh"), "-q", "-tt", "-F", str(settings), "server", command]

    def _settings(self, block: str, port: int, more: str = "") -> Path:
        settings = self.directory / "ssh_config"
        place = (
            f"    HostName 127.0.0.1\n    Port {port}\n    IdentityFile {self.directory}/user\n"
            f"    IdentitiesOnly yes\n    StrictHostKeyChecking no\n    UserKnownHostsFile /dev/null\n"
            f"    BatchMode yes\n{more}"
        )
        settings.write_text(block.rstrip() + "\n" + place)
        return settings

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


def need_sbin(name: str) -> str:
    path = shutil.which(name, path="/usr/sbin:/sbin")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path
