from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import a_post, a_reaction, heard, ids, put, write
from tests.support.clock import FakeClock
from tui.core.models import Post
from tui.core.search import parse_query
from tui.store import Store, Tx, posts, search
from tui.store.access import Reader, Row
from tui.store.database import Database, Place

# reading


def test_the_newest_come_newest_first_and_older_ones_before_an_anchor(store: Store) -> None:
    put(store, *(a_post(f"p{n}", n) for n in range(1, 8)), a_post("x", 9, channel_id="d"))
    assert ids(store.posts.newest("c", 3)) == ["p7", "p6", "p5"]
    assert ids(store.posts.newest("c", 3, before=(5, "p5"))) == ["p4", "p3", "p2"]
    assert ids(store.posts.newer("c", 2, after=(5, "p5"))) == ["p7", "p6"]
    assert ids(store.posts.newer("c", 2, after=(2, "p2"))) == ["p4", "p3"]
    assert store.posts.newest_anchor("c") == (7, "p7")
    assert store.posts.newest_anchor("none") is None
    assert store.posts.count("c") == 7


def test_h63_a_channel_opens_with_one_statement_reactions_and_all(store: Store) -> None:
    put(store, *(a_post(f"p{n}", n, reactions=(a_reaction(f"p{n}", at=n),)) for n in range(1, 30)))
    counting = Counting(store.posts)
    found = posts.PostReader(counting).newest("c", 20)
    assert [len(post.reactions) for post in found] == [1] * 20
    assert counting.statements == 1


class Counting:
    """A source that counts what is asked of another."""

    def __init__(self, reader: Reader) -> None:
        self._source = reader._source
        self.statements = 0

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        self.statements += 1
        return self._source.rows(sql, args)

    def snapshot(self) -> AbstractContextManager[None]:
        return self._source.snapshot()


def test_only_posts_that_may_lead_somewhere_are_read_with_links(store: Store) -> None:
    put(
        store,
        a_post("plain", 1),
        a_post("link", 2, "see https://meet.example.org/a"),
        a_post("plugin", 3, type="custom_jitsi"),
        a_post("like it", 4, type="customs"),
        a_post("gone", 5, "https://x.example.org"),
    )
    write(store, lambda tx: tx.posts.delete("gone", 9))
    found = store.posts.with_links(["plain", "link", "plugin", "like it", "gone", "unknown"])
    assert {post.id for post in found} == {"link", "plugin"}


def test_posts_of_one_millisecond_are_ordered_by_id(store: Store) -> None:
    put(store, a_post("b", 1), a_post("a", 1), a_post("d", 1))
    assert ids(store.posts.newest("c", 5)) == ["d", "b", "a"]
    assert ids(store.posts.newest("c", 5, before=(1, "b"))) == ["a"]


def test_replies_are_left_out_on_demand(store: Store) -> None:
    put(store, a_post("r", 1), a_post("s", 2), a_post("answer", 3, root_id="r"))
    assert ids(store.posts.newest("c", 5)) == ["answer", "s", "r"]
    assert ids(store.posts.newest("c", 5, roots_only=True)) == ["s", "r"]
    assert ids(store.posts.thread("r")) == ["r", "answer"]
    assert ids(store.posts.thread("unknown")) == []
    assert ids(store.posts.thread("")) == []


def test_a_thread_without_its_root_shows_what_there_is(store: Store) -> None:
    put(store, a_post("answer", 3, root_id="r"))
    assert ids(store.posts.thread("r")) == ["answer"]


def test_around_puts_a_post_in_the_middle(store: Store) -> None:
    put(store, *(a_post(f"p{n}", n) for n in range(1, 10)))
    assert ids(store.posts.around("c", "p5", 5)) == ["p7", "p6", "p5", "p4", "p3"]
    assert ids(store.posts.around("c", "p9", 4)) == ["p9", "p8", "p7", "p6"]
    assert ids(store.posts.around("c", "p1", 4)) == ["p3", "p2", "p1"]
    assert store.posts.around("d", "p1", 4) == store.posts.around("c", "none", 4) == ()
    write(store, lambda tx: tx.posts.delete("p5", 20))
    assert ids(store.posts.around("c", "p5", 5)) == ["p7", "p6", "p4", "p3"]


def test_pinned_and_many(store: Store) -> None:
    put(store, a_post("p", 1, is_pinned=True), a_post("q", 2), a_post("r", 3, is_pinned=True))
    assert ids(store.posts.pinned("c")) == ["r", "p"]
    assert store.posts.many(["q", "none"]).keys() == {"q"}


