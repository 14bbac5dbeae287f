"""Folding categories: at once, over a broken line, and over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.desk import Desk, a_desk
from tests.support.makers import ME
from tests.support.waiting import wait_until
from tui.core.connection import ConnectionState
from tui.core.errors import Offline, Refused
from tui.core.fields import flag, obj, texts
from tui.core.models import Categories, Category

OURS = Categories("t1", (Category("k", "t1", "channels", channel_ids=("c1",)),))


def is_folded(desk: Desk) -> bool:
    (section,) = [s for s in desk.client.sidebar.sections("t1") if s.category_id == "k"]
    return section.collapsed


def with_category(desk: Desk) -> Desk:
    desk.put(lambda tx: tx.categories.replace(OURS))
    return desk


def told(desk: Desk) -> list[bool]:
    return [flag(obj(body), "collapsed") for body, _team in desk.api.calls("put_category")]


def test_online_it_is_told_at_once_with_all_that_is_in_it(desk: Desk) -> None:
    with_category(desk).online()
    desk.client.sidebar.toggle("k")
    assert is_folded(desk)
    body, team = wait_until(lambda: desk.api.calls("put_category"))[0]
    assert (body["id"], body["user_id"], body["collapsed"], team) == ("k", ME, True, "t1")
    assert desk.api.calls("fetch_categories") == []
    wait_until(lambda: desk.store.kept.get("folds") == "{}")
    assert is_folded(desk)


def test_made_offline_it_stays_and_is_told_when_the_line_is_back(desk: Desk) -> None:
    with_category(desk).online()
    desk.engine.state = ConnectionState("offline")
    desk.client.sidebar.toggle("k")
    assert is_folded(desk)
    assert desk.api.asked == []
    desk.put(lambda tx: tx.categories.replace(OURS))
    assert is_folded(desk)
    moved = Categories("t1", (Category("k", "t1", "channels", channel_ids=("c2",)),))
    desk.api.answers["fetch_categories"] = moved
    desk.engine.state = ConnectionState("online")
    desk.client.sidebar.folds.send()
    body, _team = wait_until(lambda: desk.api.calls("put_category"))[0]
    assert texts(obj(body)["channel_ids"]) == ("c2",)
    wait_until(lambda: desk.store.kept.get("folds") == "{}")
    assert desk.store.categories.of("t1").categories[0].collapsed


def test_a_restart_keeps_what_was_not_told(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        with_category(desk)
        desk.client.sidebar.toggle("k")
        wait_until(lambda: "k" in (desk.store.kept.get("folds") or ""))
    with a_desk(tmp_path) as again:
        assert is_folded(again)
        again.api.answers["fetch_categories"] = OURS
        again.online()
        again.client.sidebar.folds.send()
        wait_until(lambda: told(again) == [True])


@pytest.mark.parametrize(("error", "left"), [(Offline("reset"), True), (Refused("api.x"), False)])
def test_it_is_kept_until_the_server_has_spoken(desk: Desk, error: Exception, left: bool) -> None:
    with_category(desk).online()
    desk.api.answers["put_category"] = error
    desk.client.sidebar.toggle("k")
    wait_until(lambda: told(desk) == [True])
    wait_until(lambda: is_folded(desk) is left)


def test_folding_twice_ends_as_it_was(desk: Desk) -> None:
    with_category(desk)
    desk.client.sidebar.toggle("k")
    desk.client.sidebar.toggle("k")
    assert not is_folded(desk)


def test_rubbish_on_the_desk_is_no_fold(desk: Desk) -> None:
    with_category(desk)
    desk.store.write_desk(lambda d: d.kept.set("folds", '["x"]')).result(5)
    assert not is_folded(desk)
