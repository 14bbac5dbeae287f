"""Joining, leaving, archiving, browsing, members, direct and group messages (recordings 20, 22, 24–27)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def join_and_leave(s: Stage) -> None:
    """user_removed has no user id for the one who is removed."""
    body = {"team_id": s.team, "name": "alpha", "display_name": "Alpha", "type": "O"}
    channel = (await s.quiet("ann", "POST", "/channels", json=body)).json()["id"]
    secret, square = s.channels["secret"], s.channels["town-square"]
    await s.listen("ann", "ben", "cyd")
    members = f"/channels/{channel}/members"
    ben, cyd = {"user_id": s.id("ben")}, {"user_id": s.id("cyd")}

    async def call(who: str, method: str, path: str, body: dict[str, str] | None = None) -> None:
        await s.call(who, method, path, body)
        await s.calm()

    await call("ann", "POST", members, ben)
    await call("cyd", "POST", members, cyd)
    await call("cyd", "DELETE", f"{members}/{s.id('cyd')}")
    await call("cyd", "GET", f"/channels/{channel}/posts?per_page=1")
    await call("cyd", "POST", members, cyd)
    await call("ann", "DELETE", f"{members}/{s.id('cyd')}")
    await call("ann", "POST", members, cyd)
    await call("ben", "POST", f"/channels/{secret}/members", ben)
    await call("ann", "POST", f"/channels/{secret}/members", ben)
    await call("ben", "DELETE", f"/channels/{secret}/members/{s.id('ben')}")
    await call("ben", "GET", f"/channels/{secret}")
    await call("ben", "GET", f"/channels/{secret}/posts")
    await call("ben", "DELETE", f"/channels/{square}/members/{s.id('ben')}")
    await s.compare_events(unordered=True)


async def archive(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    body = {"team_id": s.team, "name": "tomb", "display_name": "Tomb", "type": "O"}
    channel = (await s.call("ann", "POST", "/channels", body))["id"]
    s.channels["tomb"] = channel
    path, mine = f"/channels/{channel}", f"/users/me/teams/{s.team}/channels"
    await s.call("ann", "POST", path + "/members", {"user_id": s.id("ben")})
    await s.post("ben", "tomb", "before archive")
    await s.call("ann", "DELETE", path)
    await s.post("ben", "tomb", "after archive")
    await s.call("ben", "GET", path + "/posts?per_page=2")
    listed = await s.call("ben", "GET", mine)
    assert channel not in [row["id"] for row in listed]
    await s.call("ben", "GET", mine + "?include_deleted=true")
    await s.call("ann", "GET", f"/teams/{s.team}/channels/deleted")
    await s.call("ben", "POST", path + "/restore")
    await s.call("ann", "POST", path + "/restore")
    await s.call("ann", "DELETE", f"/channels/{s.channels['town-square']}")
    await s.call("ann", "DELETE", path)
    await s.compare_events(unordered=True)


async def browse(s: Stage) -> None:
    team = f"/teams/{s.team}/channels"
    await s.call("dot", "GET", team + "?page=0&per_page=3")
    found = await s.call("dot", "POST", team + "/search", {"term": "alp"})
    assert [row["name"] for row in found] == ["alpha-prime"]
    await s.call("ann", "GET", team + "/autocomplete?name=al")
    await s.call("ann", "GET", team + "/search_autocomplete?name=sec")
    await s.call("ann", "GET", team + "/name/alpha-prime")
    await s.call("ann", "GET", f"/teams/name/{s.team_name}/channels/name/alpha-prime")
    await s.call("ann", "GET", team + "/name/nope-nope")


async def members(s: Stage) -> None:
    channel = f"/channels/{s.channels['alpha-prime']}"
    ids = [s.id("ann"), s.id("ben")]
    await s.call("ann", "GET", channel + "/members?page=0&per_page=2")
    await s.call("ann", "POST", channel + "/members/ids", ids)
    await s.call("ann", "GET", f"{channel}/members/{ids[1]}")
    await s.call("ann", "GET", f"{channel}/members/{s.id('dot')}")
    stats = await s.call("ann", "GET", channel + "/stats")
    assert stats["member_count"] == 3


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


SCENARIOS = {
    "20-channel-add-join-leave": join_and_leave,
    "22-channel-archive-restore": archive,
    "24-channel-browse": browse,
    "25-channel-members": members,
    "26-dm-create": direct,
    "27-gm-create": group,
}
