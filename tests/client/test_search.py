from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import ME, post
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