def test_my_last_post_is_an_ordinary_one_of_mine_in_that_place(store: Store) -> None:
    put(
        store,
        a_post("mine", 1),
        a_post("reply", 2, root_id="root"),
        a_post("theirs", 3, user_id="v"),
        a_post("joined", 4, type="system_join_channel"),
        a_post("elsewhere", 5, channel_id="d"),
        a_post("gone", 6, delete_at=7),
        a_post("root", 0),
    )
    last = store.posts.last_own

    def name(post: Post | None) -> str:
        return post.id if post else ""

    assert name(last("c", "u")) == "reply"
    assert name(last("c", "u", "")) == "mine"
    assert name(last("c", "u", "root")) == "reply"
    assert name(last("c", "nobody")) == ""


def test_my_own_ids_find_their_post_even_deleted(store: Store) -> None:
    put(store, a_post("p", 1, props={"teleteam_cid": "cid1"}, pending_post_id="u:1"), a_post("q", 2))
    write(store, lambda tx: tx.posts.delete("p", 3))
    found = store.posts.find_by_cid("cid1")
    assert found is not None
    assert (found.id, found.delete_at) == ("p", 3)
    assert store.posts.find_by_pending("u:1") == found
    assert store.posts.find_by_cid("") is store.posts.find_by_pending("") is None


# writing


def test_ghosts_and_posts_without_an_id_are_dropped(store: Store) -> None:
    put(store, a_post("ghost", 1, original_id="p"), a_post("", 1))
    assert store.posts.newest("c", 5) == ()


def test_a_late_event_does_not_bring_a_deleted_post_back(store: Store) -> None:
    put(store, a_post("p", 1))
    write(store, lambda tx: tx.posts.delete("p", 5))
    put(store, a_post("p", 1, "back", update_at=9))
    grave = store.posts.get("p")
    assert grave is not None
    assert (grave.delete_at, grave.message) == (5, "")
    assert store.posts.newest("c", 5) == ()


def test_an_unknown_post_may_be_deleted_before_it_arrives(store: Store) -> None:
    write(store, lambda tx: tx.posts.delete("p", 5))
    put(store, a_post("p", 1))
    assert store.posts.newest("c", 5) == ()


@pytest.mark.parametrize("late", [False, True])
def test_replies_go_with_their_root(store: Store, late: bool) -> None:
    root, reply = a_post("r", 1), a_post("answer", 2, root_id="r")
    put(store, root, *([] if late else [reply]))
    write(store, lambda tx: tx.posts.delete("r", 5))
    put(store, *([reply] if late else []))
    assert store.posts.newest("c", 5) == store.posts.thread("r") == ()
    assert ids(store.posts.search(parse_query("text"))) == []


def test_a_deleted_reply_is_counted_off_until_the_root_is_fetched(store: Store) -> None:
    put(
        store,
        a_post("r", 1, update_at=3, reply_count=2),
        a_post("a", 2, root_id="r"),
        a_post("b", 3, root_id="r"),
    )
    changes = heard(store)
    write(store, lambda tx: tx.posts.delete("a", 5))
    write(store, lambda tx: tx.posts.delete("a", 5))
    assert reply_count(store) == 1
    assert {"a", "r"} <= changes[0].ids
    put(store, a_post("r", 1, update_at=3, reply_count=1))
    assert reply_count(store) == 1


def reply_count(store: Store) -> int:
    root = store.posts.get("r")
    return root.reply_count if root else -1


def test_a_replys_event_counts_for_its_root(store: Store) -> None:
    write(store, lambda tx: tx.posts.set_reply_count("r", 1, 4))
    assert reply_count(store) == -1
    put(store, a_post("r", 1))
    write(store, lambda tx: tx.posts.set_reply_count("r", 2, 5))
    write(store, lambda tx: tx.posts.set_reply_count("r", 1, 4))
    assert reply_count(store) == 2


def test_channels_i_left_are_forgotten(store: Store) -> None:
    put(store, a_post("p", 1, reactions=(a_reaction("p", 1),)), a_post("q", 1, channel_id="d"))
    changes = heard(store)
    write(store, lambda tx: tx.posts.forget_channels(["c"]))
    assert store.posts.get("p") is None
    assert store.posts.get("q") is not None
    assert [(change.channel_id, change.ids) for change in changes] == [("c", frozenset({""}))]
    assert ids(store.posts.search(parse_query("text"))) == ["q"]


def test_a_change_names_the_post_and_its_root(store: Store) -> None:
    changes = heard(store)
    put(store, a_post("answer", 2, root_id="r"))
    assert [(change.channel_id, change.ids) for change in changes] == [("c", frozenset({"answer", "r"}))]


