from __future__ import annotations

import pytest

from tui.core.categories import (
    body_of,
    category_of,
    changed,
    home_of,
    shifted,
    url_name,
    with_moved,
)
from tui.core.models import Category

ROWS = (
    Category("f", "t", "favorites"),
    Category("own", "t", "custom", "Work", sorting="alpha", muted=True, channel_ids=("a", "b")),
    Category("c", "t", "channels", channel_ids=("d",)),
    Category("dm", "t", "direct_messages", channel_ids=("x",)),
)


def test_a_moved_channel_is_in_one_category_alone_and_only_two_have_changed() -> None:
    rows = with_moved(ROWS, "a", "c")
    assert [row.channel_ids for row in rows] == [(), ("b",), ("a", "d"), ("x",)]
    assert [row.id for row in changed(ROWS, rows)] == ["own", "c"]
    assert changed(ROWS, ROWS) == ()


def test_where_channels_belong() -> None:
    assert (home_of(ROWS, direct=False), home_of(ROWS, direct=True), home_of((), direct=True)) == (
        "c",
        "dm",
        "",
    )
    found = category_of(ROWS, "b")
    assert found is not None
    assert found.id == "own"
    assert category_of(ROWS, "nobody") is None


@pytest.mark.parametrize(
    ("which", "step", "order"),
    [
        ("own", -1, ["own", "f", "c", "dm"]),
        ("own", 1, ["f", "c", "own", "dm"]),
        ("f", -1, ["f", "own", "c", "dm"]),
        ("dm", 1, ["f", "own", "c", "dm"]),
        ("none", 1, ["f", "own", "c", "dm"]),
    ],
)
def test_order(which: str, step: int, order: list[str]) -> None:
    assert [row.id for row in shifted(ROWS, which, step)] == order


def test_a_body_holds_everything() -> None:
    assert body_of(ROWS[1], "me") == {
        "id": "own",
        "user_id": "me",
        "team_id": "t",
        "type": "custom",
        "display_name": "Work",
        "sorting": "alpha",
        "muted": True,
        "collapsed": False,
        "channel_ids": ["a", "b"],
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Neue Büros 2026", "neue-buros-2026"),
        ("  --Q & A!  ", "q-a"),
        ("会議", ""),
        ("X", ""),
        ("a" * 80, "a" * 64),
    ],
)
def test_names_for_addresses(title: str, name: str) -> None:
    assert url_name(title) == name
