from __future__ import annotations

import pytest

from tests.client.desk import Desk
from tests.support.makers import ME
from tui.core.errors import Offline
from tui.core.models import Categories, Category

ROWS = (
    Category("f", "t1", "favorites"),
    Category("own", "t1", "custom", "Work", channel_ids=("c2",)),
    Category("c", "t1", "channels", channel_ids=("c1",)),
)


@pytest.fixture
def online(desk: Desk) -> Desk:
    desk.put(lambda tx: tx.categories.replace(Categories("t1", ROWS)))
    desk.api.answers["fetch_categories"] = Categories("t1", ROWS)
    return desk.online()


def sent(desk: Desk) -> dict[str, list[str]]:
    ((team_id, bodies),) = desk.api.calls("put_categories")
    assert team_id == "t1"
    return {body["id"]: body["channel_ids"] for body in bodies}


def test_a_favourite_and_back_again(online: Desk) -> None:
    mine = online.client.categories
    mine.favour("c1", True).result(5)
    assert sent(online) == {"f": ["c1"], "c": []}
    assert mine.is_favourite("c1")
    online.api.asked.clear()
    online.api.answers["fetch_categories"] = online.store.categories.of("t1")
    mine.favour("c1", False).result(5)
    assert sent(online) == {"f": [], "c": ["c1"]}
    assert not mine.is_favourite("c1")


def test_moving_starts_from_what_the_server_has(online: Desk) -> None:
    other = Categories("t1", (*ROWS[:2], Category("c", "t1", "channels", channel_ids=("new", "c1"))))
    online.api.answers["fetch_categories"] = other
    online.client.categories.move("c1", "own").result(5)
    assert sent(online) == {"own": ["c1", "c2"], "c": ["new"]}
    found = online.client.categories.of_channel("c1")
    assert found is not None
    assert found.id == "own"


def test_names_sorting_and_muting_send_the_whole_category(online: Desk) -> None:
    online.client.categories.edit("own", "Home", "recent").result(5)
    online.client.categories.mute("own", True).result(5)
    bodies = [bodies[0] for _team, bodies in online.api.calls("put_categories")]
    assert [(b["display_name"], b["sorting"], b["muted"], b["channel_ids"]) for b in bodies] == [
        ("Home", "recent", False, ["c2"]),
        ("Work", "", True, ["c2"]),
    ]


def test_made_and_taken_away(online: Desk) -> None:
    made = Category("new", "t1", "custom", "Later", channel_ids=("c1",))
    online.api.answers.update(create_category=made, fetch_categories=Categories("t1", (*ROWS[:2], made)))
    assert online.client.categories.create("Later", "c1").result(5) == "new"
    assert online.api.calls("create_category") == [(ME, "t1", "Later", ("c1",))]
    assert online.client.categories.get("new") == made
    online.api.answers["fetch_categories"] = Categories("t1", ROWS)
    online.client.categories.remove("new").result(5)
    assert online.api.calls("delete_category") == [("t1", "new")]
    assert online.client.categories.get("new") is None


def test_the_order_names_all_of_them(online: Desk) -> None:
    online.client.categories.shift("own", -1).result(5)
    assert online.api.calls("put_category_order") == [("t1", ["own", "f", "c"])]
    assert [row.id for row in online.client.categories.all()] == ["own", "f", "c"]
    online.client.categories.shift("f", -1).result(5)
    assert len(online.api.calls("put_category_order")) == 1


def test_without_a_line_nothing_changes(online: Desk) -> None:
    online.api.answers["put_categories"] = Offline("reset")
    with pytest.raises(Offline):
        online.client.categories.favour("c1", True).result(5)
    assert online.client.categories.all() == ROWS
