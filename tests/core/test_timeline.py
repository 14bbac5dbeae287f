from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.makers import ME, MINUTE, NOON, post, queued, user
from tui.core.intervals import Hole
from tui.core.models import OutboxItem, Post, Target
from tui.core.outbox import CID_PROP
from tui.core.timeline import (
    DayRow,
    GapRow,
    LoadingRow,
    NewMessagesRow,
    PostRow,
    Row,
    StartRow,
    rows,
)

DAY = 24 * 60 * MINUTE
USERS = {u.id: u for u in (user(), user("anna", first_name="Anna"), user("ben"), user("bot", is_bot=True))}


def day_of(at: int) -> date:
    return datetime.fromtimestamp(at / 1000, UTC).date()


def made(posts: list[Post], **options: Any) -> tuple[Row, ...]:
    return rows(posts, **{"me": ME, "users": USERS, "day_of": day_of, **options})


def shown(found: tuple[Row, ...]) -> list[PostRow]:
    return [row for row in found if isinstance(row, PostRow)]


def sketch(found: tuple[Row, ...]) -> str:
    """One letter a row: D day, N new line, G gap, S start, L loading, P head, c continued, w waiting."""
    letters = {DayRow: "D", NewMessagesRow: "N", GapRow: "G", StartRow: "S", LoadingRow: "L"}
    return "".join(
        ("w" if row.pending else "P" if row.head else "c") if isinstance(row, PostRow) else letters[type(row)]
        for row in found
    )


def test_nothing_gives_nothing() -> None:
    assert made([]) == ()
    assert sketch(made([], at_start=True)) == "S"
    assert sketch(made([], loading=True)) == "L"


def test_same_author_within_five_minutes_is_grouped() -> None:
    found = made([post("a"), post("b", NOON + 5 * MINUTE), post("c", NOON + 10 * MINUTE + 1)])
    assert sketch(found) == "DPcP"


def test_another_author_begins_a_new_group() -> None:
    assert sketch(made([post("a"), post("b", NOON + 1, user_id="ben"), post("c", NOON + 2)])) == "DPPP"


def test_system_posts_are_never_grouped() -> None:
    found = made([post("a"), post("b", NOON + 1, type="system_header_change"), post("c", NOON + 2)])
    assert sketch(found) == "DPPP"
    assert [row.system for row in shown(found)] == [False, True, False]


def test_a_new_day_has_a_line_and_breaks_the_group() -> None:
    before_midnight = NOON - NOON % DAY + DAY - MINUTE
    found = made([post("a", before_midnight), post("b", before_midnight + 2 * MINUTE)])
    assert sketch(found) == "DPDP"


def test_the_new_messages_line_stands_before_the_first_foreign_post_after_the_last_visit() -> None:
    posts = [post("a"), post("mine", NOON + 1, user_id=ME), post("b", NOON + 2), post("c", NOON + 3)]
    assert sketch(made(posts, last_viewed_at=NOON)) == "DPPNPc"
    assert sketch(made(posts, last_viewed_at=NOON + 9)) == "DPPPc"
    assert sketch(made(posts, last_viewed_at=0)) == "DPPPc"


def test_holes_are_rows_where_they_are_and_break_groups() -> None:
    posts = [post("a"), post("b", NOON + 1), post("c", NOON + 2)]
    hole = Hole((NOON + 1, "b"), (NOON + 2, "c"))
    found = made(posts, gaps=[hole])
    assert sketch(found) == "DPcGP"
    assert found[3] == GapRow(hole.older, hole.newer)


def test_holes_at_the_edges_of_the_window_show_and_those_beyond_do_not() -> None:
    posts = [post("a"), post("b", NOON + 1)]
    above = Hole((NOON - 9, "z"), (NOON, "a"))
    below = Hole((NOON + 1, "b"), (NOON + 9, "q"))
    far = Hole((NOON - 99, "x"), (NOON - 50, "y"))
    assert sketch(made(posts, gaps=[above, below, far])) == "GDPcG"


