"""Pages, since, around the unread ones, viewed, unread again, muted (recordings 37–42)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def pages_channel(s: Stage) -> list[str]:
    """~pages with join posts of ann and ben and ten messages n0 … n9 of ann; their ids."""
    body = {"team_id": s.team, "name": "pages", "display_name": "Pages", "type": "O"}
    channel = (await s.quiet("ann", "POST", "/channels", json=body)).json()
    s.channels["pages"] = channel["id"]
    await s.quiet("ann", "POST", f"/channels/{channel['id']}/members", json={"user_id": s.id("ben")})
    return [(await s.write("ann", "pages", f"n{number}"))["id"] for number in range(10)]


async def paging(s: Stage) -> None:
    await s.listen("ann", "ben")
    body = {"team_id": s.team, "name": "pages", "display_name": "Pages", "type": "O"}
    channel = await s.call("ann", "POST", "/channels", body)
    s.channels["pages"] = channel["id"]
    await s.quiet("ann", "POST", f"/channels/{channel['id']}/members", json={"user_id": s.id("ben")})
    n = [(await s.write("ann", "pages", f"n{number}"))["id"] for number in range(10)]
    path = f"/channels/{channel['id']}/posts"
    await s.call("ann", "GET", path + "?page=0&per_page=4")
    await s.call("ann", "GET", path + "?page=1&per_page=4")
    await s.call("ann", "GET", f"{path}?before={n[4]}&per_page=2")
    await s.call("ann", "GET", f"{path}?after={n[4]}&per_page=2")
    start = await s.call("ann", "GET", f"{path}?before={n[0]}&per_page=5")
    assert start["prev_post_id"] == ""
    await s.call("ann", "GET", f"{path}?after={n[9]}&per_page=5")
    lost = await s.call("ann", "GET", f"{path}?before={'z' * 26}&per_page=2")
    assert lost["prev_post_id"] == ""
    await s.call("ann", "GET", path + "?page=50&per_page=4")
    await s.call("ann", "GET", path + "?per_page=0")
    await s.call("ann", "GET", path + "?before=bad")
    await s.call("ann", "GET", path + "?since=abc")
    await s.compare_events(unordered=True)


async def since(s: Stage) -> None:
    n = await pages_channel(s)
    await s.listen("ann", "ben")
    path = f"/channels/{s.channels['pages']}/posts"
    newest = (await s.quiet("ann", "GET", f"/posts/{n[9]}")).json()["update_at"]
    await s.call("ann", "GET", f"{path}?since={newest}")
    await s.call("ann", "PUT", f"/posts/{n[1]}/patch", {"message": "n1 edited"})
    await s.call("ann", "DELETE", f"/posts/{n[2]}")
    reaction = {"user_id": s.id("ann"), "post_id": n[3], "emoji_name": "tada"}
    await s.call("ann", "POST", "/reactions", reaction)
    await s.call("ann", "POST", f"/posts/{n[5]}/pin")
    await s.post("ann", "pages", "brand new")
    reply = await s.post("ben", "pages", "a reply", root_id=n[6])
    changed = await s.call("ann", "GET", f"{path}?since={newest}")
    ghosts = [post for post in changed["posts"].values() if post["original_id"]]
    assert {post["original_id"] for post in ghosts} == {n[1], n[5]}
    await s.call("ann", "GET", f"{path}?since={newest}&collapsedThreads=true")
    await s.call("ann", "GET", f"{path}?since={reply['update_at']}")
    await s.compare_events()


async def around_unread(s: Stage) -> None:
    n = await pages_channel(s)
    await s.write("ann", "pages", "brand new")
    await s.write("ben", "pages", "a reply", root_id=n[6])
    await s.listen("ann", "ben")
    channel = s.channels["pages"]
    body = {"channel_id": channel, "prev_channel_id": ""}
    await s.call("ann", "POST", "/channels/members/me/view", body)
    for number in range(5):
        await s.write("ben", "pages", f"fresh {number}")
    window = f"/users/me/channels/{channel}/posts/unread"
    await s.call("ann", "GET", window + "?limit_before=2&limit_after=3")
    await s.call("ann", "GET", window + "?limit_after=0")
    unread = await s.call("ann", "GET", f"/users/me/channels/{channel}/unread")
    assert unread["msg_count"] == 5
    await s.compare_events()


async def viewed(s: Stage) -> None:
    dm = (await s.quiet("ann", "POST", "/channels/direct", json=[s.id("ann"), s.id("ben")])).json()["id"]
    s.channels["dm"] = dm
    await s.write("ann", "dm", "hi")
    await s.write("ann", "secret", "hidden")
    await s.write("ann", "alpha-prime", "to read")
    await s.listen("ben")
    channel = s.channels["alpha-prime"]
    me = f"/channels/{channel}/members/me"
    view = "/channels/members/me/view"
    await s.call("ben", "GET", me)
    await s.call("ben", "POST", view, {"channel_id": channel, "prev_channel_id": dm})
    row = await s.call("ben", "GET", me)
    assert row["mention_count"] == 0
    await s.call("ben", "POST", view, {"channel_id": ""})
    await s.call("ben", "POST", view, {"channel_id": "bad"})
    await s.call("ben", "POST", view, {"channel_id": s.channels["secret"]})
    await s.compare_events()


async def set_unread(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    name = s.people["ben"].username
    post = await s.post("ann", "alpha-prime", f"unread me @{name}")
    await s.post("ann", "alpha-prime", "and me")
    channel = s.channels["alpha-prime"]
    await s.call("ben", "POST", "/channels/members/me/view", {"channel_id": channel})
    path = f"/users/{s.id('ben')}/posts/{post['id']}/set_unread"
    row = await s.call("ben", "POST", path, {"collapsed_threads_supported": True})
    assert (row["mention_count"], row["last_viewed_at"]) == (1, post["create_at"] - 1)
    await s.call("ben", "POST", path)
    await s.call("ben", "GET", f"/channels/{channel}/members/me")
    unread = await s.call("ben", "GET", f"/users/me/channels/{channel}/unread")
    assert (unread["msg_count"], unread["mention_count"]) == (2, 1)
    await s.compare_events()


async def mute(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    name = s.people["ben"].username
    channel = s.channels["alpha-prime"]
    base = f"/channels/{channel}/members"
    body = {"user_id": s.id("ben"), "channel_id": channel, "mark_unread": "mention"}
    await s.call("ben", "PUT", f"{base}/{s.id('ben')}/notify_props", body)
    await s.post("ann", "alpha-prime", "while muted")
    await s.post("ann", "alpha-prime", f"@{name} while muted")
    await s.call("ben", "GET", f"{base}/me")
    team = await s.call("ben", "GET", f"/users/me/teams/{s.team}/unread")
    assert team["mention_count"] >= 1
    more = {"mark_unread": "all", "desktop": "all", "ignore_channel_mentions": "on"}
    await s.call("ben", "PUT", f"{base}/{s.id('ben')}/notify_props", more)
    await s.call("ben", "PUT", f"{base}/{s.id('ben')}/notify_props", {"mark_unread": "bogus"})
    await s.call("ben", "PUT", f"{base}/{s.id('ann')}/notify_props", {"mark_unread": "all"})
    await s.compare_events()


SCENARIOS = {
    "37-posts-paging": paging,
    "38-posts-since": since,
    "39-posts-around-unread": around_unread,
    "40-mark-viewed": viewed,
    "41-mark-unread": set_unread,
    "42-notify-props-mute": mute,
}
