"""What leaves the picture: the bell, the window's title, the desktop's helper."""

from __future__ import annotations

from tests.e2e.place import CTRL_Q, ONLINE, Place, say
from tests.support.waiting import wait_until

SAVED, RESTORED = b"\x1b[22;2t", b"\x1b[23;2t"


def test_a_mention_rings_and_is_counted_in_the_title(desk: Place) -> None:
    with desk.open() as program:
        program.wait_text(ONLINE)
        wait_until(lambda: b"\x1b]2;teleteam\x07" in program.output)
        assert SAVED in program.output
        program.wait_text("Town Square|town-square")
        program.mark()
        say(desk.server, "ben", "@anna look", "off-topic")
        wait_until(lambda: b"\x1b]2;(1) teleteam\x07" in program.output[program.marked :])
        wait_until(lambda: _bells(program.output[program.marked :]))
        program.quiet()
        assert _bells(program.output[program.marked :]) == 1
        assert b"look" not in program.output[program.marked :]
        program.send(CTRL_Q)
        assert program.wait_exit() == 0
        wait_until(lambda: RESTORED in program.output)


def test_the_channel_on_screen_is_silent_while_somebody_types(desk: Place) -> None:
    with desk.open() as program:
        program.wait_text(ONLINE)
        program.send("x")
        program.wait_text("x")
        program.mark()
        say(desk.server, "ben", "@anna look")
        program.wait_text("@anna look")
        program.quiet()
        assert _bells(program.output[program.marked :]) == 0


def test_f55_the_desktop_helper_gets_words(desk: Place) -> None:
    helper = desk.home / "notify-send"
    told = desk.home / "told"
    helper.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}.new && mv {told}.new {told}\n', encoding="utf-8"
    )
    helper.chmod(0o700)
    desk.configure('[notifications]\nmode = "desktop"\ncontent = true\n')
    more = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "PATH": f"{desk.home}:/usr/bin:/bin"}
    with desk.open(env=more) as program:
        program.wait_text(ONLINE)
        say(desk.server, "ben", "@anna $(touch owned) <b>", "off-topic")
        words = wait_until(lambda: told.exists() and told.read_text(encoding="utf-8").splitlines())
    assert words == [
        "--app-name=teleteam",
        "--",
        "Ben Muster mentions you in Off-Topic",
        "@anna $(touch owned) &lt;b&gt;",
    ]


def _bells(output: bytes | bytearray) -> int:
    """Bells that end no title."""
    return bytes(output).count(b"\x07") - bytes(output).count(b"\x1b]2;")
