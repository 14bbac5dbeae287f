from __future__ import annotations

import pytest

from tui.core.features import Features, features_of, version_of
from tui.core.models import ServerConfig


def test_an_old_server_promises_nothing() -> None:
    assert features_of(ServerConfig({"Version": "5.37.0"})) == Features()
    assert features_of(ServerConfig()) == Features()


def test_a_new_server_with_everything() -> None:
    values = {
        "Version": "11.2.0",
        "PostPriority": "true",
        "PostAcknowledgements": "true",
        "ScheduledPosts": "true",
        "EnableCustomGroups": "true",
    }
    assert features_of(ServerConfig(values)) == Features(True, True, True, True, True, True, True)


def test_acknowledgements_need_priorities() -> None:
    found = features_of(ServerConfig({"PostPriority": "false", "PostAcknowledgements": "true"}))
    assert not found.acknowledgements


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7.2.1", (7, 2)), ("10.11.3", (10, 11)), ("next", (0, 0)), ("", (0, 0)), ("5", (0, 0))],
)
def test_version(text: str, expected: tuple[int, int]) -> None:
    assert version_of(ServerConfig({"Version": text})) == expected
