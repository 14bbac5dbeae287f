"""Followed threads (collapsed reply threads).

Invariant: a thread one does not follow is 500, as on 5.37. Source: recording 44.
"""

from __future__ import annotations

from tui.demo import refusals, threads
from tui.demo.http1 import Response
from tui.demo.records import Follow, Wire
from tui.demo.routing import Call, Route, answer, ok


def list_threads(call: Call) -> Response:
    user, team = call.own_user(), call.team()
    world = call.world
    rows = threads.of_team(world, user.id, team.id)
    unread = [row for row in rows if threads.unread_replies(world, row)]
    wanted = unread if call.flag("unread") else rows
    shown = _window(call, wanted)
    extended = call.flag("extended")
    return answer(
        {
            "total": len(wanted),
            "total_unread_threads": len(unread),
            "total_unread_mentions": sum(row.unread_mentions for row in rows),
            "threads": [
                {**thread, "post": {**thread["post"], "remote_id": ""}}
                for thread in (threads.shape(world, row, extended=extended) for row in shown)
            ],
        }
    )


def _window(call: Call, rows: list[Follow]) -> list[Follow]:
    since = call.number("since", 0)
    size = call.number("per_page", call.number("pageSize", 30))
    ids = [row.root_id for row in rows]
    before, after = call.request.query.get("before", ""), call.request.query.get("after", "")
    if before in ids:
        rows = rows[ids.index(before) + 1 :]
    if after in ids:
        rows = rows[: ids.index(after)]
    replies = call.world.live_replies
    return [row for row in rows if replies(row.root_id)[-1].create_at > since][: min(size, 200)]


def _row(call: Call) -> Follow:
    user = call.own_user()
    post = call.world.posts.get(call.params["thread_id"])
    if post is None or post.delete_at:
        raise refusals.no_post()
    return threads.required(call.world, user.id, post.id)


def get_thread(call: Call) -> Response:
    return answer(threads.shape(call.world, _row(call), extended=call.flag("extended")))


def read(call: Call) -> Response:
    row = _row(call)
    value = call.params["timestamp"]
    if not value.isdigit():
        raise refusals.bad_url("timestamp")
    threads.read(call.world, row, int(value))
    return answer(threads.shape(call.world, row, extended=False))


def read_all(call: Call) -> Response:
    user, team = call.own_user(), call.team()
    for row in threads.of_team(call.world, user.id, team.id):
        row.last_viewed_at = call.world.now()
        row.unread_mentions = 0
    call.world.emit("thread_read_changed", {}, user=user.id, team=team.id)
    return ok()


def _set(call: Call, following: bool) -> Response:
    user, team = call.own_user(), call.team()
    post = call.world.posts.get(call.params["thread_id"])
    if post is None or post.delete_at or user.id not in call.world.channels[post.channel_id].members:
        raise refusals.forbidden()
    threads.follow(call.world, user.id, post.id).following = following
    data: Wire = {
        "reply_count": len(call.world.live_replies(post.id)),
        "state": following,
        "thread_id": post.id,
    }
    call.world.emit("thread_follow_changed", data, user=user.id, team=team.id)
    return ok()


def follow(call: Call) -> Response:
    return _set(call, True)


def unfollow(call: Call) -> Response:
    return _set(call, False)


BASE = "/users/{user_id}/teams/{team_id}/threads"
ROUTES = (
    Route("GET", BASE, list_threads),
    Route("PUT", BASE + "/read", read_all),
    Route("GET", BASE + "/{thread_id}", get_thread),
    Route("PUT", BASE + "/{thread_id}/read/{timestamp}", read),
    Route("PUT", BASE + "/{thread_id}/following", follow),
    Route("DELETE", BASE + "/{thread_id}/following", unfollow),
)
