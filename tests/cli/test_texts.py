"""Mistakes of the command line in words; everything else by the client's wording."""

from __future__ import annotations

from tui.cli.texts import sentence
from tui.core.errors import Offline, UserMistake


def test_own_and_general() -> None:
    assert "login" in sentence(UserMistake("tele.input.no_account"))
    assert "\x1b" not in sentence(UserMistake("tele.input.no_such_file", "\x1b[2J"))
    assert sentence(Offline("dns")) != sentence(Offline("refused"))
    assert sentence(FileNotFoundError(2, "No such file", "/x")) == "No such file /x"
