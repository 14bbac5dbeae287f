"""Pages of posts: a channel's, since a time, around the unread ones, a thread, pinned, saved.

Invariant: only `order` is the page; with skipFetchThreads the missing roots come along and replies are
counted, without it whole threads come and they are not. Source: recordings 13, 37–39, 43.
"""

from __future__ import annotations

from tui.demo import posts, reading, refusals, shapes
from tui.demo.http1 import Response
from tui.demo.reading import Pages
from tui.demo.records import Post, Wire
from tui.demo.routing import Call, Route, answer, tagged


def _more(call: Call, page: list[Post]) -> list[Post]:
    """What comes along with a page besides itself."""
    world = call.world
    if call.flag("collapsedThreads"):
        return []
    roots = dict.fromkeys(post.root_id for post in page if post.root_id)
    rows = [world.posts[i] for i in roots if i in world.posts]
    if not call.flag("skipFetchThreads"):
        rows += [post for i in roots for post in world.live_replies(i)]
    return [post for post in rows if not post.delete_at]


def _listing(call: Call, pages: Pages) -> Wire:
    collapsed = call.flag("collapsedThreads")
    count = call.flag("skipFetchThreads") or collapsed
    out = posts.post_list(
        call.world,
        pages.found,
        _more(call, pages.found),
        count=count,
        next_id=pages.newer,
        prev_id=pages.older,
    )
    if collapsed:
        for post in out["posts"].values():
            _collapse(call, post)
    return out


def _collapse(call: Call, post: Wire) -> None:
    """Adds what a collapsed thread shows of itself."""
    replies = call.world.live_replies(post["id"])
    follow = call.world.follows.get((call.me.id, post["id"]))
    if replies:
        people = dict.fromkeys((*(r.user_id for r in reversed(replies)), post["user_id"]))
        post["last_reply_at"] = replies[-1].create_at
        post["participants"] = [shapes.bare_participant(call.world.users[i]) for i in people]
    post["is_following"] = follow is not None and follow.following


def of_channel(call: Call) -> Response:
    channel = call.channel()
    query = call.request.query
    for name in ("before", "after"):
        if query.get(name) and len(query[name]) != 26:
            raise refusals.bad_body(name)
    since = query.get("since", "")
    if since and not (since.isascii() and since.isdigit()):
        raise refusals.bad_body("since")
    if since and int(since):
        return answer(_since(call, channel.id, int(since)))
    etag = reading.etag(call.world, channel.id)
    return tagged(call, etag, lambda: _listing(call, _page(call, channel.id)))


def _page(call: Call, channel_id: str) -> Pages:
    number, size = call.paging()
    query, roots_only = call.request.query, call.flag("collapsedThreads")
    if query.get("before"):
        return reading.before(call.world, channel_id, query["before"], size, number, roots_only=roots_only)
    if query.get("after"):
        return reading.after(call.world, channel_id, query["after"], size, number, roots_only=roots_only)
    return reading.page(call.world, channel_id, number, size, roots_only=roots_only)


def _since(call: Call, channel_id: str, at: int) -> Wire:
    """Collapsed: neither deletions nor replies, as on 5.37."""
    found = reading.since(call.world, channel_id, at, call.since_limit)
    if call.flag("collapsedThreads"):
        found = [post for post in found if not post.delete_at and not post.root_id]
    return _listing(call, Pages(found, "", ""))


def around_unread(call: Call) -> Response:
    user = call.own_user()
    channel = call.channel()
    before, after = call.number("limit_before", 60), call.number("limit_after", 60)
    if not after:
        raise refusals.bad_url("limit_after")
    roots_only = call.flag("collapsedThreads")
    row = channel.members[user.id]
    window = reading.around_unread(call.world, row, min(before, 200), min(after, 200), roots_only=roots_only)
    if window is not None:
        return answer(_listing(call, window))
    pages = reading.page(call.world, channel.id, 0, min(before, 200), roots_only=roots_only)
    return tagged(call, reading.etag(call.world, channel.id), lambda: _listing(call, pages))


def thread(call: Call) -> Response:
    """The whole thread of any of its posts; the asked one is twice in `order`."""
    post = call.post()
    root = call.world.posts[post.root_id or post.id]
    replies = list(reversed(call.world.live_replies(root.id)))
    newest = max(row.update_at for row in (root, *replies))
    collapsed = call.flag("collapsedThreads")
    order = [root, *replies] if collapsed else [post, *replies, root]

    def listing() -> Wire:
        out = posts.post_list(call.world, order, count=not collapsed)
        if collapsed:
            _collapse(call, out["posts"][root.id])
            out["posts"][root.id]["reply_count"] = len(replies)
        return out

    return tagged(call, f"5.37.0.{post.id}.{root.id}.{newest}", listing)


def pinned(call: Call) -> Response:
    channel = call.channel()
    rows = [post for post in reading.live(call.world, channel.id) if post.is_pinned]
    newest = max(rows, key=lambda post: post.update_at, default=None)
    etag = f"5.37.0.{rows[0].id}.{newest.id}.{newest.update_at}" if newest else "5.37.0.."
    return tagged(call, etag, lambda: posts.post_list(call.world, rows, count=False))


def flagged(call: Call) -> Response:
    user = call.own_user()
    number, size = call.paging()
    query = call.request.query
    mine = call.world.preferences.get(user.id, {})
    rows = [
        call.world.posts[name]
        for (category, name), value in mine.items()
        if category == "flagged_post" and value == "true" and name in call.world.posts
    ]
    rows = [post for post in rows if _is_in(call, post, query) and not post.delete_at]
    rows.sort(key=lambda post: post.create_at, reverse=True)
    return answer(posts.post_list(call.world, rows[number * size : (number + 1) * size], count=False))


def _is_in(call: Call, post: Post, query: dict[str, str]) -> bool:
    channel = call.world.channels[post.channel_id]
    if call.me.id not in channel.members:
        return False
    if query.get("channel_id"):
        return channel.id == query["channel_id"]
    return not query.get("team_id") or channel.team_id in ("", query["team_id"])


def file_infos(call: Call) -> Response:
    post = call.post()
    rows = [call.world.files[i] for i in post.file_ids if i in call.world.files]
    response = tagged(
        call, f"5.37.0.{post.id}.{post.update_at}", lambda: [shapes.file_info(row) for row in rows]
    )
    response.headers["Cache-Control"] = "max-age=2592000, private"
    return response


ROUTES = (
    Route("GET", "/channels/{channel_id}/posts", of_channel),
    Route("GET", "/channels/{channel_id}/pinned", pinned),
    Route("GET", "/users/{user_id}/channels/{channel_id}/posts/unread", around_unread),
    Route("GET", "/users/{user_id}/posts/flagged", flagged),
    Route("GET", "/posts/{post_id}/thread", thread),
    Route("GET", "/posts/{post_id}/files/info", file_infos),
)
