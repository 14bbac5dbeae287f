"""Preferences and sidebar categories (recordings 49, 50)."""

from __future__ import annotations

from tests.contracts.stage import Stage


async def preferences(s: Stage) -> None:
    await s.listen("ann")
    ann = s.id("ann")
    mine = f"/users/{ann}/preferences"

    def row(category: str, name: str, value: str, owner: str = ann) -> dict[str, str]:
        return {"user_id": owner, "category": category, "name": name, "value": value}

    military = row("display_settings", "use_military_time", "true")
    await s.quiet(
        "ann", "PUT", mine, json=[row("custom_status", "recent_custom_statuses", '[{"emoji":"x"}]')]
    )
    await s.quiet("ann", "PUT", mine, json=[row("display_settings", "collapsed_reply_threads", "off")])
    await s.hush()
    await s.call("ann", "GET", "/users/me/preferences")
    await s.call("ann", "PUT", mine, [military, row("display_settings", "name_format", "full_name")])
    await s.call("ann", "GET", "/users/me/preferences/display_settings")
    await s.call("ann", "GET", "/users/me/preferences/display_settings/name/name_format")
    await s.call("ann", "GET", "/users/me/preferences/display_settings/name/nothing")
    foreign = row("display_settings", "name_format", "x", s.id("ben"))
    await s.call("ann", "PUT", "/users/me/preferences", [foreign])
    await s.call("ann", "POST", mine + "/delete", [military])
    await s.call("ann", "PUT", mine, [row("direct_channel_show", s.id("ben"), "false")])
    nameless = {"category": "display_settings", "name": "x", "value": "y"}
    await s.call("ann", "PUT", "/users/me/preferences", [nameless])
    await s.call("ann", "PUT", "/users/me/preferences", [{**nameless, "user_id": "me"}])
    await s.call("ann", "PUT", "/users/me/preferences", [])
    await s.compare_events()


async def categories(s: Stage) -> None:
    await s.quiet("ann", "POST", "/channels/direct", json=[s.id("ann"), s.id("ben")])
    body = {"team_id": s.team, "name": "pages", "display_name": "Pages", "type": "O"}
    pages = (await s.quiet("ann", "POST", "/channels", json=body)).json()["id"]
    alpha = s.channels["alpha-prime"]
    await s.listen("ann")
    ann = s.id("ann")
    mine, base = (f"/users/{who}/teams/{s.team}/channels/categories" for who in ("me", ann))
    ids = (await s.call("ann", "GET", mine))["order"]
    new = {"user_id": ann, "team_id": s.team, "display_name": "Project", "channel_ids": [pages]}
    made = await s.call("ann", "POST", base, new)
    one = f"{base}/{made['id']}"
    full = {**made, "sorting": "alpha", "collapsed": True, "channel_ids": [alpha, pages]}
    await s.call("ann", "PUT", one, full)
    await s.call("ann", "PUT", base + "/order", [ids[0], made["id"], *ids[1:]])
    favourites = {
        "id": ids[0],
        "user_id": ann,
        "team_id": s.team,
        "sorting": "",
        "type": "favorites",
        "display_name": "Favorites",
        "muted": False,
        "collapsed": False,
        "channel_ids": [alpha],
    }
    await s.call("ann", "PUT", base, [favourites])
    await s.call("ann", "GET", mine)
    await s.call("ann", "PUT", one, {**made, "muted": True, "channel_ids": [pages]})
    row = await s.call("ann", "GET", f"/channels/{pages}/members/me")
    assert row["notify_props"]["mark_unread"] == "mention"
    await s.call("ann", "DELETE", one)
    await s.call("ann", "DELETE", f"{base}/{ids[0]}")
    listed = await s.call("ann", "GET", mine)
    assert pages in listed["categories"][1]["channel_ids"]
    await s.call("ann", "GET", mine + "/order")
    await s.compare_events()


SCENARIOS = {"49-preferences": preferences, "50-sidebar-categories": categories}
