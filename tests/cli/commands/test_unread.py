"""Sums for status bars."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Cli
from tests.cli.people import write
from tui.cli.commands.unread import is_known
from tui.demo.server import DemoServer


def test_formats(anna: Cli, server: DemoServer) -> None:
    nothing = anna("unread")
    assert (nothing.out, nothing.err) == ("", "Nothing unread.\n")
    assert anna("unread", "--json").err == ""
    write(server, "eins")
    write(server, "zwei @anna")
    write(server, "drei", channel="off-topic")
    assert anna("unread", "--format", "{mentions}/{unread} in {channels}").out == "1/3 in 2\n"
    assert {row["name"]: row["unread"] for row in anna("unread", "--json").rows} == {
        "town-square": 2,
        "off-topic": 1,
    }
    assert "2 unread messages, 1 mention" in anna("unread").out


@pytest.mark.parametrize("form", ["{x}", "{unread.__class__}", "{unread!r}", "{unread:>9}", "{", "{0}"])
def test_formats_know_their_fields_alone(form: str) -> None:
    assert not is_known(form)


def test_a_wrong_format_is_usage(cli: Cli) -> None:
    assert cli("unread", "--format", "{x}").code == 2
