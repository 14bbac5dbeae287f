"""The guides name keys, commands and settings that are there."""

from __future__ import annotations

import pytest

from tests.support.documented import DOCS, key_in, ticked, unknown_commands, unknown_keys, unknown_settings
from tui.demo.routes.command_list import TABLE

SERVER = frozenset(line.partition("|")[0] for line in TABLE.splitlines()) | {"jitsi"}
PLAIN = frozenset({"to", "read", "unread", "quit"})
"""What `teleteam --plain` understands."""
EXAMPLES = frozenset({"command", "befehl"})
"""Placeholders."""
GUIDES = pytest.mark.parametrize("name", ["guide.en.md", "guide.de.md", "remote.md"])


def _named(name: str) -> list[str]:
    return ticked((DOCS / name).read_text(encoding="utf-8"))


@GUIDES
def test_every_key_is_bound(name: str) -> None:
    assert unknown_keys(_named(name)) == []


@GUIDES
def test_every_slash_command_is_answered(name: str) -> None:
    assert unknown_commands(_named(name), SERVER | PLAIN | EXAMPLES) == []


@GUIDES
def test_every_setting_exists(name: str) -> None:
    assert unknown_settings(_named(name)) == []


def test_what_is_not_there_is_noticed() -> None:
    named = ["Ctrl+K", "Strg+Umschalt+F9", "F11", "/catchup", "/nosuch", "[ui] typing = true", "log.level"]
    assert unknown_keys(named) == ["Strg+Umschalt+F9", "F11"]
    assert unknown_commands(named) == ["/nosuch"]
    assert unknown_settings(named) == ["[ui] typing = true"]


def test_both_languages_name_the_same_keys() -> None:
    """What is in one guide is in the other: neither lags behind."""
    english, german = ({key_in(token) for token in _named(f"guide.{code}.md")} for code in ("en", "de"))
    assert english == german
