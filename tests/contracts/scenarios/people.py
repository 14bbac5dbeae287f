"""Looking people up, presence, custom status, typing (recordings 45–48, 51)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def lookup(s: Stage) -> None:
    ann, ben = s.id("ann"), s.id("ben")
    channel = s.channels["alpha-prime"]
    later = (await s.quiet("ann", "GET", "/users/me")).json()["update_at"] + 10_000_000
    await s.call("ann", "POST", "/users/ids", [ann, ben, "z" * 26])
    await s.call("ann", "POST", "/users/ids?since=1", [ann, ben])
    await s.call("ann", "POST", f"/users/ids?since={later}", [ann, ben])
    await s.call("ann", "POST", "/users/usernames", [s.people["cyd"].username, "nope"])
    await s.call("ann", "POST", "/users/ids", [])
    term = s.people["ben"].username[:6]
    await s.call("ann", "POST", "/users/search", {"term": term, "team_id": s.team, "limit": 5})
    path = f"/users/autocomplete?in_team={s.team}&in_channel={channel}&name="
    await s.call("ann", "GET", path + "ben")
    await s.call("ann", "GET", path + "dot")
    await s.call("ann", "GET", "/users/known")
    await s.call("ann", "GET", f"/users?in_team={s.team}&per_page=2")
    await s.call("ann", "GET", f"/users?not_in_channel={channel}&in_team={s.team}&per_page=2")
    await s.call("ann", "GET", f"/users/{ben}/image")
    await s.call("ann", "GET", "/users/stats")


async def statuses(s: Stage) -> None:
    """status_change goes to the person alone."""
    await s.listen("ann", "ben")
    ann, ben = s.id("ann"), s.id("ben")
    mine = f"/users/{ben}/status"
    await s.call("ann", "POST", "/users/status/ids", [ann, ben, s.id("eve"), "z" * 26])
    await s.call("ann", "GET", mine)
    for status in ("dnd", "away", "bogus"):
        await s.call("ben", "PUT", mine, {"user_id": ben, "status": status})
    await s.call("ben", "PUT", f"/users/{ann}/status", {"user_id": ann, "status": "away"})
    await s.call("ben", "PUT", mine, {"user_id": ben, "status": "online"})
    await s.call("ann", "POST", "/users/status/ids", [])
    body = {"user_id": ben, "status": "dnd", "dnd_end_time": 1795457551}
    answer = await s.call("ben", "PUT", mine, body)
    assert answer["dnd_end_time"] == 0
    await s.call("ben", "PUT", mine, {"user_id": ben, "status": "online"})
    await s.ears["ben"].say("user_update_active_status", {"user_is_active": True, "manual": False})
    await s.compare_events()
    told = [f["data"]["status"] for f in s.ears["ben"].heard if f.get("event") == "status_change"]
    assert told[-5:] == ["dnd", "away", "online", "dnd", "online"]
    assert not [f for f in s.ears["ann"].heard if f.get("data", {}).get("user_id") == ben]


async def custom_status(s: Stage) -> None:
    await s.listen("ann", "ben", "cyd")
    path = f"/users/{s.id('ann')}/status/custom"
    await s.call("ann", "PUT", path, {"emoji": "coffee", "text": "break"})
    await s.call("ben", "GET", f"/users/{s.id('ann')}")
    await s.call("ann", "DELETE", path)
    await s.call("ann", "PUT", path, {"emoji": "", "text": "no emoji"})
    await s.compare_events(unordered=True)


async def patch(s: Stage) -> None:
    """Everybody hears user_updated; a keyword then mentions."""
    ann = s.people["ann"]
    await s.quiet("ann", "PUT", f"/users/{ann.id}/status/custom", json={"emoji": "tea", "text": "tea"})
    await s.listen("ann", "ben", "cyd")
    props = {"channel": "true", "comments": "never", "mention_keys": "annie,contract"}
    path = f"/users/{ann.id}/patch"
    full = {**(await s.quiet("ann", "GET", "/users/me")).json()["notify_props"], **props}
    await s.call("ann", "PUT", path, {"nickname": "Annie", "notify_props": full})
    await s.call("ben", "PUT", path, {"nickname": "x"})
    await s.call("ann", "PUT", "/users/me/patch", {"position": "tester"})
    await s.post("ben", "alpha-prime", "contract keyword")
    await s.compare_events(unordered=True)


async def typing(s: Stage) -> None:
    """The channel is in the broadcast only; the typist hears nothing."""
    root = await s.write("ann", "alpha-prime", "a root")
    await s.listen("ann", "ben", "cyd")
    channel = s.channels["alpha-prime"]
    ear = s.ears["ann"]
    for parent in ("", root["id"]):
        await ear.say("user_typing", {"channel_id": channel, "parent_id": parent})
    await ear.until(2)
    await s.call("ann", "POST", f"/users/{s.id('ann')}/typing", {"channel_id": channel})
    await s.compare_events()
    heard = s.ears["ben"].heard[0]
    assert heard["broadcast"]["channel_id"] == channel
    assert heard["broadcast"]["omit_users"] == {s.id("ann"): True}


SCENARIOS = {
    "45-users-lookup": lookup,
    "46-statuses": statuses,
    "47-custom-status": custom_status,
    "48-user-patch": patch,
    "51-typing": typing,
}