def test_a_hole_shows_even_where_its_edge_is_hidden() -> None:
    posts = [post("a"), post("r", NOON + 1, root_id="a"), post("c", NOON + 2)]
    found = made(posts, gaps=[Hole((NOON, "a"), (NOON + 1, "r"))], crt=True)
    assert sketch(found) == "DPGP"


def test_replies_name_their_root_once_in_a_row() -> None:
    posts = [
        post("root"),
        post("x", NOON + 1, user_id="ben"),
        post("r1", NOON + 2, root_id="root", user_id="ben"),
        post("r2", NOON + 3, root_id="root", user_id="ben"),
        post("y", NOON + 4, user_id="ben"),
    ]
    found = shown(made(posts))
    assert [row.reply_to is not None for row in found] == [False, False, True, False, False]
    assert [row.head for row in found] == [True, True, True, False, True]
    context = found[2].reply_to
    assert context is not None
    assert context.author is not None
    assert (context.root_id, context.author.username, context.message) == ("root", "anna", "root")


def test_a_reply_right_below_its_root_needs_no_context() -> None:
    found = shown(made([post("root"), post("r", NOON + 1, root_id="root", user_id="ben")]))
    assert found[1].reply_to is None


def test_an_unknown_root_is_told_as_such_and_a_given_one_is_used() -> None:
    reply = post("r", root_id="old")
    context = shown(made([reply]))[0].reply_to
    assert context is not None
    assert context.author is None
    helped = shown(made([reply], roots={"old": post("old", 1, message="long ago")}))[0].reply_to
    assert helped is not None
    assert helped.message == "long ago"


def test_collapsed_threads_leave_replies_to_their_thread() -> None:
    posts = [post("root"), post("r", NOON + 1, root_id="root"), post("other", NOON + 2)]
    assert [row.post.id for row in shown(made(posts, crt=True))] == ["root", "other"]
    thread = shown(made(posts, crt=True, root_id="root"))
    assert [row.post.id for row in thread] == ["root", "r"]
    assert [row.reply_to for row in thread] == [None, None]
    assert [row.head for row in thread] == [True, False]


def test_join_and_leave_can_be_hidden_unless_they_are_about_me() -> None:
    posts = [
        post("a", type="system_join_channel", props={"username": "ben"}),
        post("b", NOON + 1, type="system_add_to_channel", props={"addedUserId": ME}),
        post("c", NOON + 2, type="system_header_change"),
    ]
    assert len(shown(made(posts))) == 3
    assert [row.post.id for row in shown(made(posts, hide_join_leave=True))] == ["b", "c"]


def test_deleted_posts_and_ghosts_are_not_shown() -> None:
    assert made([post("a", delete_at=1), post("b", original_id="a")]) == ()


def test_waiting_texts_come_last_in_their_order_whatever_the_clock_says() -> None:
    slow_clock = [queued("k2", seq=2, create_at=NOON - DAY), queued("k1", seq=1, create_at=NOON + DAY)]
    found = made([post("a")], pending=slow_clock)
    assert [row.key for row in shown(found)] == ["a", "k1", "k2"]
    assert sketch(found) == "DPDww"
    late = made([post("a")], pending=[queued("k", create_at=NOON - 3 * DAY)])
    assert sketch(late) == "DPw"


def test_a_waiting_text_hides_as_soon_as_its_post_is_there() -> None:
    by_cid = post("p", user_id=ME, props={CID_PROP: "k"})
    by_pending = post("p", user_id=ME, pending_post_id="me:1")
    waiting = queued("k", pending_post_id="me:1", state="unsure")
    for arrived in (by_cid, by_pending):
        found = shown(made([arrived], pending=[waiting]))
        assert [row.pending for row in found] == [None]
    assert shown(made([by_cid], pending=[waiting]))[0].key == "k"


def test_somebody_else_cannot_hide_my_text_or_steal_its_key() -> None:
    forged = post("p", props={CID_PROP: "k"}, pending_post_id="me:1")
    found = shown(made([forged], pending=[queued("k", pending_post_id="me:1")]))
    assert [row.key for row in found] == ["p", "k"]


