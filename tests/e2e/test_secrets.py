"""Where the token and the password are after a day of work, and to whom the program has talked."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.place import CTRL_K, CTRL_Q, ENTER, ESC, F1, ONLINE, SMALL, Place, say, texts
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.demo import jitsi
from tui.demo.world import World
from tui.settings.accounts import load

PASSWORD = "correct-horse-battery-staple"
SECRET_TEXT = "Gehaltsliste Kranichfeld"


@pytest.fixture
def private(place: Place) -> Place:
    """A person with a password that cannot be taken for anything else, and the log at its chattiest."""

    def change() -> None:
        place.server.world.user("anna").password = PASSWORD

    place.server.call(change)
    place.configure('[log]\nlevel = "debug"\n')
    return place


def _sign_in_on_screen(app: PtyProgram, place: Place) -> None:
    app.wait_text("Sign in")
    app.send(f"{place.server.url}{ENTER}anna{ENTER}wrong {PASSWORD}{ENTER}")
    app.wait_text("Name or password is wrong")
    app.send("\x15" + "\x7f" * 80 + PASSWORD + ENTER)
    app.wait_text("Keep the token")
    app.send(ENTER)
    app.wait_text(ONLINE)


def _process(pid: int) -> Iterator[bytes]:
    """Command line and environment of a process and of its children, whichever thread has started them."""
    try:
        for name in ("cmdline", "environ"):
            yield Path(f"/proc/{pid}/{name}").read_bytes()
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return  # a child that has ended meanwhile
    for thread in threads:
        try:
            children = (thread / "children").read_text(encoding="utf-8").split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            yield from _process(int(child))


def _holding(directory: Path, secret: str) -> list[Path]:
    """The files that hold `secret` as it stands."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return [path for path in files if secret.encode() in path.read_bytes()]


def test_g57_the_token_is_in_its_file_alone_and_the_password_nowhere(private: Place) -> None:
    with private.open_to_crash() as app:
        _sign_in_on_screen(app, private)
        (account,) = load(private.paths).by_id.values()
        token = private.token(account)
        app.send(f"{SECRET_TEXT}{ENTER}")
        app.wait_text(f"{SECRET_TEXT}.*── To")
        _work_through_troubles(app, private)
        seen = b"".join(_process(app.pid))
        app.send(F1)
        assert app.wait_exit() == 1
        output = bytes(app.output)
    private.run("doctor", "--json")
    log = private.paths.log_file.read_text(encoding="utf-8")
    assert "RuntimeError" in log
    for secret in (token, PASSWORD):
        assert secret.encode() not in seen
        assert secret.encode() not in output
    assert SECRET_TEXT not in log
    assert _holding(private.directory, PASSWORD) == []
    assert _holding(private.directory, token) == [private.paths.secrets_dir / f"{account.id}.token"]


def _work_through_troubles(app: PtyProgram, place: Place) -> None:
    """Errors of every kind, which like to quote what they failed at."""
    faults = place.server.faults
    faults.status("/channels/*", 500, times=2, body=b'{"id": "x", "message": "boom"}')
    faults.drop_reply_after("/posts", method="POST")
    app.send(f"under trouble{ENTER}")
    faults.truncate("/channels/*/posts", 10)
    faults.cut_sockets()
    app.send(CTRL_K)
    app.wait_text("Off-Topic")
    app.send(f"off{ENTER}")
    app.wait_text("To ~Off-Topic")
    place.server.down()
    app.wait_text("offline since")
    place.server.up()
    app.wait_text(ONLINE)
    wait_until(lambda: texts(place.server).count("under trouble") == 1)


def test_g57_a_meetings_token_is_in_the_store_and_in_the_browsers_hands_alone(private: Place) -> None:
    """Shown and opened while everything is logged, on a server with others, and then a crash with the meeting
    on the screen. The browser gets a private page; no process has the token among its words.
    """
    account = private.sign_in("anna", PASSWORD)
    opened, browser = private.directory / "opened", private.directory / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {opened}.new; mv {opened}.new {opened}; sleep 6\n')
    browser.chmod(0o755)
    runtime = private.directory / "run"
    runtime.mkdir(mode=0o700)
    private.configure(
        f'[log]\nlevel = "debug"\n[session]\nkind = "x2go"\n[commands]\nbrowser = ["{browser}"]\n'
        '[jitsi]\nhosts = ["meet.example.org"]\n'
    )
    secret = private.server.call(lambda: _meet(private.server.world))
    with private.open_to_crash({"XDG_RUNTIME_DIR": str(runtime)}) as app:
        app.wait_text(f"Jour fixe.*{ONLINE}")
        app.send(ESC)
        app.wait_text("r Reply")
        app.send(ENTER)
        app.wait_text("Join with sound only")
        app.send(ENTER)
        app.wait_text("2 Open it here")
        app.send("2")
        wait_until(opened.exists)
        seen = b"".join(_process(app.pid))
        (page,) = runtime.glob("*/open.html")
        token = re.findall(r"[?&]jwt=([\w.-]+)", page.read_text(encoding="utf-8"))[0]
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        app.wait_text("Opened in the browser")
        app.send(F1)
        assert app.wait_exit() == 1
        output = bytes(app.output)
    assert "RuntimeError" in private.paths.log_file.read_text(encoding="utf-8")
    assert opened.read_text(encoding="utf-8") == page.as_uri()
    assert page.as_uri().encode() in seen
    cache = private.paths.store_dir(account.id) / "cache.db"
    kept = {page, cache, cache.with_name("cache.db-wal")}
    for piece in (secret, token, *secret.split("."), *token.split(".")):
        assert piece.encode() not in output
        assert piece.encode() not in seen
        assert set(_holding(private.directory, piece)) - kept == set()
    assert token != secret  # my own, asked for while it was opened
    assert _holding(private.config_dir, token) == []


