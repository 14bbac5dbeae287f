from __future__ import annotations

from tests.support.makers import ME, NOON, post, queued
from tui.core.models import OutboxItem, Post, Reaction, Target
from tui.core.outbox import CID_PROP
from tui.core.timeline_queue import apply_changes, changes_by_post, made_up


def shown(one: Post, *items: OutboxItem) -> Post:
    return apply_changes(one, changes_by_post(items)["a"], ME)


def test_changes_apply_in_the_order_of_queueing_and_refused_ones_do_not() -> None:
    edits = [
        queued("e2", "two", kind="edit", post_id="a", seq=2),
        queued("e1", "one", kind="edit", post_id="a", seq=1),
    ]
    assert shown(post("a"), *edits).message == "two"
    refused = queued("e3", "three", kind="edit", post_id="a", state="parked", seq=3)
    assert shown(post("a"), *edits, refused).message == "two"
    assert changes_by_post([*edits, queued("k")]).keys() == {"a"}


def test_pins_and_reactions() -> None:
    pinned = shown(post("a"), queued("p", kind="pin", post_id="a", seq=1))
    assert pinned.is_pinned
    assert not shown(pinned, queued("u", kind="unpin", post_id="a")).is_pinned
    react = queued("r", "+1", kind="react", post_id="a")
    reacted = shown(post("a"), react)
    assert [(r.user_id, r.emoji_name) for r in reacted.reactions] == [(ME, "+1")]
    assert shown(reacted, react).reactions == reacted.reactions
    both = (Reaction("a", ME, "+1", 1), Reaction("a", "ben", "+1", 2))
    left = shown(post("a", reactions=both), queued("u", "+1", kind="unreact", post_id="a"))
    assert left.reactions == both[1:]


def test_the_post_that_a_text_will_become() -> None:
    item = queued("k", "hello", target=Target("c1", "root"), pending_post_id="me:1", file_ids=("f",))
    made = made_up(item, NOON, ME)
    assert (made.id, made.message, made.root_id, made.user_id) == ("", "hello", "root", ME)
    assert (made.props, made.pending_post_id, made.file_ids) == ({CID_PROP: "k"}, "me:1", ("f",))
