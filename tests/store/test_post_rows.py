from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.builders import a_post
from tui.core.models import FileInfo, Json, Post
from tui.store.post_rows import EPHEMERAL, PostRow, merge, post_of, row_of, tombstone


def merged(*posts: Post) -> Post:
    rows = [row_of(post) for post in posts]
    result = rows[0]
    for row in rows[1:]:
        result = merge(result, row)
    return post_of(result)


FULL = a_post(
    "p",
    5,
    "hello",
    root_id="r",
    type="custom_jitsi",
    edit_at=4,
    is_pinned=True,
    pending_post_id="u:1",
    reply_count=3,
    last_reply_at=9,
    hashtags="#a",
    props={"teleteam_cid": "cid1", "n": {"deep": [1, None]}},
    file_ids=("f",),
    files=(FileInfo("f", "a.txt", size=3),),
    emojis=("party",),
    participants=("u", "v"),
)


def test_a_post_comes_back_equal() -> None:
    assert post_of(row_of(FULL)) == FULL
    assert row_of(FULL).cid == "cid1"


def test_the_newer_text_wins_in_either_order() -> None:
    old, new = a_post("p", 1, "old"), a_post("p", 1, "new", update_at=2, edit_at=2)
    assert merged(old, new).message == merged(new, old).message == "new"


def test_what_an_answer_left_out_is_kept() -> None:
    bare = a_post("p", 5, "edited", update_at=7, has_metadata=False, file_ids=("f",))
    both = merged(FULL, bare)
    assert (both.message, both.files, both.emojis) == ("edited", FULL.files, FULL.emojis)
    assert both.has_metadata
    assert merged(bare, FULL) == both


def test_an_empty_answer_of_a_newer_version_is_believed() -> None:
    assert merged(FULL, a_post("p", 5, update_at=7)).files == ()


def test_a_deleted_post_keeps_its_place_and_none_of_its_text() -> None:
    for order in permutations([FULL, a_post("p", 5, update_at=8, delete_at=8), a_post("p", 5, update_at=9)]):
        grave = merged(*order)
        assert (grave.delete_at, grave.message, grave.files, dict(grave.props)) == (8, "", (), {})
        assert (grave.create_at, grave.root_id) == (5, "r")


def test_a_tombstone_of_an_unknown_post_takes_its_place_from_what_comes_later() -> None:
    row = merge(tombstone("p", 8), row_of(FULL))
    assert (row.channel_id, row.user_id, row.create_at, row.delete_at) == ("c", "u", 5, 8)
    assert (row.message, row.cid) == ("", "cid1")
    assert tombstone("p", 0).delete_at > 0


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((5, 3), (7, 4), 4),
        ((5, 3), (7, 2), 2),
        ((5, 3), (5, 2), 2),
        ((5, 3), (9, 0), 3),
        ((5, 0), (5, 2), 2),
    ],
    ids=["newer", "newer-fewer", "same-age-fewer", "not-counted", "counted-first"],
)
def test_reply_counts_go_by_age_and_zero_says_nothing(
    first: tuple[int, int], second: tuple[int, int], expected: int
) -> None:
    posts = [a_post("p", 1, update_at=at, reply_count=count) for at, count in (first, second)]
    assert merged(*posts).reply_count == merged(*reversed(posts)).reply_count == expected


def test_the_reply_count_of_an_event_is_not_believed() -> None:
    assert row_of(FULL, from_event=True).reply_count == 0


def test_an_ephemeral_post_is_replaced_until_it_is_deleted() -> None:
    first, second = (a_post("p", 0, text, type=EPHEMERAL) for text in ("zzz", "aaa"))
    assert merged(first, second).message == "aaa"
    assert merge(merge(row_of(first), tombstone("p", 3)), row_of(second)).message == ""


def nested(depth: int) -> Json:
    value: Json = []
    for _ in range(depth):
        value = [value]
    return value


def test_endless_nesting_in_props_does_not_stop_an_insert() -> None:
    assert row_of(a_post("p", 1, props={"a": nested(100_000)})).props == ""


def test_broken_texts_are_mended() -> None:
    row = row_of(a_post("p\0", 1, "a\ud800b\0", props={"x\ud800": "\udfff"}))
    assert (row.id, row.message) == ("p\ufffd", "a\ufffdb\ufffd")
    assert dict(post_of(row).props) == {"x\ufffd": "\ufffd"}


VERSIONS = st.integers(0, 4)
ROWS = st.builds(
    PostRow,
    id=st.just("p"),
    channel_id=st.just("c"),
    user_id=st.just("u"),
    create_at=st.just(1),
    update_at=VERSIONS,
    edit_at=VERSIONS,
    message=st.sampled_from(["", "a", "b"]),
    is_pinned=st.integers(0, 1),
    pending_post_id=st.sampled_from(["", "u:1"]),
    cid=st.sampled_from(["", "cid"]),
    reply_count=VERSIONS,
    last_reply_at=VERSIONS,
    reply_version=VERSIONS,
    participants=st.sampled_from(["", '["u"]', '["u","v"]']),
    meta_at=st.integers(-1, 4),
    files=st.sampled_from(["", "[1]", "[2]"]),
    emojis=st.sampled_from(["", "[3]"]),
)
GRAVES = st.builds(tombstone, st.just("p"), st.integers(1, 4))
ANY_ROW = ROWS | GRAVES


@given(ANY_ROW, ANY_ROW, ANY_ROW)
def test_b20_merging_does_not_depend_on_order_grouping_or_repetition(
    a: PostRow, b: PostRow, c: PostRow
) -> None:
    assert merge(a, b) == merge(b, a)
    assert merge(merge(a, b), c) == merge(a, merge(b, c))
    assert merge(merge(a, b), b) == merge(a, b)
