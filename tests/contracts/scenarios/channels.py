"""Direct and group messages (recordings 26, 27)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def direct(s: Stage) -> None:
    ann, ben = s.id("ann"), s.id("ben")
    await s.listen("ann", "ben")
    channel = await s.call("ann", "POST", "/channels/direct", [ann, ben])
    await s.call("ann", "POST", "/channels/direct", [ben, ann])
    await s.call("ann", "POST", "/channels/direct", [ann, ann])
    await s.call("ann", "POST", "/channels/direct", [ann])
    await s.call("cyd", "POST", "/channels/direct", [ann, ben])
    s.channels["dm"] = channel["id"]
    await s.post("ann", "dm", "hi ben", pending_post_id=f"{ann}:1")
    await s.call("ben", "GET", f"/users/me/teams/{s.team}/channels/members")
    await s.call("ben", "GET", f"/channels/{channel['id']}/members")
    await s.call("ben", "GET", "/users/me/preferences/direct_channel_show")
    await s.compare_events()


async def group(s: Stage) -> None:
    ann, ben, cyd = s.id("ann"), s.id("ben"), s.id("cyd")
    await s.listen("ann", "ben", "cyd")
    channel = await s.call("ann", "POST", "/channels/group", [ann, ben, cyd])
    await s.call("ben", "POST", "/channels/group", [ann, cyd])
    await s.call("ann", "POST", "/channels/group", [ann, ben])
    s.channels["gm"] = channel["id"]
    await s.post("ben", "gm", "hi group")
    await s.call("ann", "POST", "/users/group_channels", [channel["id"]])
    await s.compare_events()


SCENARIOS = {"26-dm-create": direct, "27-gm-create": group}
