"""Meetings in a terminal of their own: hostile ones start nothing, and write nothing but text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.place import DOWN, ENTER, ESC, ONLINE, SMALL, Place, leave, say
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.demo import jitsi, membership
from tui.demo.records import Wire

EVIL = "\x1b]52;c;ZXZpbA==\x07\x1b[21t\x1b]0;evil\x07[b]x[/b]"
GOOD = "https://meet.example.org/Wochenrunde"
TOPIC = "-x $(touch owned) <b>"
REFUSED = (
    "javascript:alert(1)",
    "file:///etc/passwd",
    "ssh://-oProxyCommand=id/",
    "vscode://file/etc/passwd",
    "smb://evil.example/share",
    "steam://run/1",
    "jar:file:///x.jar!/",
    "//evil.example/x",
    "/etc/passwd",
    "README.md",
    "-flag",
    "--remote-debugging-port=1",
    "%action--incognito",
    "www.google.com",
    "https://good\\@evil.example/",
    "https:evil.example",
    "https://user:secret@evil.example/",
    "https://evil.example/\x1b]52;c;eA==\x07",
    "https://127.1/",
    "$(touch owned)",
)
"""Of the meeting's link, which is whatever its author wrote."""


@pytest.fixture
def browsing(desk: Place) -> Iterator[Path]:
    """Where the browser, any browser of the text kind and xdg-open note their arguments."""
    note = desk.home / "opened"
    for name in ("browser", "xdg-open", "w3m", "www-browser"):
        program = desk.home / name
        program.write_text(f'#!/bin/sh\nfor word; do printf "%s|" "$word"; done >> {note}\n')
        program.chmod(0o755)
    browser = f'[commands]\nbrowser = ["{desk.home}/browser"]\n'
    desk.configure(f'{browser}[session]\nkind = "local"\n[jitsi]\nhosts = ["meet.example.org"]\n')
    yield note
    assert not list(desk.directory.rglob("owned"))


def announced(desk: Place, link: str, topic: str, **props: object) -> None:
    """What anybody may post: the plugin's type with props of one's own."""
    held: Wire = {"meeting_link": link, "meeting_id": topic, "meeting_topic": topic, **props}
    say(desk.server, "ben", topic, props=held, type="custom_jitsi")


def chosen(app: PtyProgram) -> None:
    """The newest message, by its key for joining."""
    app.send(ESC)
    app.wait_text("r Reply")
    app.send(ENTER)


def away(app: PtyProgram) -> None:
    """Out of the dialog, and not before it is gone: Esc and another key would be one of Alt's."""
    app.send(ESC)
    wait_until(lambda: "Esc Cancel" not in app.text())


@pytest.mark.parametrize("link", REFUSED[:2], ids=ascii)
def test_f52_a_meeting_that_leads_nowhere_opens_nothing(desk: Place, browsing: Path, link: str) -> None:
    """Only the web app of one's own Mattermost is offered for it."""
    announced(desk, link, "Falle")
    with desk.open(size=SMALL) as app:
        app.wait_text(f"Falle.*{ONLINE}")
        chosen(app)
        shown = app.wait_text("only be entered in the web app")
        assert "Open it in the web app" in shown
        assert "javascript" not in shown
        away(app)
        assert leave(app) == 0
    assert not browsing.exists()


def test_f52_no_hostile_address_gets_to_a_browser(desk: Place, browsing: Path) -> None:
    for link in REFUSED:
        done = desk.run("open", "-", "--way", "here", stdin=f"{link}\n")
        assert (done.returncode != 0, done.stdout) == (True, ""), link
        assert "\x1b" not in done.stderr
    assert not browsing.exists()
    assert desk.run("open", f"{GOOD}?a=1&b='x;$(id)", "--way", "here").returncode == 0
    assert wait_until(browsing.exists)
    (words,) = browsing.read_text().splitlines()
    assert words.count("|") == 1
    assert words.startswith(f"{GOOD}?a=1&b=")


def test_f52_f56_a_hostile_meeting_is_text_and_asks_before_it_opens(desk: Place, browsing: Path) -> None:
    """Its topic is marks, its host is shown as it is, and nothing is preselected that would open it."""
    announced(desk, "https://mееt.example.org/Runde", EVIL, jwt_meeting=True, meeting_jwt=EVIL)
    with desk.open(size=SMALL) as app:
        app.wait_text(f"joins.*{ONLINE}")
        chosen(app)
        shown = app.wait_text("not known for meetings")
        assert "xn--" in shown
        app.send(ENTER)
        shown = app.wait_text("Look twice.*1 Copy the link")
        assert "xn--" in shown
        away(app)
        assert leave(app) == 0
        output = bytes(app.output)
    assert b"\x1b]52" not in output
    assert b"\x1b[21t" not in output
    assert b"]0;evil\x07" not in output
    assert not browsing.exists()


def test_f52_a_good_meeting_opens_as_one_argument_and_no_list_shows_a_cursor(
    desk: Place, browsing: Path
) -> None:
    announced(desk, GOOD, TOPIC)
    with desk.open(size=SMALL) as app:
        app.wait_text(f"touch owned.*{ONLINE}")
        chosen(app)
        app.wait_text("Join with sound only")
        app.send(DOWN + ENTER)
        app.wait_text("Open it here")
        assert app.output.rfind(b"\x1b[?25l") > app.output.rfind(b"\x1b[?25h")
        app.send(ENTER)
        app.wait_text("Opened in the browser: meet.example.org")
        assert leave(app) == 0
    (words,) = browsing.read_text().splitlines()
    assert words.count("|") == 1
    assert words.startswith(f"{GOOD}#config.")
    assert "startWithVideoMuted=true" in words


def test_f55_a_meeting_in_a_direct_message_is_told_literally(desk: Place) -> None:
    helper, told = desk.home / "notify-send", desk.home / "told"
    helper.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}.new && mv {told}.new {told}\n')
    helper.chmod(0o700)
    desk.configure('[notifications]\nmode = "desktop"\ncontent = true\n')
    more = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "PATH": f"{desk.home}:/usr/bin:/bin"}

    def meet() -> None:
        world = desk.server.world
        jitsi.switch_on(world)
        anna, ben = world.user("anna"), world.user("ben")
        jitsi.start(world, membership.direct(world, ben, anna), ben, TOPIC)

    with desk.open(env=more) as app:
        app.wait_text(ONLINE)
        desk.server.call(meet)
        wait_until(told.exists)
    words = told.read_text(encoding="utf-8").splitlines()
    assert words[:2] == ["--app-name=teleteam", "--"]
    assert "-x $(touch owned) &lt;b&gt;" in "\n".join(words[2:])
    assert not list(desk.directory.rglob("owned"))