def _meet(world: World) -> str:
    """Ben starts a meeting whose token opens the door."""
    jitsi.switch_on(world, tokens=True)
    held = jitsi.start(world, world.channel("nordlicht", "town-square"), world.user("ben"), "Jour fixe")
    return str(held.props["meeting_jwt"])


@pytest.mark.parametrize("umask", [0o000, 0o022], ids=["000", "022"])
def test_g58_files_are_private_whatever_the_umask(private: Place, umask: int) -> None:
    wrapper = "import os, sys; os.umask(int(sys.argv[1])); os.execv(sys.executable, sys.argv[2:])"
    argv = [sys.executable, "-c", wrapper, str(umask), *private.argv()]
    with PtyProgram(argv, columns=80, rows=24, env=private.environment(), cwd=private.directory) as app:
        _sign_in_on_screen(app, private)
        app.send(f"a message{ENTER}and a draft")
        app.wait_text("a message.*› and a draft")
        wait_until(lambda: "a message" in texts(private.server) and "to send" not in app.text())
        assert _too_open(private.config_dir) == []
        app.send(CTRL_Q)
        assert app.wait_exit() == 0
    assert _too_open(private.config_dir) == []
    assert len(list(private.config_dir.rglob("*.db"))) == 2


def _too_open(directory: Path) -> list[str]:
    """Files that are not 0600 and directories that are not 0700."""
    wrong = []
    for path in (directory, *directory.rglob("*")):
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong.append(f"{path.name} {mode:o}")
    return wrong


def test_g58_a_secret_file_that_others_can_read_is_refused(desk: Place) -> None:
    (secret,) = desk.paths.secrets_dir.iterdir()
    secret.chmod(0o644)
    assert desk.run("unread").returncode == 4
    told = desk.run("doctor").stdout
    assert f"chmod 600 “{secret}”" in told


def test_g60_signing_out_with_wipe_leaves_no_word(place: Place) -> None:
    account = place.sign_in()
    token = place.token(account)
    say(place.server, "ben", SECRET_TEXT)
    with place.open(size=SMALL) as app:
        app.wait_text(f"{SECRET_TEXT}.*{ONLINE}")
        app.send(CTRL_Q)
        assert app.wait_exit() == 0
    assert _holding(place.config_dir, SECRET_TEXT)
    done = place.run("logout", "--wipe")
    assert done.returncode == 0, done.stderr
    assert token not in place.server.call(lambda: dict(place.server.world.sessions))
    assert _holding(place.directory, SECRET_TEXT) == []
    assert _holding(place.directory, token) == []
    assert load(place.paths).by_id == {}


def test_g62_it_talks_to_its_server_alone(desk: Place) -> None:
    """Links, images and previews of others are looked at by nobody."""
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        port = elsewhere.getsockname()[1]
        elsewhere.setblocking(False)
        url = f"http://127.0.0.1:{port}"
        say(desk.server, "ben", f"![picture]({url}/a.png) {url}/page <{url}/b> [c]({url}/c)")
        attachment = {
            "title": "t",
            "title_link": url,
            "image_url": f"{url}/i.png",
            "thumb_url": f"{url}/t.png",
        }
        say(
            desk.server, "ben", "look", props={"attachments": [{**attachment, "author_icon": f"{url}/x.png"}]}
        )
        peers: set[tuple[str, int]] = set()
        with desk.open(size=SMALL) as app:
            app.wait_text(f"look.*{ONLINE}")
            for key in (ESC, "k", "j", "t", ESC, CTRL_K, ESC):
                app.send(key)
                app.quiet(0.15)
                peers |= _peers(app.pid)
            app.send(CTRL_Q)
            assert app.wait_exit() == 0
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
    assert peers == {("127.0.0.1", desk.server.port)}


def _peers(pid: int) -> set[tuple[str, int]]:
    """Addresses that the process has TCP connections to (IPv4 and IPv6)."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="utf-8").splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes and fields[3] != "0A":
                found.add(_address(fields[2]))
    return found


def _address(field: str) -> tuple[str, int]:
    """`0100007F:1F90` as /proc/net writes it: 32-bit words in host order."""
    host, _colon, port = field.partition(":")
    words = [bytes.fromhex(host[n : n + 8])[::-1] for n in range(0, len(host), 8)]
    family = socket.AF_INET if len(words) == 1 else socket.AF_INET6
    return socket.inet_ntop(family, b"".join(words)), int(port, 16)


def test_g62_no_program_is_started_but_what_was_asked_for(desk: Place) -> None:
    """By strace, where there is one."""
    strace = next((p for d in os.environ["PATH"].split(":") if os.access(p := f"{d}/strace", os.X_OK)), "")
    if not strace:
        pytest.skip("strace is not installed")
    record = desk.directory / "strace"
    done = subprocess.run(
        [
            strace,
            "-f",
            "-e",
            "trace=execve,connect",
            "-o",
            str(record),
            *desk.argv("read", "nordlicht/town-square"),
        ],
        env={**os.environ, **desk.environment()},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert record.read_text(encoding="utf-8").count("execve(") == 1
