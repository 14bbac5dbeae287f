"""Puts answers with posts into the store, and says what they prove.

A page proves that nothing else lies between its newest and its oldest post. So a post that we held there
before we asked, and that the page does not have, has been deleted. A complete `since` answer proves
everything after its mark.

Invariant: works inside one transaction; roots and replies that merely came along prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.core.ids import ChannelId, Millis, PostId
from tui.core.intervals import Anchor, Intervals
from tui.core.models import Post, PostPage
from tui.core.values import dataclass
from tui.store import Store, Tx
from tui.sync import marks
from tui.sync.memory import Memory

OVERLAP: Millis = 5_000
"""Late commits: a post may become visible a little after one with a later time."""
SINCE_LIMIT = 1000
"""`since` answers are cut at this many rows, in no order: as many as that prove nothing."""
KNOWN_BEFORE = 400


@dataclass(frozen=True, slots=True)
class Held:
    """What we held of a channel before a question was sent."""

    anchors: frozenset[Anchor]

    def within(self, oldest: Anchor, newest: Anchor) -> set[PostId]:
        return {post_id for at, post_id in self.anchors if oldest <= (at, post_id) <= newest}


def held(store: Store, channel_id: ChannelId, before: Anchor | None = None) -> Held:
    """The newest few hundred posts that the server should know, older than `before`."""
    posts = store.posts.newest(channel_id, KNOWN_BEFORE, before=before)
    return Held(frozenset(anchor(post) for post in posts if post.type != "system_ephemeral"))


def anchor(post: Post) -> Anchor:
    return (post.create_at, post.id)


def listed(page: PostPage) -> list[Post]:
    """The posts of the page itself, newest first; not what came along."""
    posts = (page.posts[post_id] for post_id in page.order if post_id in page.posts)
    found = [post for post in posts if not post.original_id]
    return sorted(found, key=anchor, reverse=True)


def span(page: PostPage) -> tuple[Anchor, Anchor] | None:
    """(oldest, newest) of a page; None for an empty one."""
    posts = listed(page)
    return (anchor(posts[-1]), anchor(posts[0])) if posts else None


def reaches_start(page: PostPage, per_page: int) -> bool:
    """Nothing is older. `prev_post_id` alone does not say so: it passes over the oldest's own millisecond,
    of which a full page may have left some out."""
    return not page.prev_post_id and len(page.order) < per_page


def whole(page: PostPage, per_page: int) -> PostPage:
    """A page without its oldest millisecond, unless it reaches the start or has nothing else.

    The server pages by time alone (`before` = earlier than that post's time), and a page may end amid
    posts of one millisecond, as bots and imports write them: the rest would be in no page. From the
    millisecond above, which is complete, the next page brings them all.
    """
    posts = listed(page)
    if reaches_start(page, per_page) or not posts or posts[0].create_at == posts[-1].create_at:
        return page
    dropped = {post.id for post in posts if post.create_at == posts[-1].create_at}
    roots = {post.root_id for post in posts if post.id not in dropped}
    return replace(
        page,
        order=tuple(post_id for post_id in page.order if post_id not in dropped),
        posts={i: post for i, post in page.posts.items() if i not in dropped or i in roots},
        prev_post_id=page.prev_post_id or posts[-1].id,
    )


def put_posts(tx: Tx, page: PostPage) -> None:
    """Everything that came; the store drops ghosts of older versions and buries what was deleted."""
    tx.posts.put(page.posts.values())


def put_page(tx: Tx, channel_id: ChannelId, page: PostPage, before: Held, *, at_start: bool = False) -> None:
    """The newest page, or one that ends where `before` ends. `at_start` = nothing is older than it."""
    put_posts(tx, page)
    found = span(page)
    if found is None:
        return
    oldest, head = found
    bottom: Anchor = (0, "") if at_start else oldest
    top: Anchor = max([head, *before.anchors])
    told = set(page.posts)
    stamp = max((post.update_at for post in page.posts.values()), default=head[0])
    for post_id in before.within(bottom, top) - told:
        tx.posts.delete(post_id, stamp)
    tx.intervals.add(channel_id, newest=head, oldest=oldest, reached_start=at_start)


def mark_of(page: PostPage, generation: int, known: marks.ChannelMark | None) -> marks.ChannelMark:
    """The channel's mark after a page that reaches up to now."""
    found = span(page)
    changed = max((post.update_at for post in page.posts.values()), default=0)
    if known is None:
        return marks.ChannelMark(generation, changed, found[1] if found else (0, ""))
    head = max(known.head, found[1]) if found else known.head
    return marks.ChannelMark(generation, max(changed, known.update_at), head)


def put_since(
    tx: Tx, channel_id: ChannelId, page: PostPage, known: marks.ChannelMark, memory: Memory
) -> None:
    """A complete answer to `since` the mark: what we held up to its head now goes on to this moment.

    Events that came meanwhile made a stretch of their own above; everything after the answer is live, so
    the two are one."""
    spans = tx.intervals.of(channel_id)
    tx.posts.put(_belonging(tx, page, spans))
    alive = [anchor(post) for post in listed(page) if not post.delete_at]
    head = max([known.head, *alive, *(span.newest for span in spans[-1:])])
    if known.head != (0, ""):
        tx.intervals.add(channel_id, newest=head, oldest=known.head)
    elif alive:
        tx.intervals.add(channel_id, newest=head, oldest=min(alive), reached_start=True)
    changed = max([known.update_at, *(post.update_at for post in page.posts.values())])
    marks.write_channel(tx, channel_id, marks.ChannelMark(memory.generation, changed, head))


def _belonging(tx: Tx, page: PostPage, spans: Intervals) -> list[Post]:
    """Without old posts that changed but were never held: they would stand alone, with silent holes around.

    Roots of replies, which come along, are kept: they are shown with their replies.
    """
    order, stored = set(page.order), tx.posts.many(page.order)
    bottom = spans[0].oldest if spans else (0, "")
    return [
        post
        for post in page.posts.values()
        if post.id not in order or post.id in stored or anchor(post) >= bottom
    ]


def authors(posts: Iterable[Post]) -> set[str]:
    """Everybody whom these posts show: writers and reactors."""
    found: set[str] = set()
    for post in posts:
        found.add(post.user_id)
        found.update(reaction.user_id for reaction in post.reactions)
    return found - {""}
