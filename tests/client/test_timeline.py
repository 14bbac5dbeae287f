from __future__ import annotations

from tests.client.desk import Desk
from tests.support.makers import ME, NOON, membership, post, queued
from tui.client.timeline import TimelineView
from tui.core.models import Preference, ServerConfig
from tui.core.timeline import GapRow, LoadingRow, NewMessagesRow, PostRow, StartRow


def fill(desk: Desk, count: int, **fields: str) -> None:
    desk.put(lambda tx: tx.posts.put([post(f"p{n:03}", NOON + n * 1000, **fields) for n in range(count)]))


def ids(view: TimelineView | None) -> list[str]:
    assert view is not None
    return [row.post.id for row in view.rows if isinstance(row, PostRow)]


def anchor(n: int) -> tuple[int, str]:
    return NOON + n * 1000, f"p{n:03}"


def test_the_newest_window_and_pages_above(desk: Desk) -> None:
    fill(desk, 30)
    newest = desk.client.posts.timeline("c1", limit=10)
    assert ids(newest) == [f"p{n:03}" for n in range(20, 30)]
    assert newest.has_older
    assert not newest.has_newer
    above = desk.client.posts.timeline("c1", limit=10, before=newest.oldest)
    assert ids(above) == [f"p{n:03}" for n in range(10, 20)]
    assert above.has_newer


def test_the_start_shows_only_when_it_is_reached(desk: Desk) -> None:
    fill(desk, 5)
    assert desk.client.posts.timeline("c1").has_older
    desk.put(lambda tx: tx.intervals.add("c1", anchor(4), anchor(0), reached_start=True))
    whole = desk.client.posts.timeline("c1")
    assert isinstance(whole.rows[0], StartRow)
    assert not whole.has_older
    part = desk.client.posts.timeline("c1", limit=2)
    assert part.has_older
    assert not isinstance(part.rows[0], StartRow)


def test_gaps_are_rows(desk: Desk) -> None:
    fill(desk, 6)
    desk.put(
        lambda tx: tx.intervals.add("c1", anchor(2), anchor(0)),
        lambda tx: tx.intervals.add("c1", anchor(5), anchor(3)),
    )
    gaps = [row for row in desk.client.posts.timeline("c1").rows if isinstance(row, GapRow)]
    assert gaps == [GapRow(anchor(2), anchor(3))]


def test_loading_shows_while_older_posts_are_on_their_way(online: Desk) -> None:
    fill(online, 2)
    online.engine.busy = True
    view = online.client.posts.timeline("c1")
    assert view.loading
    assert isinstance(view.rows[0], LoadingRow)


def test_the_new_line_stays_where_the_visit_began(desk: Desk) -> None:
    fill(desk, 4)
    desk.put(lambda tx: tx.memberships.put([membership("c1", last_viewed_at=NOON + 1500)]))
    desk.client.channels.open("c1")
    desk.put(lambda tx: tx.memberships.put([membership("c1", last_viewed_at=NOON + 9000)]))
    rows = desk.client.posts.timeline("c1").rows
    place = next(n for n, row in enumerate(rows) if isinstance(row, NewMessagesRow))
    after = rows[place + 1]
    assert isinstance(after, PostRow)
    assert after.post.id == "p002"


def test_threads_show_their_posts_alone(desk: Desk) -> None:
    fill(desk, 2)
    desk.put(
        lambda tx: tx.posts.put(
            [post("r", NOON + 500, root_id="p000"), post("r2", NOON + 600, root_id="p001")]
        )
    )
    view = desk.client.posts.timeline("c1", root_id="p000")
    assert ids(view) == ["p000", "r"]
    assert isinstance(view.rows[0], StartRow)


def test_collapsed_threads_leave_replies_out(desk: Desk) -> None:
    fill(desk, 1)
    desk.put(lambda tx: tx.posts.put([post("r", NOON + 500, root_id="p000")]))
    assert ids(desk.client.posts.timeline("c1")) == ["p000", "r"]
    desk.put(lambda tx: tx.config.put(ServerConfig({"CollapsedThreads": "always_on"})))
    assert ids(desk.client.posts.timeline("c1")) == ["p000"]


def test_roots_outside_of_the_window_are_named(desk: Desk) -> None:
    fill(desk, 3)
    desk.put(lambda tx: tx.posts.put([post("r", NOON + 9000, root_id="p000")]))
    row = desk.client.posts.timeline("c1", limit=1).rows[-1]
    assert isinstance(row, PostRow)
    assert row.reply_to is not None
    assert row.reply_to.message == "p000"


def test_around_a_post(desk: Desk) -> None:
    fill(desk, 30)
    view = desk.client.posts.around("p010", 5)
    assert ids(view) == [f"p{n:03}" for n in range(8, 13)]
    assert view is not None
    assert view.has_newer
    last = desk.client.posts.around("p029", 5)
    assert last is not None
    assert not last.has_newer
    assert desk.client.posts.around("unknown") is None


def test_waiting_texts_show_only_below_the_newest_posts(desk: Desk) -> None:
    fill(desk, 6)
    desk.store.write_desk(lambda dtx: dtx.outbox.add(queued("k"))).result(10)
    assert ids(desk.client.posts.timeline("c1"))[-1] == ""
    above = desk.client.posts.timeline("c1", before=anchor(3))
    assert ids(above) == ["p000", "p001", "p002"]


def test_messages_only_for_me_are_shown_and_unknown_authors_asked_for(online: Desk) -> None:
    fill(online, 1, user_id="stranger")
    online.engine.whispers = (post("w", NOON + 9, type="system_ephemeral", user_id=""),)
    view = online.client.posts.timeline("c1")
    assert ids(view) == ["p000", "w"]
    assert view.newest == anchor(0)
    assert online.engine.calls("need_users")[0] == (("stranger",),)


def test_saved_and_hidden_rows_follow_the_preferences(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([post("a"), post("j", NOON + 1, type="system_join_channel")]))
    desk.put(
        lambda tx: tx.preferences.put(
            [Preference("flagged_post", "a", "true"), Preference("advanced_settings", "join_leave", "false")]
        )
    )
    view = desk.client.posts.timeline("c1")
    assert ids(view) == ["a"]
    row = view.rows[-1]
    assert isinstance(row, PostRow)
    assert row.saved


def test_an_empty_channel(desk: Desk) -> None:
    view = desk.client.posts.timeline("c2")
    assert view.rows == ()
    assert view.oldest is None
    assert view.has_older


def test_my_posts_are_mine(desk: Desk) -> None:
    desk.put(lambda tx: tx.posts.put([post("a", user_id=ME)]))
    row = desk.client.posts.timeline("c1").rows[-1]
    assert isinstance(row, PostRow)
    assert row.mine


def test_a_post_that_came_along_alone_is_not_shown_among_others(desk: Desk) -> None:
    """A thread's root far below the known stretch: what lies between is not known, so it would lie."""
    fill(desk, 6)
    desk.put(lambda tx: tx.intervals.add("c1", anchor(5), anchor(3)))
    assert ids(desk.client.posts.timeline("c1")) == ["p003", "p004", "p005"]
    assert "p001" in ids(desk.client.posts.around("p001"))
