"""The pretended server answers what the client asks; only what Mattermost 5.37 lacks is unknown to it."""

from __future__ import annotations

import pytest

from tests.net.api import (
    test_channels,
    test_company,
    test_messages,
    test_people,
    test_posts,
    test_session,
    test_teams,
)
from tui.demo.routes import ROUTES
from tui.demo.routing import Router

ROUTER = Router(ROUTES)
MODULES = (
    test_channels,
    test_company,
    test_messages,
    test_people,
    test_posts,
    test_session,
    test_teams,
)
ASKED = sorted(
    {(method, target.partition("?")[0]) for module in MODULES for _, _, method, target, _ in module.CASES}
)
NEWER = (
    "/edit_history",
    "/ack",
    "/reminder",
    "/posts/schedule",
    "/posts/scheduled/",
    "/threads/{id}/set_unread/",
    "/groups",
)
"""Servers after 5.37 alone, or licensed ones: the client finds out and goes on without."""


def _newer(path: str) -> bool:
    words = ["{id}" if len(word) == 26 else word for word in path.split("/")]
    return any(part in "/".join(words) for part in NEWER)


@pytest.mark.parametrize(("method", "path"), ASKED, ids=" ".join)
def test_what_the_client_asks_is_answered_by_the_pretended_server(method: str, path: str) -> None:
    assert (ROUTER.find(method, path) is None) == _newer(path)


def test_a_fixed_word_wins_over_a_placeholder() -> None:
    found = ROUTER.find("GET", "/users/known")
    assert found is not None
    assert found[0].pattern == "/users/known"


def test_a_wrong_method_is_as_unknown_as_a_wrong_path() -> None:
    assert ROUTER.find("PATCH", "/users/me") is None
    assert ROUTER.find("GET", "/users/me/and/so/on") is None
