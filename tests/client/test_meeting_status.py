from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.client.desk import Desk, a_desk
from tests.support.makers import ME, user
from tui.core.connection import ConnectionState
from tui.core.meeting_times import MINUTE
from tui.core.models import CustomStatus
from tui.settings.config import Config, Jitsi
from tui.store import DeskTx


@pytest.fixture
def wanting(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "wanting", config=Config(jitsi=Jitsi(status=True, status_minutes=30))) as desk:
        yield desk.online()


def shown(desk: Desk, status: CustomStatus | None) -> None:
    desk.put(lambda tx: tx.users.put([user(ME, custom_status=status)]))
    desk.store.flush()


def join(desk: Desk) -> CustomStatus:
    done = desk.client.meetings.status.joined()
    assert done is not None
    done.result(10)
    desk.store.flush()
    (_me, status) = desk.api.calls("put_custom_status")[-1]
    assert isinstance(status, CustomStatus)
    shown(desk, status)
    return status


def test_off_by_default_and_without_a_line(online: Desk, wanting: Desk) -> None:
    assert online.client.meetings.status.joined() is None
    wanting.engine.state = ConnectionState("offline")
    assert wanting.client.meetings.status.joined() is None
    assert not wanting.client.meetings.status.shown
    assert online.api.asked == wanting.api.asked == []


def test_it_ends_by_itself_and_what_was_there_comes_back(wanting: Desk) -> None:
    tea = CustomStatus("tea", "Tee")
    shown(wanting, tea)
    ours = join(wanting)
    assert ours.expires_at == wanting.clock.now() + 30 * MINUTE
    wanting.client.meetings.status.tidy()
    assert len(wanting.api.calls("put_custom_status")) == 1
    join(wanting)
    wanting.clock.advance(31 * 60)
    done = wanting.client.meetings.status.tidy()
    assert done is not None
    done.result(10)
    assert wanting.api.calls("put_custom_status")[-1] == (ME, tea)
    wanting.store.flush()
    assert not wanting.client.meetings.status.shown


def test_an_expired_one_does_not_come_back(wanting: Desk) -> None:
    shown(wanting, CustomStatus("tea", "Tee", wanting.clock.now() + MINUTE))
    join(wanting)
    wanting.clock.advance(120)
    done = wanting.client.meetings.status.left()
    assert done is not None
    done.result(10)
    assert wanting.api.calls("put_custom_status")[-1] == (ME, None)


def test_what_the_person_has_set_meanwhile_stays(wanting: Desk) -> None:
    join(wanting)
    shown(wanting, CustomStatus("palm_tree", "Urlaub"))
    assert wanting.client.meetings.status.left() is None
    assert len(wanting.api.calls("put_custom_status")) == 1


def write(text: str, desk: DeskTx) -> None:
    desk.kept.set("meeting_status", text)


def test_rubbish_on_the_desk_is_nothing(wanting: Desk) -> None:
    for text in ("[", "7", '["a", "b"]', "[[1], null]", '{"a": 1, "b": 2}'):
        wanting.store.write_desk(partial(write, text)).result(10)
        assert not wanting.client.meetings.status.shown
