"""Writing, being refused, editing, deleting, pinning, reacting, saving (recordings 28–36)."""

from __future__ import annotations

from tests.contracts.stage import Stage

EVERYONE = ("ann", "ben", "cyd")
UNKNOWN = "z" * 26


async def create(s: Stage) -> None:
    await s.listen(*EVERYONE)
    name = s.people["ben"].username
    text = f"hello @{name} see ~alpha-prime and #tagged #Two-Words :smile: **bold**"
    post = await s.post("ann", "alpha-prime", text, pending_post_id=f"{s.id('ann')}:1795453929240")
    assert post["hashtags"] == "#tagged #Two-Words"
    channel = s.channels["alpha-prime"]
    unread = await s.call("ben", "GET", f"/users/me/channels/{channel}/unread")
    member = await s.call("ben", "GET", f"/channels/{channel}/members/me")
    assert unread["mention_count"] == member["mention_count"] == 1
    await s.compare_events()


async def mentions(s: Stage) -> None:
    await s.listen(*EVERYONE)
    dot = s.people["dot"].username
    for text in ("@channel everyone", "@here now", "@all all", f"cc @{dot} not in channel"):
        await s.post("ann", "alpha-prime", text)
    await s.post("ann", "alpha-prime", "code `@channel` and\n```\n@all\n```")
    await s.post("ann", "alpha-prime", "@nobody.at.all")
    member = await s.call("ben", "GET", f"/channels/{s.channels['alpha-prime']}/members/me")
    assert member["mention_count"] >= 3
    await s.compare_events(unordered=True)


async def pending_twice(s: Stage) -> None:
    """The second text is lost; another person's too."""
    await s.listen(*EVERYONE)
    pending = {"pending_post_id": f"{s.id('ann')}:1795453932436"}
    first = await s.post("ann", "alpha-prime", "first text", **pending)
    second = await s.post("ann", "alpha-prime", "second text, silently dropped", **pending)
    third = await s.post("ben", "alpha-prime", "from ben", **pending)
    assert {first["id"]} == {second["id"], third["id"]}
    assert second["message"] == third["message"] == "first text"
    await s.compare_events()


async def refusals(s: Stage) -> None:
    await s.listen(*EVERYONE)
    elsewhere = await s.write("ann", "secret", "root elsewhere")
    await s.hush()
    channel = s.channels["alpha-prime"]
    await s.post("ann", "alpha-prime", "x" * 16384)
    await s.post("ann", "alpha-prime", "")
    await s.post("ann", "alpha-prime", "r", root_id=UNKNOWN)
    body = {"channel_id": channel, "message": "r", "root_id": elsewhere["id"]}
    await s.call("ann", "POST", "/posts", body)
    await s.post("dot", "alpha-prime", "not a member")
    await s.call("ann", "POST", "/posts", {"channel_id": UNKNOWN, "message": "x"})
    await s.call("ann", "POST", "/posts", {"message": "x"})
    await s.post("ann", "alpha-prime", "x", type="system_generic")
    await s.post("ann", "alpha-prime", "a\0b")
    await s.call("ann", "POST", "/posts", content=b"{oops")
    await s.call("ann", "GET", f"/posts/{UNKNOWN}")
    await s.call("ann", "GET", "/posts/short")
    await s.call("ann", "GET", "/no/such/endpoint")
    await s.call("ann", "PATCH", "/posts", {})
    await s.compare_events()


async def edit(s: Stage) -> None:
    await s.listen(*EVERYONE)
    post = await s.post("ann", "alpha-prime", "to be edited")
    path = f"/posts/{post['id']}"
    edited = await s.call("ann", "PUT", path + "/patch", {"message": "edited once"})
    assert edited["edit_at"] > 0
    await s.call("ann", "PUT", path, {"id": post["id"], "message": "edited twice"})
    await s.call("ben", "PUT", path + "/patch", {"message": "hijack"})
    await s.call("ann", "PUT", f"/posts/{UNKNOWN}/patch", {"message": "x"})
    await s.call("ann", "PUT", path + "/patch", {"message": "x" * 16384})
    await s.call("ann", "PUT", path + "/patch", {"message": ""})
    await s.call("ann", "GET", path)
    await s.compare_events()


