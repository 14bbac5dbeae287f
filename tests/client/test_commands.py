from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.client.commands import Goto, goto, trigger_of
from tui.core.connection import ConnectionState
from tui.core.errors import Refused, UserMistake
from tui.core.models import Command, Target

SITE = "https://chat.example.org/mm"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("/me waves", "me"),
        ("/Join", "join"),
        ("/", ""),
        ("//x", ""),
        ("/usr/bin", ""),
        ("a /me", ""),
        ("/a\nb", "a"),
    ],
)
def test_triggers(text: str, wanted: str) -> None:
    assert trigger_of(text) == wanted


@pytest.mark.parametrize(
    ("location", "wanted"),
    [
        ("", Goto()),
        ("/login", Goto("signed_out")),
        (f"{SITE}/alpha/channels/town-square", Goto("channel", "town-square", "alpha")),
        ("/alpha/channels/x", Goto("channel", "x", "alpha")),
        (f"{SITE}/alpha/messages/@anna", Goto("direct", "anna", "alpha")),
        (f"{SITE}/alpha/pl/abc", Goto("post", "abc", "alpha")),
        ("https://help.example.com/x", Goto("link", "https://help.example.com/x")),
        ("/admin_console", Goto("link", f"{SITE}/admin_console")),
        ("javascript:alert(1)", Goto("link", "javascript:alert(1)")),
    ],
)
def test_where_an_answer_leads(location: str, wanted: Goto) -> None:
    assert goto(location, SITE) == wanted


def test_running_asks_the_server(online: Desk) -> None:
    online.api.answers["execute_command"] = f"{SITE}/alpha/channels/c2"
    run = online.client.commands.run(Target("c1", "root"), "/join ~c2")
    assert run.trigger == "join"
    assert run.outcome.result(10) == Goto("channel", "c2", "alpha")
    assert online.api.calls("execute_command") == [("c1", "/join ~c2", "t1", "root")]


def test_a_refusal_is_the_futures(online: Desk) -> None:
    online.api.answers["execute_command"] = Refused("api.command.execute_command.not_found.app_error")
    with pytest.raises(Refused):
        online.client.commands.run(Target("c1"), "/nope").outcome.result(10)


def test_without_a_line_nothing_is_run_or_queued(online: Desk) -> None:
    online.engine.state = ConnectionState("offline")
    with pytest.raises(UserMistake) as caught:
        online.client.commands.run(Target("c1"), "/me")
    assert caught.value.id == "tele.offline.command"
    assert online.client.outbox.all() == ()


def test_the_list_is_fetched_where_it_is_missing(online: Desk) -> None:
    online.api.answers["fetch_commands"] = [Command("shrug")]
    assert online.client.commands.is_known("anything")
    wait_until(lambda: online.client.commands.all() == (Command("shrug"),))
    assert online.client.commands.is_known("shrug")
    assert not online.client.commands.is_known("anything")
    assert online.api.calls("fetch_commands") == [("t1",)]
