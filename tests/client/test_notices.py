from __future__ import annotations

from tests.support.clock import FakeClock
from tui.client.hub import Hub
from tui.client.notices import MOST, Notices


def test_a_notice_is_said_once_per_key_and_can_be_dismissed() -> None:
    heard: list[object] = []
    hub = Hub()
    hub.subscribe(heard.append)
    notices = Notices(hub, FakeClock(5))
    notices.say("one", key="k", lasting=True)
    notices.say("other")
    notices.say("two", kind="error", key="k")
    assert [(n.text, n.kind) for n in notices.all()] == [("other", "info"), ("two", "error")]
    notices.dismiss("k")
    notices.dismiss("k")
    assert [n.text for n in notices.all()] == ["other"]
    assert len(heard) == 4


def test_they_do_not_pile_up() -> None:
    notices = Notices(Hub(), FakeClock())
    for n in range(MOST + 5):
        notices.say(str(n))
    assert len(notices.all()) == MOST
    assert notices.all()[-1].text == str(MOST + 4)
