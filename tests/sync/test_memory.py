from __future__ import annotations

from dataclasses import replace

from tests.sync.desk import a_post
from tui.core.models import Channel
from tui.sync.memory import EARLY, REMEMBERED, Memory


def test_a_post_is_counted_once_and_only_after_the_fetched_counters() -> None:
    memory = Memory()
    memory.counters_told([Channel("c", "O", "c", last_post_at=100)])
    assert not memory.count_once(a_post("old", 100))
    assert memory.count_once(a_post("new", 101))
    assert not memory.count_once(a_post("new", 101))
    memory.counters_told([Channel("c", "O", "c", last_post_at=50)])
    assert not memory.count_once(a_post("old", 100))
    memory.forget_counted()
    assert memory.count_once(a_post("old", 100))


def test_what_is_remembered_is_bounded() -> None:
    memory = Memory()
    for number in range(REMEMBERED + 1):
        memory.count_once(a_post(f"p{number}"))
    assert memory.count_once(a_post("p0"))
    for number in range(EARLY + 1):
        memory.keep_early(a_post(f"e{number}"))
    assert memory.early("e0") is None
    assert memory.early(f"e{EARLY}") is not None


def test_of_two_early_edits_the_newer_is_kept_and_given_once() -> None:
    memory = Memory()
    memory.keep_early(replace(a_post(), update_at=9, message="new"))
    memory.keep_early(replace(a_post(), update_at=5, message="old"))
    kept = memory.early("p")
    assert kept is not None
    assert kept.message == "new"
    assert memory.early("p") is None