async def delete(s: Stage) -> None:
    await s.listen(*EVERYONE)
    post = await s.post("ann", "alpha-prime", "to be deleted")
    reply = await s.post("ben", "alpha-prime", "reply to doomed", root_id=post["id"])
    path = f"/posts/{post['id']}"
    await s.call("cyd", "DELETE", path)
    await s.call("ann", "DELETE", path)
    await s.call("ann", "GET", path)
    await s.call("ann", "GET", f"/posts/{reply['id']}")
    await s.call("ann", "DELETE", path)
    await s.post("ann", "alpha-prime", "late reply", root_id=post["id"])
    await s.compare_events()


async def _greeting(s: Stage) -> str:
    """The post of recording 28, besides the recording."""
    text = "hello see ~alpha-prime and #tagged"
    post = await s.write("ann", "alpha-prime", text)
    return str(post["id"])


async def pin(s: Stage) -> None:
    await s.listen(*EVERYONE)
    post_id = await _greeting(s)
    await s.hush()
    await s.call("ann", "POST", f"/posts/{post_id}/pin")
    await s.call("ann", "GET", f"/channels/{s.channels['alpha-prime']}/pinned")
    await s.call("ann", "POST", f"/posts/{post_id}/unpin")
    await s.compare_events()


async def reactions(s: Stage) -> None:
    await s.listen(*EVERYONE)
    post_id = await _greeting(s)
    bare = (await s.write("ann", "alpha-prime", "nobody reacts"))["id"]
    await s.hush()

    async def react(who: str, name: str, owner: str = "") -> None:
        body = {"user_id": s.id(owner or who), "post_id": post_id, "emoji_name": name}
        await s.call(who, "POST", "/reactions", body)

    await react("ann", "thumbsup")
    await react("ann", "thumbsup")
    await react("ben", "+1")
    await react("ben", "no_such_emoji_x")
    await react("ben", "smile", owner="ann")
    await s.call("ann", "GET", f"/posts/{post_id}/reactions")
    await s.call("ann", "GET", f"/posts/{bare}/reactions")
    await s.call("ann", "POST", "/posts/ids/reactions", [post_id, bare])
    path = f"/users/{s.id('ann')}/posts/{post_id}/reactions/thumbsup"
    await s.call("ann", "DELETE", path)
    await s.call("ann", "DELETE", path)
    await s.call("ann", "GET", f"/posts/{post_id}")
    await s.compare_events()


async def save(s: Stage) -> None:
    await s.listen("ann")
    post_id = await _greeting(s)
    body = {"user_id": s.id("ann"), "post_id": post_id, "emoji_name": "+1"}
    await s.quiet("ann", "POST", "/reactions", json=body)
    await s.hush()
    ann, channel = s.id("ann"), s.channels["alpha-prime"]
    row = {"user_id": ann, "category": "flagged_post", "name": post_id, "value": "true"}
    await s.call("ann", "PUT", f"/users/{ann}/preferences", [row])
    await s.call("ann", "GET", "/users/me/posts/flagged?per_page=5")
    await s.call("ann", "GET", f"/users/me/posts/flagged?channel_id={channel}")
    await s.call("ann", "POST", f"/users/{ann}/preferences/delete", [row])
    await s.compare_events()


SCENARIOS = {
    "28-post-create": create,
    "29-post-mentions": mentions,
    "30-post-pending-duplicate": pending_twice,
    "31-post-errors": refusals,
    "32-post-edit": edit,
    "33-post-delete": delete,
    "34-post-pin-unpin": pin,
    "35-reactions": reactions,
    "36-save-flag-post": save,
}
