from __future__ import annotations

from tui.store.courtesy import GRANT, ROUND, Courtesy


class Clock:
    def __init__(self) -> None:
        self.now = 100.0
        self.slept = 0.0

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds


def test_nobody_waits_who_was_not_asked() -> None:
    clock = Clock()
    Courtesy(clock=clock.time, sleep=clock.sleep).give_way()
    assert clock.slept == 0.0


def test_who_was_asked_waits_a_moment_once() -> None:
    clock = Clock()
    courtesy = Courtesy(clock=clock.time, sleep=clock.sleep)
    courtesy.ask()
    courtesy.give_way()
    assert GRANT <= clock.slept < ROUND
    slept = clock.slept
    courtesy.give_way()
    assert clock.slept == slept


def test_however_often_it_is_asked_the_writer_goes_on() -> None:
    clock = Clock()
    courtesy = Courtesy(clock=clock.time, sleep=clock.sleep)
    begun, rows = clock.now, 0
    while clock.now - begun < 1.0:
        courtesy.ask()
        courtesy.give_way()
        clock.now += 0.001
        rows += 1
    assert clock.slept < 0.6
    assert rows > 400
