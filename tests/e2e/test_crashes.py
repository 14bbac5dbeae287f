"""The program is killed while somebody writes; nothing is lost and nothing comes twice."""

from __future__ import annotations

import random
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.e2e.place import ENTER, ONLINE, SMALL, Place, leave, say, texts
from tests.support.pty import PtyProgram
from tests.support.waiting import wait_until
from tui.client.clock import SystemClock
from tui.demo.world import Happening
from tui.settings.accounts import Account
from tui.store import Store

KILLS = 6
OLDEST_DRAFT = 2.0
"""Seconds of typing that a kill may cost."""
MESSAGES = [f"Nachricht {number} von zwanzig" for number in range(1, 21)]
_LINE = re.compile(r"› ?(.*?) *\n. ")


@dataclass
class _Typist:
    """Types the messages one after the other and knows what a kill may have cost."""

    place: Place
    account: Account
    dice: random.Random
    typed: list[tuple[float, str]] = field(default_factory=list)
    """When what stood in the line, since the last Enter."""

    def arrived(self) -> int:
        """How many of the messages the server has; they must be the first ones, once each, in order."""
        found = texts(self.place.server)
        assert found == MESSAGES[: len(found)]
        return len(found)

    def queued(self) -> int:
        with Store.open(self.place.paths.store_dir(self.account.id), clock=SystemClock()) as store:
            return len(store.outbox.all())

    def take_up(self, app: PtyProgram) -> tuple[int, str]:
        """The next message and what of it stands in the line, once everything queued has gone out."""
        app.wait_text(ONLINE)
        wait_until(lambda: not self.queued())
        number = self.arrived()
        line = _composer(app)
        if number < len(MESSAGES):
            assert MESSAGES[number].startswith(line)
            self._check_age(number, line)
        return number, line

    def _check_age(self, number: int, line: str) -> None:
        """What was typed long before the kill is there."""
        if not self.typed:
            return
        killed = self.typed[-1][0]
        kept = [text for at, text in self.typed if killed - at > OLDEST_DRAFT]
        assert not kept or line.startswith(kept[-1]) or not MESSAGES[number].startswith(kept[-1])

    def write_until(self, app: PtyProgram, deadline: float) -> None:
        """Types on until it is time, or all is written."""
        number, line = self.take_up(app)
        self.typed = [(time.monotonic(), line)]
        while number < len(MESSAGES) and time.monotonic() < deadline:
            rest = MESSAGES[number][len(line) :]
            if rest:
                line += rest[0]
                app.send(rest[0])
                self.typed.append((time.monotonic(), line))
            else:
                app.send(ENTER)
                number, line, self.typed = number + 1, "", []
            time.sleep(self.dice.choice((0, 0.001, 0.01, 0.03)))
        self.typed.append((time.monotonic(), line))


def _composer(app: PtyProgram) -> str:
    """What stands in the line to write in, once the screen is at rest."""
    app.quiet(0.2)
    found = _LINE.findall(app.text())
    assert found
    return str(found[-1])


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.soak)])
def test_a04_killed_at_any_moment_all_messages_arrive_once_and_in_order(place: Place, seed: int) -> None:
    typist = _Typist(place, place.sign_in(), random.Random(seed))
    for _ in range(KILLS):
        with place.open(size=SMALL) as app:
            app.wait_text(ONLINE)
            typist.write_until(app, time.monotonic() + typist.dice.uniform(0.3, 2.5))
            app.kill()
            assert app.wait_exit() == 128 + 9
    with place.open(size=SMALL) as app:
        typist.write_until(app, time.monotonic() + 60)
        wait_until(lambda: typist.arrived() == len(MESSAGES))
        assert leave(app) == 0
    assert [text for text in place.stored(typist.account) if text in MESSAGES] == MESSAGES


def test_a03_killed_before_the_answer_was_noted_it_is_found_again(place: Place) -> None:
    """The server has the message, neither its answer nor the event arrived."""
    place.sign_in()
    world, faults = place.server.world, place.server.faults
    with place.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        faults.lost_events = 1
        publish = world.publish

        def freeze(happening: Happening) -> None:
            publish(happening)
            if happening.event == "posted":
                faults.freeze()

        world.publish = freeze
        app.send(f"only once{ENTER}")
        wait_until(lambda: texts(place.server) == ["only once"])
        app.kill()
        app.wait_exit()
    world.publish = publish
    faults.clear()
    with place.open(size=SMALL) as app:
        app.wait_text(f"only once.*{ONLINE}")
        say(place.server, "ben", "and later")
        app.wait_text("and later")
        wait_until(lambda: "wait" not in app.text() and "check" not in app.text())
        assert len(re.findall("only once", app.text())) == 1
    assert texts(place.server) == ["only once", "and later"]


@pytest.mark.parametrize("pause", [0.0, 0.03])
def test_a12_two_enters_make_one_message(desk: Place, pause: float) -> None:
    with desk.open(size=SMALL) as app:
        app.wait_text(ONLINE)
        app.send(f"just once{ENTER}")
        time.sleep(pause)
        app.send(ENTER)
        app.wait_text("just once.*── To")
        app.send(f"after it{ENTER}")
        wait_until(lambda: texts(desk.server)[-1:] == ["after it"])
    assert texts(desk.server) == ["just once", "after it"]


def test_a13_a_second_instance_reads_and_does_not_write(desk: Place) -> None:
    with ExitStack() as both:
        first = both.enter_context(desk.open(size=SMALL))
        first.wait_text(ONLINE)
        second = both.enter_context(desk.open(size=SMALL))
        second.wait_text("already open elsewhere.*To ~Town Square")
        second.send(f"from the second{ENTER}")
        first.send(f"from the first{ENTER}")
        wait_until(lambda: texts(desk.server) == ["from the first"])
        second.wait_text("from the first.*› from the second")
        assert leave(second) == 0
        assert leave(first) == 0
    with desk.open(size=SMALL) as third:
        third.wait_text(f"from the first.*{ONLINE}")
        assert "already open" not in third.text()
    assert texts(desk.server) == ["from the first"]
