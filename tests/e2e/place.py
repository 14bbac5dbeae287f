"""A machine of one's own for each test: a home, a config directory, the program in a pseudo terminal.

Invariant: nothing outside the test's directory is read or written; there is no display, keyring, browser or
Syncthing unless the test puts one there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.client.accounts import sign_in
from tui.client.clock import SystemClock
from tui.demo.records import Channel, Post
from tui.demo.server import DemoServer
from tui.settings.accounts import Account
from tui.settings.config import Config
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper
from tui.store import Store

ROOT = Path(__file__).parents[2]
WIDE, SMALL = (120, 36), (80, 24)

ENTER, ESC, TAB = "\r", "\x1b", "\t"
CTRL_F, CTRL_J, CTRL_K, CTRL_O, CTRL_P, CTRL_Q = "\x06", "\n", "\x0b", "\x0f", "\x10", "\x11"
ALT_E, F1, F8 = "\x1be", "\x1bOP", "\x1b[19~"
UP, DOWN, PAGE_UP, PAGE_DOWN = "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~"
ONLINE = "● online"

_CRASHING = """
from tui.ui.screens.main import MainScreen

def crash(self):
    private = self.composer.editor.text
    raise RuntimeError(f"{private!r} is what was written")

MainScreen.action_do_help = crash
import sys
from tui.cli import main
sys.exit(main())
"""
"""The program with a help key that fails while a private text is in a variable."""
_NOTHING = (
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "BROWSER", "VISUAL", "EDITOR"),
    *("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "X2GO_SESSION", "NXSESSIONID", "NX_CLIENT", "STY"),
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR", "TELETEAM_TOKEN"),
    *("TERM_PROGRAM", "LC_TERMINAL", "WSL_DISTRO_NAME", "WT_SESSION", "KONSOLE_VERSION", "VTE_VERSION"),
    *("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "TELETEAM_SESSION"),
)


class Place:
    """One person's machine, talking to one demo server."""

    def __init__(self, directory: Path, server: DemoServer) -> None:
        self.directory = directory
        self.server = server
        self.home = directory / "home"
        self.config_dir = directory / "teleteam"
        self.home.mkdir(exist_ok=True)
        self.paths = Paths.resolve(self.config_dir)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What differs from the environment of the tests."""
        mine = {"HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        return {**dict.fromkeys(_NOTHING, ""), **mine, **(more or {})}

    def argv(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tui", "--config-dir", str(self.config_dir), *words]

    def configure(self, toml: str) -> None:
        """Writes the settings file."""
        self.config_dir.mkdir(mode=0o700, exist_ok=True)
        file = self.config_dir / "config.toml"
        file.write_text(toml, encoding="utf-8")
        file.chmod(0o600)

    @property
    def keeper(self) -> TokenKeeper:
        return TokenKeeper(self.paths, ring=lambda: None)

    def sign_in(self, name: str = "anna", password: str = "") -> Account:
        """Signs in beforehand, as `teleteam login` does; the demo's passwords are the names."""
        signed = sign_in(
            self.server.url,
            name,
            password or name,
            paths=self.paths,
            config=Config(),
            keeper=self.keeper,
            file_allowed=True,
        )
        return signed.account

    def drafts(self, account: Account) -> list[str]:
        """The texts that were being written, as they lie on the disk."""
        with Store.open(self.paths.store_dir(account.id), clock=SystemClock()) as store:
            return [draft.text for draft in store.drafts.all()]

    def stored(self, account: Account) -> list[str]:
        """Every message that the store holds, oldest first."""
        with Store.open(self.paths.store_dir(account.id), clock=SystemClock()) as store:
            ids = [channel.id for channel in store.channels.all()]
            found = [post for ident in ids for post in store.posts.newest(ident, 10_000)]
        return [post.message for post in sorted(found, key=lambda post: (post.create_at, post.id))]

    def token(self, account: Account) -> str:
        secret = self.keeper.load(account)
        assert secret is not None
        return secret.token

    def open(
        self, *words: str, size: tuple[int, int] = WIDE, env: Mapping[str, str] | None = None
    ) -> PtyProgram:
        """The app in a terminal."""
        columns, rows = size
        return PtyProgram(
            self.argv(*words), columns=columns, rows=rows, env=self.environment(env), cwd=self.directory
        )

    def open_to_crash(self, env: Mapping[str, str] | None = None) -> PtyProgram:
        """The app, which will crash on F1."""
        argv = [sys.executable, "-c", _CRASHING, "--config-dir", str(self.config_dir)]
        return PtyProgram(argv, columns=80, rows=24, env=self.environment(env), cwd=self.directory)

    def run(
        self, *words: str, stdin: str = "", env: Mapping[str, str] | None = None, timeout: float = 30.0
    ) -> subprocess.CompletedProcess[str]:
        """A command of the program, without a terminal."""
        return subprocess.run(
            self.argv(*words),
            input=stdin,
            capture_output=True,
            text=True,
            env={**os.environ, **self.environment(env)},
            cwd=self.directory,
            timeout=timeout,
            check=False,
        )


def channel_of(server: DemoServer, name: str = "town-square", team: str = "nordlicht") -> Channel:
    return server.world.channel(team, name)


def texts(server: DemoServer, name: str = "town-square", team: str = "nordlicht") -> list[str]:
    """The messages that people wrote into a channel and that are still there, oldest first."""
    return [post.message for post in alive(server, name, team)]


def alive(server: DemoServer, name: str = "town-square", team: str = "nordlicht") -> list[Post]:
    def look() -> list[Post]:
        line = server.world.timelines.get(channel_of(server, name, team).id, [])
        return [post for post in line if not post.delete_at and not post.type]

    return server.call(look)


def say(server: DemoServer, who: str, text: str, name: str = "town-square", **more: object) -> Post:
    """Somebody writes."""
    return server.call(lambda: server.world.post(channel_of(server, name), who, text, **more))


def modes_are_reset(output: bytes) -> bool:
    """Whether the last word on each mode is that it is off, and that the cursor is back."""
    pairs = ((b"?1049l", b"?1049h"), (b"?2004l", b"?2004h"), (b"?25h", b"?25l"))
    return all(output.rfind(b"\x1b[" + last) > output.rfind(b"\x1b[" + first) for last, first in pairs)


def gone(pid: int) -> bool:
    """Whether no such process is left (a zombie that nobody has waited for counts as gone)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


def leave(app: PtyProgram) -> int:
    """Quits as a person does, who says yes where something is still unsent; the exit code."""
    app.send(CTRL_Q)
    wait_until(lambda: app.ended() or re.search("not sent yet", app.text()), timeout=30)
    if not app.ended():
        app.send(ENTER)
    return app.wait_exit()
