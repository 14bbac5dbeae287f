"""What is asked at the start and after a gap (recordings 12, 13, 71)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def first_calls(s: Stage) -> None:
    """A person with a favourite, direct messages and posts to read."""
    await s.quiet("ann", "POST", "/channels/direct", json=[s.id("ann"), s.id("ben")])
    row = {"user_id": s.id("ben"), "category": "favorite_channel", "name": s.channels["alpha-prime"]}
    await s.quiet("ben", "PUT", "/users/me/preferences", json=[{**row, "value": "true"}])
    mine = f"/users/me/teams/{s.team}"
    ben = _as_user_1(s)
    await s.call(ben, "GET", "/users/me/teams")
    await s.call(ben, "GET", "/users/me/teams/members")
    _, response = await s.response(ben, "GET", mine + "/channels")
    await s.call(ben, "GET", mine + "/channels", headers={"If-None-Match": response.headers["etag"]})
    await s.call(ben, "GET", mine + "/channels/members")
    await s.call(ben, "GET", mine + "/channels/categories")
    await s.call(ben, "GET", "/users/me/teams/unread?include_collapsed_threads=true")
    await s.call(ben, "GET", mine + "/unread")
    await s.call(ben, "GET", "/users/me/preferences/favorite_channel")
    await s.call(ben, "GET", "/users/me/preferences/no_such_category")
    await s.call(ben, "GET", "/users/me/channels")
    await s.call(ben, "GET", "/users/me/channel_members")


def _as_user_1(s: Stage) -> str:
    """The recording's "user-1" is played by ben."""
    s.people["user-1"] = s.people["ben"]
    return "user-1"


async def busy_channel(s: Stage) -> None:
    """A page whose replies drag their threads in."""
    ben = _as_user_1(s)
    for number in range(3):
        await s.write("ann", "alpha-prime", f"old {number}")
    roots = [await s.write("ann", "alpha-prime", f"root {number}") for number in range(3)]
    for root in roots:
        for number in range(5):
            await s.write("cyd", "alpha-prime", f"reply {number}", root_id=root["id"])
    for number in range(5):
        await s.write("ann", "alpha-prime", f"n{number}")
    channel = f"/channels/{s.channels['alpha-prime']}"
    _, response = await s.response(ben, "GET", channel + "/posts?page=0&per_page=6")
    tag = {"If-None-Match": response.headers["etag"]}
    await s.call(ben, "GET", channel + "/posts?page=0&per_page=6", headers=tag)
    await s.call(ben, "GET", channel + "/posts?page=0&per_page=6&skipFetchThreads=true")
    await s.call(ben, "GET", channel + "/posts?page=0&per_page=3&collapsedThreads=true")
    await s.call(ben, "GET", channel)
    await s.call(ben, "GET", channel + "/stats")
    await s.call(ben, "GET", channel + "/members?per_page=2")
    await s.call(ben, "GET", f"/users?in_channel={s.channels['alpha-prime']}&per_page=2&sort=status")
    await s.call(ben, "GET", f"/users/me/channels/{s.channels['alpha-prime']}/unread")


async def after_a_gap(s: Stage) -> None:
    first = await s.write("ann", "alpha-prime", "before the gap")
    since = first["create_at"]
    for number in range(6):
        await s.write("ann", "alpha-prime", f"missed {number}")
    mine = f"/users/me/teams/{s.team}"
    await s.call("ben", "GET", "/users/me/teams")
    await s.call("ben", "GET", "/users/me/teams/members")
    await s.call("ben", "GET", f"{mine}/channels?include_deleted=true&last_delete_at={since}")
    await s.call("ben", "GET", mine + "/channels/members")
    await s.call("ben", "GET", mine + "/channels/categories")
    await s.call("ben", "GET", "/users/me/preferences")
    await s.call("ben", "GET", f"/channels/{s.channels['alpha-prime']}/posts?since={since}")
    await s.call("ben", "POST", "/users/status/ids", [s.id("ann"), s.id("cyd")])
    await s.call("ben", "GET", f"{mine}/threads?since={since}&deleted=true")


SCENARIOS = {
    "12-startup-sample-user": first_calls,
    "13-sample-channel-posts": busy_channel,
    "71-reconcile-after-gap": after_a_gap,
}
