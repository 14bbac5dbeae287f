from __future__ import annotations

import pytest

from tests.support.makers import NOON, queued
from tui.client.wording import states
from tui.core.connection import ConnectionState
from tui.core.folders import DeviceState, FoldersLink, FolderState
from tui.settings.formats import Formats

FORMATS = Formats()


def short(state: ConnectionState) -> str:
    return states.connection_short(state, NOON, FORMATS)


def test_the_line_in_a_few_words() -> None:
    assert short(ConnectionState("online")) == "online"
    assert short(ConnectionState("catching_up")) == "catching up …"
    assert short(ConnectionState("connecting")) == "connecting …"
    assert short(ConnectionState("signed_out")) == "signed out"
    assert short(ConnectionState("stopped")) == "offline"
    assert short(ConnectionState("offline")) == "offline"
    waiting = ConnectionState("offline", since=NOON, next_try_at=NOON + 6500)
    assert short(waiting) == "offline since 12:00, next try in 7 s"


def test_why_and_what_to_do() -> None:
    assert states.connection_long(ConnectionState("online")) == ""
    assert states.connection_long(ConnectionState("connecting")) == ""
    assert "login page" in states.connection_long(ConnectionState("offline", cause="tele.answer.portal"))
    assert "Sign in again" in states.connection_long(ConnectionState("signed_out"))
    assert "https" in states.connection_long(ConnectionState("stopped", cause="tele.insecure.http"))


@pytest.mark.parametrize("state", ["queued", "sending", "unsure", "parked"])
def test_the_outbox(state: str) -> None:
    item = queued("k", state=state, reason="api.context.permissions.app_error")
    assert states.outbox_state(item, online=True)
    assert states.outbox_state(item, online=False)


def test_waiting_differs_by_the_line() -> None:
    assert states.outbox_state(queued("k"), online=True) != states.outbox_state(queued("k"), online=False)
    parked = states.outbox_state(queued("k", state="parked", reason="x.y"), online=True)
    assert parked.startswith("not sent: ")


@pytest.mark.parametrize("kind", ["post", "edit", "delete", "react", "unreact", "pin", "unpin", "odd"])
def test_kinds_of_commands(kind: str) -> None:
    assert states.outbox_kind(queued("k", kind=kind))


def test_every_state_of_folders_and_devices_has_a_word() -> None:
    assert all(states.folder_state(state) for state in FolderState)
    assert all(states.device_state(state) for state in DeviceState)
    assert [link for link in FoldersLink if not states.folders_link(link, "x")] == [FoldersLink.OK]


def test_presence_and_typing() -> None:
    assert states.presence("dnd") == "do not disturb"
    assert states.presence("") == states.presence("odd") == ""
    assert states.typing(()) == ""
    assert states.typing(("Anna",)) == "Anna is typing …"
    assert states.typing(("Anna", "Ben")) == "Anna, Ben are typing …"
    assert states.typing(("a", "b", "c", "d")) == "Several people are typing …"
