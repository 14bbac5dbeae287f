from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import a_post, ids, put, write
from tests.support.clock import FakeClock
from tui.core.models import Channel, User
from tui.core.search import parse_query
from tui.store import Store, Tx


def at(day: int, hour: int = 12) -> int:
    return round(datetime(2025, 3, day, hour).timestamp() * 1000)


POSTS = (
    a_post("greet", at(1), "Grüße aus der Straße", user_id="ua"),
    a_post(
        "plan", at(2), "the release plan is #release #Two-Words", user_id="ub", hashtags="#release #Two-Words"
    ),
    a_post("other", at(3), "plan the release party", user_id="ua", channel_id="d"),
    a_post("emoji", at(4), "well done 🎉 100%", user_id="ub"),
    a_post("cjk", at(5), "会议在三点开始", user_id="ub"),
    a_post("gone", at(6), "release", delete_at=at(6)),
)


def fill(tx: Tx) -> None:
    tx.posts.put(POSTS)
    tx.users.put([User("ua", "anna"), User("ub", "ben.b")])
    tx.channels.put([Channel("c", "O", "town-square"), Channel("d", "O", "party")])


@pytest.fixture(autouse=True)
def filled(store: Store) -> None:
    write(store, fill)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("release", ["other", "plan"]),
        ("RELEASE plan", ["other", "plan"]),
        ('"release plan"', ["plan"]),
        ("release -party", ["plan"]),
        ("-release", ["cjk", "emoji", "greet"]),
        ("rel", []),
        ("rel*", ["other", "plan"]),
        ("grusse", ["greet"]),
        ("grüße", ["greet"]),
        ("STRASSE", ["greet"]),
        ("straße", ["greet"]),
        ("#release", ["plan"]),
        ("#two-words", ["plan"]),
        ("#two*", ["plan"]),
        ("#party", []),
        ("from:anna", ["other", "greet"]),
        ("-from:anna", ["cjk", "emoji", "plan"]),
        ("from:anna release", ["other"]),
        ("in:party", ["other"]),
        ("-in:party release", ["plan"]),
        ("from:nobody", []),
        ("before:2025-03-02", ["greet"]),
        ("after:2025-03-04", ["cjk"]),
        ("on:2025-03-02", ["plan"]),
        ("🎉", ["emoji"]),
        ("100%", ["emoji"]),
        ("三点", ["cjk"]),
        ("-三点 -release", ["emoji", "greet"]),
        ("nothing", []),
    ],
)
def test_queries_find_what_they_say_newest_first(store: Store, query: str, expected: list[str]) -> None:
    assert ids(store.posts.search(parse_query(query), 10)) == expected


def test_the_limit_holds(store: Store) -> None:
    assert ids(store.posts.search(parse_query("release"), 1)) == ["other"]


def test_edits_and_deletions_reach_the_index(store: Store) -> None:
    put(store, a_post("plan", at(2), "postponed", update_at=at(7)))
    assert ids(store.posts.search(parse_query("postponed"))) == ["plan"]
    assert ids(store.posts.search(parse_query("release"))) == ["other"]
    write(store, lambda tx: tx.posts.delete("plan", at(8)))
    assert store.posts.search(parse_query("postponed")) == ()
    put(store, a_post("other", at(3), "", update_at=at(9), channel_id="d"))
    assert store.posts.search(parse_query("party")) == ()


def test_words_that_an_edit_leaves_are_still_found(store: Store) -> None:
    put(store, a_post("plan", at(2), "the plan for tomorrow", update_at=at(7)))
    put(store, a_post("plan", at(2), "the new plan for tomorrow", update_at=at(8)))
    assert ids(store.posts.search(parse_query("tomorrow"))) == ["plan"]
    assert ids(store.posts.search(parse_query("new"))) == ["plan"]


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40) | st.text('"*^:()-+#{}[]ANDORNEARnot \0', max_size=30))
def test_nothing_that_is_typed_breaks_a_search(text: str) -> None:
    with Store.open(None, clock=FakeClock()) as store:
        store.posts.search(parse_query(text), 5)