def test_two_posts_never_share_a_key() -> None:
    twins = [post(ident, NOON + n, user_id=ME, props={CID_PROP: "k"}) for n, ident in enumerate("ab")]
    keys = [row.key for row in shown(made(twins))]
    assert len(set(keys)) == 2


def test_waiting_replies_go_to_their_thread() -> None:
    reply = queued("k", target=Target("c1", "root"))
    assert len(shown(made([post("root")], pending=[reply], crt=True))) == 1
    assert len(shown(made([post("root")], pending=[reply], crt=True, root_id="root"))) == 2
    assert shown(made([post("root")], pending=[reply]))[1].pending is reply
    plain = queued("k")
    assert len(shown(made([post("root")], pending=[plain], root_id="root"))) == 1


def test_saved_and_own_posts_are_marked() -> None:
    row = shown(made([post("a", user_id=ME)], saved={"a"}))[0]
    assert row.saved
    assert row.mine
    system = shown(made([post("s", user_id=ME, type="system_join_channel")]))[0]
    assert not system.mine


def test_queued_changes_are_shown_at_once_and_refused_ones_are_not() -> None:
    edit = queued("e", "new text", kind="edit", post_id="a", seq=1)
    react = queued("r", "+1", kind="react", post_id="a", seq=2)
    pin = queued("p", kind="pin", post_id="a", seq=3)
    delete = queued("d", kind="delete", post_id="a", seq=4)
    row = shown(made([post("a", user_id=ME)], pending=[delete, pin, react, edit]))[0]
    assert row.post.message == "new text"
    assert row.post.is_pinned
    assert row.deleting
    assert [(r.emoji_name, r.mine) for r in row.reactions] == [("+1", True)]
    assert row.changes == (edit, react, pin, delete)
    refused = queued("e", "new text", kind="edit", post_id="a", state="parked", reason="x")
    parked = shown(made([post("a", user_id=ME)], pending=[refused]))[0]
    assert parked.post.message == "a"
    assert parked.changes == (refused,)


post_lists = st.lists(
    st.builds(
        lambda n, at, who, kind, root: post(
            f"p{n}", NOON + at * MINUTE, user_id=who, type=kind, root_id=root
        ),
        st.integers(0, 30),
        st.integers(0, 9),
        st.sampled_from(["anna", "ben", ME]),
        st.sampled_from(["", "", "", "system_header_change"]),
        st.sampled_from(["", "", "p1"]),
    ),
    max_size=25,
    unique_by=lambda p: p.id,
)
queues = st.lists(
    st.builds(
        lambda n, at: queued(f"k{n}", create_at=at, seq=n), st.integers(0, 9), st.integers(0, 2 * NOON)
    ),
    max_size=5,
    unique_by=lambda item: item.cid,
)


@given(post_lists, queues, st.randoms())
def test_order_and_repetition_of_the_input_do_not_matter(
    posts: list[Post], pending: list[OutboxItem], chance: Any
) -> None:
    mixed = [*posts, *posts[::2]]
    chance.shuffle(mixed)
    found = made(posts, pending=pending, last_viewed_at=NOON)
    assert made(mixed, pending=pending[::-1], last_viewed_at=NOON) == found


@given(post_lists, queues)
def test_rows_are_ordered_unique_and_complete(posts: list[Post], pending: list[OutboxItem]) -> None:
    found = made(posts, pending=pending, last_viewed_at=NOON + 3 * MINUTE)
    sent = [row.post for row in shown(found) if row.pending is None]
    assert [(p.create_at, p.id) for p in sent] == sorted((p.create_at, p.id) for p in posts)
    waiting = [row.pending for row in shown(found) if row.pending is not None]
    assert waiting == sorted(pending, key=lambda item: item.seq)
    assert [row.pending is not None for row in shown(found)] == [False] * len(sent) + [True] * len(waiting)
    keys = [row.key for row in found]
    assert len(set(keys)) == len(keys)
    for above, below in pairwise(found):
        if isinstance(below, PostRow) and not isinstance(above, PostRow):
            assert below.head
