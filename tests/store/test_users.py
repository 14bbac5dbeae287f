from __future__ import annotations

import pytest

from tests.store.builders import heard, write
from tui.core.models import CustomStatus, Status, User
from tui.store import Store

PEOPLE = (
    User(
        "1", "anna.m", "Annie", "Anna", "Müller", update_at=5, custom_status=CustomStatus("palm_tree", "away")
    ),
    User("2", "ben", "", "Benoît", "Groß"),
    User("3", "ann-kathrin", "", "Ann-Kathrin", "O'Neil"),
    User("4", "annabel", delete_at=9),
)


@pytest.fixture(autouse=True)
def people(store: Store) -> None:
    write(store, lambda tx: tx.users.put(PEOPLE))


def test_people_are_found_by_id_and_name(store: Store) -> None:
    assert store.users.get("1") == PEOPLE[0]
    assert store.users.get("none") is None
    assert store.users.many(["2", "3", "none"]) == {"2": PEOPLE[1], "3": PEOPLE[2]}
    assert store.users.by_name("BEN") == PEOPLE[1]
    assert store.users.by_name("none") is None
    assert store.users.all_ids() == frozenset("1234")
    assert store.users.all().keys() == set("1234")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("mull", ["1"]),
        ("MÜL", ["1"]),
        ("gros", ["2"]),
        ("benoit", ["2"]),
        ("ann", ["3", "1", "4"]),
        ("anna mul", ["1"]),
        ("anna.m", ["1"]),
        ("kath", ["3"]),
        ("ann-k", ["3"]),
        ("nna", []),
        ("%", []),
        ("", ["3", "1", "2", "4"]),
    ],
)
def test_beginnings_of_any_name_find_people_active_ones_first(
    store: Store, typed: str, expected: list[str]
) -> None:
    assert [user.id for user in store.users.search(typed)] == expected


def test_the_limit_holds(store: Store) -> None:
    assert [user.id for user in store.users.search("ann", 1)] == ["3"]


def test_an_older_object_does_not_replace_a_newer_one(store: Store) -> None:
    changes = heard(store)
    write(store, lambda tx: tx.users.put([User("1", "older", update_at=4), PEOPLE[1]]))
    assert changes == []
    write(store, lambda tx: tx.users.put([User("1", "renamed", update_at=6)]))
    assert [change.ids for change in changes] == [frozenset("1")]
    assert store.users.by_name("anna.m") is None
    assert [user.id for user in store.users.search("renamed")] == ["1"]


@pytest.mark.parametrize("bad", ["\ud800", "a\0b", "\x1b]0;x\x07"])
def test_no_name_stops_an_insert(store: Store, bad: str) -> None:
    write(store, lambda tx: tx.users.put([User("5", bad, bad, bad, bad)]))
    assert store.users.get("5") is not None


def test_presence_is_the_last_that_was_said(store: Store) -> None:
    changes = heard(store)
    write(store, lambda tx: tx.statuses.put([Status("1", "online"), Status("2", "away", True)]))
    write(store, lambda tx: tx.statuses.put([Status("1", "dnd"), Status("2", "away", True)]))
    assert store.statuses.many("12") == {"1": Status("1", "dnd"), "2": Status("2", "away", True)}
    assert store.statuses.get("3") is None
    assert [change.ids for change in changes] == [frozenset("12"), frozenset("1")]
    write(store, lambda tx: tx.statuses.clear())
    assert store.statuses.many("12") == {}
    write(store, lambda tx: tx.statuses.clear())
    assert len(changes) == 3
