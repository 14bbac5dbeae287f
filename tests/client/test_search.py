from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import ME, NOON, direct, post
from tui.core.models import PostPage


def test_the_store_answers_at_once(desk: Desk) -> None:
    desk.put(
        lambda tx: tx.posts.put([post("a", 1, message="Grüße aus Wien"), post("b", 2, message="nothing")])
    )
    assert [p.id for p in desk.client.search.local("grusse")] == ["a"]
    assert desk.client.search.local("  ") == ()


def test_the_server_answers_later_and_is_kept(online: Desk) -> None:
    found = {"a": post("a", 1), "b": post("b", 2), "root": post("root", 0)}
    online.api.answers["search_posts"] = PostPage(("a", "b"), found)
    assert [p.id for p in online.client.search.server("x").result(10)] == ["b", "a"]
    assert online.api.calls("search_posts") == [("t1", "x")]
    online.store.flush()
    assert online.store.posts.get("a") is not None


def test_mentions_of_me(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([post("a", message=f"hi @{ME}!"), post("b", message="hi all")]))
    assert [p.id for p in desk.client.search.mentions()] == ["a"]


def test_offers_for_the_end_of_a_query(desk: Desk) -> None:
    offers = desk.client.search.offers
    assert offers("from:an") == ("from:anna",)
    assert offers("in:town") == ("in:town-square",)
    assert offers("af") == ("after:",)
    assert len(offers("on:")) == 4


def test_a_direct_channel_is_found_by_the_name_of_the_other_one(desk: Desk) -> None:
    desk.put(
        lambda tx: tx.channels.put([direct("d1", "anna")]),
        lambda tx: tx.posts.put([post("p1", NOON, channel_id="d1", message="the key")]),
    )
    assert [found.id for found in desk.client.search.local("in:@anna key")] == ["p1"]
    assert desk.client.search.local("-in:@anna key") == ()
