"""What answers with posts prove."""

from __future__ import annotations

from tests.sync.desk import Desk, a_post, desk
from tui.core.intervals import Interval
from tui.core.models import Post, PostPage, Reaction
from tui.sync import marks, pages


def page(*posts: Post, order: tuple[str, ...] | None = None) -> PostPage:
    listed = tuple(post.id for post in posts) if order is None else order
    return PostPage(listed, {post.id: post for post in posts})


def put(here: Desk, answer: PostPage, held: pages.Held | None = None, *, at_start: bool = False) -> None:
    before = pages.held(here.store, "c") if held is None else held
    here.write(lambda tx: pages.put_page(tx, "c", answer, before, at_start=at_start))


def ids(here: Desk) -> list[str]:
    return [post.id for post in reversed(here.store.posts.newest("c", 100))]


def test_a_page_makes_a_stretch_of_its_own_posts_alone() -> None:
    with desk() as here:
        put(here, page(a_post("b", 220), a_post("a", 210), a_post("older root", 10), order=("b", "a")))
        assert here.store.intervals.of("c") == (Interval((210, "a"), (220, "b")),)
        assert "older root" in ids(here)


def test_what_we_held_between_and_the_page_lacks_is_gone() -> None:
    with desk() as here:
        put(here, page(*(a_post(f"p{at}", at) for at in (230, 220, 210, 200))))
        put(here, page(a_post("p230", 230), a_post("p210", 210)))
        assert ids(here) == ["root", "p200", "p210", "p230"]


def test_what_came_after_the_question_is_kept() -> None:
    with desk() as here:
        before = pages.held(here.store, "c")
        here.write(lambda tx: tx.posts.put([a_post("live", 215)]))
        put(here, page(a_post("b", 220), a_post("a", 210)), before)
        assert "live" in ids(here)


def test_ephemeral_messages_are_not_the_servers_to_take() -> None:
    with desk() as here:
        here.write(lambda tx: tx.posts.put([a_post("mine", 215, type="system_ephemeral")]))
        put(here, page(a_post("b", 220), a_post("a", 210)))
        assert "mine" in ids(here)


def test_the_page_at_the_start_takes_everything_older() -> None:
    with desk() as here:
        put(here, page(a_post("a", 210)), at_start=True)
        assert ids(here) == ["a"]
        assert here.store.intervals.of("c")[0].reached_start


def test_ghosts_and_tombstones_in_since_show_nothing() -> None:
    with desk() as here:
        here.write(lambda tx: tx.posts.put([a_post("a", 210)]))
        known = marks.ChannelMark(0, 210, (210, "a"))
        ghost = Post("g", "c", "bob", "old", create_at=210, update_at=300, delete_at=300, original_id="a")
        gone = Post("a", "c", "bob", create_at=210, update_at=310, delete_at=310)
        answer = page(gone, ghost, a_post("b", 320))
        here.write(lambda tx: pages.put_since(tx, "c", answer, known, here.memory))
        assert ids(here) == ["root", "b"]
        assert marks.read_channel(here.store, "c") == marks.ChannelMark(0, 320, (320, "b"))


def test_since_joins_what_came_live_above_a_gap() -> None:
    with desk() as here:
        here.write(lambda tx: tx.intervals.add("c", newest=(210, "a"), oldest=(200, "z")))
        here.write(lambda tx: tx.intervals.open_gap("c"))
        here.write(lambda tx: tx.intervals.extend("c", (400, "live")))
        known = marks.ChannelMark(0, 210, (210, "a"))
        here.write(lambda tx: pages.put_since(tx, "c", page(a_post("b", 300)), known, here.memory))
        assert here.store.intervals.of("c") == (Interval((200, "z"), (400, "live")),)


def test_an_empty_since_unseals_what_we_have() -> None:
    with desk() as here:
        here.write(lambda tx: tx.intervals.add("c", newest=(210, "a"), oldest=(200, "z")))
        here.write(lambda tx: tx.intervals.open_gap("c"))
        known = marks.ChannelMark(0, 210, (210, "a"))
        here.write(lambda tx: pages.put_since(tx, "c", page(), known, here.memory))
        [span] = here.store.intervals.of("c")
        assert not span.sealed


def test_authors_are_writers_and_reactors() -> None:
    post = Post("p", "c", "bob", reactions=(Reaction("p", "eve", "+1"), Reaction("p", "", "x")))
    assert pages.authors([post]) == {"bob", "eve"}


def test_a_page_that_ends_amid_one_millisecond_is_known_to_the_one_above() -> None:
    told = page(a_post("d", 230), a_post("c", 220), a_post("b", 210), a_post("a", 210))
    kept = pages.whole(told, 4)
    assert kept.order == ("d", "c")
    assert set(kept.posts) == {"c", "d"}
    assert kept.prev_post_id


def test_a_root_that_is_dropped_still_comes_along_with_its_reply() -> None:
    told = page(a_post("reply", 220, root_id="root"), a_post("root", 210))
    kept = pages.whole(told, 2)
    assert kept.order == ("reply",)
    assert set(kept.posts) == {"reply", "root"}


def test_a_page_at_the_start_or_of_one_time_alone_stays_as_it_is() -> None:
    short = page(a_post("b", 220), a_post("a", 210))
    assert pages.whole(short, 3) is short
    twins = page(a_post("b", 210), a_post("a", 210))
    assert pages.whole(twins, 2) is twins
