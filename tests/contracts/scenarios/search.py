"""Searching posts, and slash commands (recordings 57, 59)."""

from __future__ import annotations

from typing import Any

from tests.contracts.scenarios.reading import pages_channel
from tests.contracts.stage import Stage


async def _past(s: Stage) -> None:
    """The texts that the recording searches for."""
    name = s.people["ben"].username
    n = await pages_channel(s)
    await s.quiet("ann", "PUT", f"/posts/{n[1]}/patch", json={"message": "n1 edited"})
    await s.write("ann", "pages", "brand new")
    await s.write("ben", "pages", "a reply", root_id=n[6])
    for number in range(5):
        await s.write("ben", "pages", f"fresh {number}")
    hello = await s.write("ann", "alpha-prime", f"hello @{name} see ~alpha-prime and #tagged")
    reaction = {"user_id": s.id("ann"), "post_id": hello["id"], "emoji_name": "+1"}
    await s.quiet("ann", "POST", "/reactions", json=reaction)
    root = await s.write("ann", "alpha-prime", "thread root")
    for who, text in (("ben", "reply one"), ("ann", "reply two"), ("ben", "reply three")):
        await s.write(who, "alpha-prime", text, root_id=root["id"])
    for text in ("contract keyword", "steal"):
        await s.write("ben", "alpha-prime", text)
    people = [s.id("ann"), s.id("ben"), s.id("cyd")]
    s.channels["gm"] = (await s.quiet("ann", "POST", "/channels/group", json=people)).json()["id"]
    await s.write("ben", "gm", "hi group")


async def search(s: Stage) -> None:
    await _past(s)
    name = s.people["ben"].username
    path = f"/teams/{s.team}/posts/search"

    async def find(terms: str) -> Any:
        body = {
            "terms": terms,
            "is_or_search": False,
            "time_zone_offset": 0,
            "include_deleted_channels": False,
            "page": 0,
            "per_page": 3,
        }
        return await s.call("ann", "POST", path, body)

    for terms in ("edited", f'"hello @{name}"', f"from:{name}", "in:pages n1", f"in:pages from:{name}"):
        await find(terms)
    for terms in ("#tagged", "reply -three", "repl*", "on:2020-01-01"):
        await find(terms)
    s.skip()  # the number of posts in ~pages is the recorder's own
    await find("")
    await find('"unterminated')
    await s.call(
        "ann", "POST", path, {"terms": "brand thread", "is_or_search": True, "page": 0, "per_page": 3}
    )
    await s.call("ann", "POST", path, {"terms": "reply", "page": 1, "per_page": 2})
    await s.call("ann", "POST", path, {"is_or_search": False})
    await s.call("dot", "POST", path, {"terms": "secret", "is_or_search": False})
    await s.call("ann", "POST", "/posts/search", {"terms": "x"})


async def commands(s: Stage) -> None:
    n = await pages_channel(s)
    del n
    root = await s.write("ann", "alpha-prime", "thread root")
    await s.quiet("ann", "POST", "/channels/direct", json=[s.id("ann"), s.id("ben")])
    channel, team = s.channels["alpha-prime"], s.team
    await s.quiet("ann", "PUT", f"/channels/{channel}/patch", json={"header": "new header"})
    await s.listen("ann", "ben", "cyd")
    await s.call("ann", "GET", f"/teams/{team}/commands/autocomplete")
    path = f"/teams/{team}/commands/autocomplete_suggestions?user_input=/sh&team_id={team}"
    await s.call("ann", "GET", f"{path}&channel_id={channel}")

    async def run(text: str, root_id: str = "") -> Any:
        body = {"channel_id": channel, "command": text, "team_id": team, "root_id": root_id}
        answer = await s.call("ann", "POST", "/commands/execute", body)
        await s.calm()
        return answer

    for text in ("/shrug hm", "/me waves", "/away", "/online", "/header set by command"):
        await run(text)
    assert (await run("/join ~pages"))["goto_location"].endswith("/channels/pages")
    for text in ("/code x = 1", "/echo later 1", f"/msg @{s.people['ben'].username} psst"):
        await run(text)
    await run(f"/invite @{s.people['dot'].username}")
    for text in ("/nosuchcommand", "/collapse", "/mute", "/mute", "/help"):
        await run(text)
    assert (await run("/logout"))["goto_location"] == "/login"
    await run("no slash")
    await run("/")
    await run("/shrug in thread", root["id"])
    body = {"channel_id": s.channels["secret"], "command": "/shrug x", "team_id": team}
    await s.call("dot", "POST", "/commands/execute", body)
    await s.compare_events(unordered=True)


SCENARIOS = {"57-search-posts": search, "59-commands": commands}