@pytest.mark.parametrize("bad", ["\ud800", "a\0b", "\x1b[2J", "\udfff" * 1000, "🏳️‍🌈" * 500])
def test_no_text_stops_an_insert(store: Store, bad: str) -> None:
    put(
        store, a_post("p", 1, bad, hashtags=bad, props={bad: bad}, emojis=(bad,), user_id=bad, channel_id="c")
    )
    put(store, a_post("p", 1, bad + "!", update_at=2))
    assert len(store.posts.newest("c", 5)) == 1
    write(store, lambda tx: tx.posts.delete("p", 3))


# b20: the whole of it


Step = Callable[[Tx], None]


def steps_of(history: list[tuple[str, int]]) -> list[Step]:
    """Events and pages of three posts: r, its reply a, and p; versions are times."""
    return [partial(_step, what, at) for what, at in history]


def _step(what: str, at: int, tx: Tx) -> None:
    name, _, verb = what.partition(" ")
    root = "r" if name == "a" else ""
    post = a_post(name, {"r": 1, "a": 2, "p": 3}[name], f"{name} at {at}", root_id=root, update_at=at)
    if verb == "delete":
        tx.posts.delete(name, 50 + at)
    elif verb == "react":
        tx.posts.add_reaction(a_reaction(name, 20 + at))
    elif verb == "event":
        tx.posts.put([post], from_event=True)
    else:
        tx.posts.put([post])


NAMES = st.sampled_from(["r", "a", "p"])
VERBS = st.sampled_from(["event", "page", "page", "delete", "react"])
HISTORIES = st.lists(
    st.tuples(st.tuples(NAMES, VERBS).map(" ".join), st.integers(4, 9)), min_size=2, max_size=12
)


def state_after(steps: list[Step]) -> list[Post | None]:
    with Store.open(None, clock=FakeClock()) as store:
        for step in steps:
            write(store, step)
        return [store.posts.get(name) for name in ("r", "a", "p")]


@settings(max_examples=80, deadline=None)
@given(st.data(), HISTORIES)
def test_b20_any_interleaving_ends_in_the_same_state(
    data: st.DataObject, history: list[tuple[str, int]]
) -> None:
    again = data.draw(st.lists(st.sampled_from(history), max_size=4))
    other = data.draw(st.permutations([*history, *again]))
    assert state_after(steps_of(other)) == state_after(steps_of(history))


# h63


@pytest.fixture
def plans() -> Iterator[Callable[[str], list[str]]]:
    database = Database(Place("cache", None, "plans"), FakeClock().now)
    connection = database.open_writer()

    def plan(sql: str) -> list[str]:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", [1] * sql.count("?"))
        return [str(row[3]) for row in rows]

    yield plan
    connection.close()


@pytest.mark.parametrize(
    ("condition", "direction", "roots", "index"),
    [
        ("", "DESC", False, "posts_by_time"),
        ("", "DESC", True, "roots_by_time"),
        (" AND (create_at, id) < (?, ?)", "DESC", False, "posts_by_time"),
        (" AND (create_at, id) < (?, ?)", "DESC", True, "roots_by_time"),
        (" AND (create_at, id) > (?, ?)", "ASC", False, "posts_by_time"),
    ],
)
def test_h63_a_window_of_a_channel_is_one_index_and_no_sorting(
    plans: Callable[[str], list[str]], condition: str, direction: str, roots: bool, index: str
) -> None:
    first, *reactions = plans(posts._in_channel(condition, direction, roots))
    assert first.startswith(f"SEARCH posts USING INDEX {index} (channel_id=?")
    assert [line for line in reactions if "SEARCH" in line] == [
        "SEARCH reactions USING PRIMARY KEY (post_id=?)"
    ]
    assert not any("TEMP B-TREE" in line or "SCAN" in line for line in reactions)


def test_h63_other_reads_use_an_index_too(plans: Callable[[str], list[str]]) -> None:
    for line in (
        *plans(
            "SELECT * FROM posts WHERE root_id = ? AND root_id <> '' AND delete_at = 0 ORDER BY create_at, id"
        ),
        *plans("SELECT * FROM posts WHERE cid = ? AND cid <> ''"),
        *plans("SELECT * FROM posts WHERE id = ?"),
        *plans(
            "SELECT * FROM posts WHERE user_id = ? AND delete_at = 0 ORDER BY create_at DESC, id DESC LIMIT 9"
        ),
    ):
        assert line.startswith("SEARCH posts USING INDEX")


def test_a_local_search_uses_the_full_text_index(plans: Callable[[str], list[str]]) -> None:
    sql, _ = search.statement(parse_query("word"), 10)
    assert any("VIRTUAL TABLE INDEX" in line for line in plans(sql))
