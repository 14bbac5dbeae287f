"""What is remembered of the plugin's question, and for which choice of answers."""

from __future__ import annotations

from tests.client.desk import Desk
from tui.client.meeting_naming import KEY, MOST
from tui.core.attachments import Action


def buttons(*names: str) -> tuple[Action, ...]:
    """Their ids are new each time the plugin asks."""
    return tuple(Action(f"id-{number}", name, "button") for number, name in enumerate(names))


def _keep(desk: Desk, text: str) -> None:
    desk.client.base.note(lambda held: held.kept.set(KEY, text))
    desk.client.base.store.flush()


def test_the_same_choice_is_answered_as_last_time(desk: Desk) -> None:
    naming = desk.client.meetings.naming
    offered = buttons("words", "personal", "uuid")
    assert naming.remembered(offered) is None
    naming.remember(offered, offered[1])
    desk.client.base.store.flush()
    again = buttons("words", "personal", "uuid")
    assert desk.client.meetings.naming.remembered(again) == again[1]
    assert naming.remembered(buttons("words", "personal")) is None


def test_it_is_forgotten_when_wanted(desk: Desk) -> None:
    naming = desk.client.meetings.naming
    assert not naming.forget()
    offered = buttons("words", "uuid")
    naming.remember(offered, offered[0])
    desk.client.base.store.flush()
    assert naming.forget()
    desk.client.base.store.flush()
    assert naming.remembered(offered) is None


def test_not_more_than_a_few_are_kept_and_rubbish_counts_as_nothing(desk: Desk) -> None:
    naming, store = desk.client.meetings.naming, desk.client.base.store
    for number in range(MOST + 2):
        naming.remember(offered := buttons(f"n{number}", "x"), offered[0])
        store.flush()
    assert naming.remembered(buttons("n0", "x")) is None
    assert naming.remembered(buttons(f"n{MOST + 1}", "x")) is not None
    for text in ("[", "[1]", '{"a": 1}'):
        _keep(desk, text)
        assert naming.remembered(buttons("a")) is None
