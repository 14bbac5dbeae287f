"""Without a line: what is stored can be read, what is written waits, what ended is told."""

from __future__ import annotations

import json

from tests.e2e.place import CTRL_Q, ENTER, ONLINE, SMALL, Place, leave, say, texts
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until

NOTICED = 30.0
"""Seconds within which an ended session is noticed, on a silent line too."""
OFFLINE = "offline since"
AGAIN = "Sign in again"


def _filled(desk: Place, *more: str) -> None:
    """A store that knows the channel; the program has been closed again."""
    for text in ("from yesterday", *more):
        say(desk.server, "ben", text)
    with desk.open(size=SMALL) as app:
        app.wait_text(f"from yesterday.*{ONLINE}")
        _quit(app)


def _quit(app: PtyProgram) -> None:
    assert leave(app) == 0


def test_a05_a_message_written_offline_is_sent_once_when_the_line_is_back(desk: Place) -> None:
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        desk.server.down()
        app.wait_text(f"{OFFLINE}.*next try in")
        app.send(f"written offline{ENTER}")
        app.wait_text("written offline.*waits for the line.*── To")
        app.send(f"and another one{ENTER}")
        app.wait_text("and another one.*waits for the line.*── To")
        desk.server.up()
        wait_until(lambda: texts(desk.server) == ["written offline", "and another one"], timeout=30)
        app.wait_text(ONLINE)
        wait_until(lambda: "waits" not in app.text())
        say(desk.server, "ben", "welcome back")
        app.wait_text("written offline.*and another one.*welcome back")
        _quit(app)
    assert texts(desk.server) == ["written offline", "and another one", "welcome back"]


def test_a05_what_was_queued_survives_a_restart(desk: Place) -> None:
    """Quitting asks, because something is unsent; the next start sends it."""
    _filled(desk)
    desk.server.down()
    with desk.open(size=SMALL) as app:
        app.wait_text(OFFLINE)
        app.send(f"for later{ENTER}")
        app.wait_text("for later.*waits for the line")
        app.send(CTRL_Q)
        app.wait_text("1 text is not sent yet")
        app.send(ENTER)
        assert app.wait_exit() == 0
    assert len(desk.run("outbox", "--json").stdout.splitlines()) == 1
    desk.server.up()
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        wait_until(lambda: texts(desk.server) == ["from yesterday", "for later"])
        _quit(app)
    assert desk.run("outbox", "--json").stdout == ""


def test_the_last_channel_can_be_read_without_a_server(desk: Place) -> None:
    _filled(desk)
    desk.server.down()
    with desk.open(size=SMALL) as app:
        app.wait_text(f"# Town Square.*from yesterday.*{OFFLINE}")
        _quit(app)
    done = desk.run("read", "nordlicht/town-square", "--json")
    assert done.returncode == 3
    assert [json.loads(line)["message"] for line in done.stdout.splitlines()][-1] == "from yesterday"
    assert len(done.stderr.splitlines()) == 1
    assert desk.run("unread", "--json").returncode == 3


def test_a_message_that_came_meanwhile_is_there_after_a_restart(desk: Place) -> None:
    _filled(desk)
    say(desk.server, "clara", "come meanwhile")
    with desk.open(size=SMALL) as app:
        app.wait_text(f"from yesterday.*come meanwhile.*{ONLINE}")
        _quit(app)
    done = desk.run("read", "nordlicht/town-square", "-n", "1")
    assert done.returncode == 0
    assert "come meanwhile" in done.stdout


def test_b23_an_ended_session_is_noticed_on_a_silent_line(desk: Place) -> None:
    """And leads back to the same person's work: the draft is where it was."""
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        app.send("half a thought")
        app.wait_text("› half a thought")
        desk.server.revoke("anna")
        app.wait_text(f"{AGAIN}.*{desk.server.url}.*anna", timeout=NOTICED)
        _sign_in_again(app)
        app.wait_text(f"› half a thought.*{ONLINE}")
        app.send(f", continued{ENTER}")
        wait_until(lambda: texts(desk.server) == ["half a thought, continued"])
        _quit(app)


def test_a09_a_queue_waits_for_the_same_person(desk: Place) -> None:
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        desk.server.revoke("anna")
        app.send(f"after the end{ENTER}")
        app.wait_text(AGAIN)
        app.send("\x1b[A" + "\x7f" * 4 + f"ben{ENTER}ben{ENTER}")
        app.wait_text("That is another person")
        assert texts(desk.server) == []
        app.send("\x1b[A" + "\x7f" * 3 + f"anna{ENTER}" + "\x7f" * 3)
        _sign_in_again(app)
        wait_until(lambda: texts(desk.server) == ["after the end"])
        app.wait_text(f"after the end.*{ONLINE}")
        _quit(app)
    assert texts(desk.server) == ["after the end"]


def _sign_in_again(app: PtyProgram) -> None:
    """The token's file has been agreed to before: nothing is asked."""
    app.send(f"anna{ENTER}")


def test_c28_a_captive_portal_is_named(desk: Place) -> None:
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        desk.server.faults.portal("page")
        desk.server.cut_sockets()
        app.wait_text("login page of")
        app.send(f"behind the portal{ENTER}")
        app.wait_text("behind the portal.*waits")
        desk.server.faults.portal("")
        app.wait_text(ONLINE, timeout=40)
        wait_until(lambda: texts(desk.server) == ["behind the portal"])
        _quit(app)
