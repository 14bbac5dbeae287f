from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.builders import a_post, a_reaction, a_removal, heard, ids, put, write
from tests.support.clock import FakeClock
from tui.core.models import Post, Reaction
from tui.store import Store, Tx

Step = Callable[[Tx], None]


def add(at: int, emoji: str = "+1", user_id: str = "u") -> Step:
    return lambda tx: tx.posts.add_reaction(a_reaction("p", at, emoji, user_id))


def remove(at: int, emoji: str = "+1") -> Step:
    return lambda tx: tx.posts.remove_reaction(a_removal("p", at, emoji))


def page(at: int, *reactions: Reaction) -> Step:
    return lambda tx: tx.posts.put([a_post("p", 1, update_at=at, reactions=reactions)])


def after(*steps: Step) -> set[str]:
    """Who reacted with what, after these steps on an empty store."""
    with Store.open(None, clock=FakeClock()) as store:
        for step in steps:
            write(store, step)
        write(store, page(0))
        post = store.posts.get("p")
        assert post is not None
        return {f"{reaction.user_id}:{reaction.emoji_name}" for reaction in post.reactions}


LISTED = a_reaction("p", 5)

HISTORIES = [
    ([add(5)], {"u:+1"}),
    ([add(5), remove(7)], set()),
    ([add(5), remove(7), add(9)], {"u:+1"}),
    ([add(5), page(6, LISTED), remove(7)], set()),
    ([page(6, LISTED), page(8)], set()),
    ([page(6, LISTED), add(9, "tada"), page(8)], {"u:tada"}),
    ([add(5), page(8, LISTED), add(9, user_id="v")], {"u:+1", "v:+1"}),
    ([add(5), remove(7), page(8)], set()),
]


@pytest.mark.parametrize(("steps", "expected"), HISTORIES)
def test_b20_any_order_gives_what_the_server_has(steps: list[Step], expected: set[str]) -> None:
    for order in permutations(steps):
        assert after(*order) == expected
        assert after(*order, *order) == expected


def test_a_removal_without_a_time_holds_in_the_order_of_the_stream() -> None:
    assert after(add(5), remove(0)) == set()
    assert after(add(5), remove(0), add(9)) == {"u:+1"}
    assert after(add(5), remove(0), page(6, LISTED)) == set()
    assert after(add(5), remove(0), page(9)) == set()
    assert after(remove(0), page(6, LISTED)) == {"u:+1"}


def test_the_same_person_may_react_with_many_and_many_with_the_same() -> None:
    assert after(add(5), add(6, "tada"), add(7, user_id="v")) == {"u:+1", "u:tada", "v:+1"}


def test_reactions_come_oldest_first(store: Store) -> None:
    put(store, a_post("p", 1))
    for step in (add(9, "b"), add(5, "c"), add(7, "a")):
        write(store, step)
    post = store.posts.get("p")
    assert post is not None
    assert [(reaction.emoji_name, reaction.create_at) for reaction in post.reactions] == [
        ("c", 5),
        ("a", 7),
        ("b", 9),
    ]


def test_a_page_that_leaves_reactions_out_keeps_them(store: Store) -> None:
    write(store, page(6, LISTED))
    put(store, a_post("p", 1, update_at=9, has_metadata=False))
    post = store.posts.get("p")
    assert post is not None
    assert len(post.reactions) == 1


def test_a_deleted_post_has_none(store: Store) -> None:
    write(store, page(6, LISTED))
    write(store, lambda tx: tx.posts.delete("p", 7))
    write(store, add(9))
    write(store, remove(10))
    write(store, page(11, LISTED))
    post = store.posts.get("p")
    assert post is not None
    assert post.reactions == ()


def test_only_real_changes_are_told(store: Store) -> None:
    write(store, page(6, LISTED))
    changes = heard(store)
    for step in (add(5), add(4), remove(3), remove(9, "none"), page(6, LISTED), page(4)):
        write(store, step)
    assert changes == []
    write(store, remove(9))
    assert [(change.channel_id, change.ids) for change in changes] == [("c", frozenset("p"))]


EMOJI = st.sampled_from(["+1", "tada"])
USERS = st.sampled_from(["u", "v"])
Event = tuple[str, int, str, str]


def play(toggles: list[tuple[str, str]]) -> tuple[list[Event], list[Post]]:
    """A server's history: each toggle is an event at its own time; between any two a page may be fetched."""
    state: dict[tuple[str, str], int] = {}
    events: list[Event] = []
    pages = [a_post("p", 1)]
    for number, (user_id, emoji) in enumerate(toggles):
        at = 10 + 2 * number
        added = (user_id, emoji) not in state
        if added:
            state[user_id, emoji] = at
        else:
            del state[user_id, emoji]
        events.append(("add" if added else "remove", at, emoji, user_id))
        listed = tuple(Reaction("p", user, name, since) for (user, name), since in state.items())
        pages.append(a_post("p", 1, update_at=at, reactions=listed))
    return events, pages


def apply(tx: Tx, step: Event | Post) -> None:
    if isinstance(step, Post):
        tx.posts.put([step])
    elif step[0] == "add":
        tx.posts.add_reaction(a_reaction("p", *step[1:]))
    else:
        tx.posts.remove_reaction(a_removal("p", *step[1:]))


@settings(max_examples=100, deadline=None)
@given(st.data(), st.lists(st.tuples(USERS, EMOJI), min_size=1, max_size=7))
def test_b20_events_and_pages_in_any_order_and_number_end_in_the_servers_set(
    data: st.DataObject, toggles: list[tuple[str, str]]
) -> None:
    events, pages = play(toggles)
    some_pages = data.draw(st.lists(st.sampled_from(pages)))
    steps: list[Event | Post] = [
        *events,
        *some_pages,
        *data.draw(st.lists(st.sampled_from(events))),
        pages[0],
    ]
    order = data.draw(st.permutations(steps))
    with Store.open(None, clock=FakeClock()) as store:
        for step in order:
            write(store, partial(apply, step=step))
        (post,) = store.posts.newest("c", 5)
    assert set(post.reactions) == set(pages[-1].reactions)
    assert ids((post,)) == ["p"]
