"""Finding the server, signing in, being refused, signing out (recordings 01–04, 06–11)."""

from __future__ import annotations

from tests.contracts.stage import Stage

NOBODY = {"headers": {"Authorization": ""}}


async def ping_config_licence(s: Stage) -> None:
    await s.call("anonymous", "GET", "/system/ping")
    await s.call("anonymous", "GET", "/config/client?format=old")
    await s.call("anonymous", "GET", "/license/client?format=old")
    await s.call("anonymous", "GET", "/config/client")


async def config_authenticated(s: Stage) -> None:
    await s.call("ann", "GET", "/config/client?format=old")
    await s.call("ann", "GET", "/license/client?format=old")


async def login_ok(s: Stage) -> None:
    ann = s.people["ann"]
    for name in (ann.username, f"{ann.username}@example.com", ann.username.upper()):
        await s.call("anonymous", "POST", "/users/login", {"login_id": name, "password": ann.password})


async def login_bad_password(s: Stage) -> None:
    ann = s.people["ann"].username
    for name, password in ((ann, "wrong"), ("no.such.user", "x"), (ann, ""), ("", "x")):
        await s.call("anonymous", "POST", "/users/login", {"login_id": name, "password": password})
    await s.call("anonymous", "POST", "/users/login", content=b"{not json")
    await s.call("anonymous", "GET", "/users/login")


async def login_cookie(s: Stage) -> None:
    eve = s.people["eve"]
    body = {"login_id": eve.username, "password": eve.password}
    extra = {"X-Requested-With": "XMLHttpRequest"}
    _, response = await s.response("anonymous", "POST", "/users/login", body, headers=extra)
    token, csrf = response.cookies["MMAUTHTOKEN"], response.cookies["MMCSRF"]
    cookie = {"Cookie": f"MMAUTHTOKEN={token}", "Authorization": ""}
    path = f"/users/{eve.id}/patch"
    await s.call("eve", "GET", "/users/me", headers=cookie)
    await s.call("eve", "PUT", path, {"nickname": "E1"}, headers=cookie)
    await s.call("eve", "PUT", path, {"nickname": "E2"}, headers={**cookie, "X-CSRF-Token": csrf})
    both = {"Cookie": f"MMAUTHTOKEN={token}", "Authorization": f"Bearer {token}"}
    await s.call("eve", "PUT", path, {"nickname": "E3"}, headers=both)


async def unauthenticated(s: Stage) -> None:
    token = s.token("ann")
    await s.call("anonymous", "GET", "/users/me")
    await s.call("anonymous", "GET", "/users/me", headers={"Authorization": "Bearer " + "z" * 26})
    await s.call("anonymous", "GET", "/users/me", headers={"Authorization": "Basic eDp5"})
    await s.call("ann", "GET", "/users/me", headers={"Authorization": f"bearer {token}"})
    await s.call("ann", "GET", "/users/me", headers={"Authorization": f"token {token}"})
    await s.call("ann", "GET", "/users/me?access_token=TOKEN".replace("TOKEN", token), **NOBODY)


async def access_token(s: Stage) -> None:
    ann = s.id("ann")
    await s.call("ann", "POST", f"/users/{ann}/tokens", {"description": "x"})
    roles = {"roles": "system_user system_user_access_token"}
    await s.call("admin", "PUT", f"/users/{ann}/roles", roles)
    made = await s.call("ann", "POST", f"/users/{ann}/tokens", {"description": "terminal"})
    await s.call("ann", "GET", f"/users/{ann}/tokens")
    pat = {"headers": {"Authorization": f"Bearer {made['token']}"}}
    one = {"token_id": made["id"]}
    await s.call("ann", "GET", "/users/me", **pat)
    await s.call("ann", "GET", "/users/me/sessions")
    await s.call("ann", "POST", "/users/tokens/disable", one)
    await s.call("ann", "GET", "/users/me", **pat)
    await s.call("ann", "POST", "/users/tokens/enable", one)
    await s.call("ann", "POST", "/users/logout", **pat)
    await s.call("ann", "GET", "/users/me", **pat)
    await s.call("ann", "POST", "/users/tokens/revoke", one)
    await s.call("ann", "GET", "/users/me", **pat)


async def logout(s: Stage) -> None:
    """The websocket of a dead session stays open; its ping fails."""
    ear = await s.ear("eve")
    await ear.until(1)
    await s.call("eve", "GET", "/users/me/sessions")
    await s.call("eve", "POST", "/users/logout")
    await s.call("eve", "GET", "/users/me")
    await s.call("eve", "POST", "/users/logout")
    await ear.say("ping")
    await s.compare_events()


async def revoked(s: Stage) -> None:
    eve = s.people["eve"]
    body = {"login_id": eve.username, "password": eve.password}
    doomed = (await s.quiet("anonymous", "POST", "/users/login", json=body)).headers["token"]
    ear = await s.ear("eve-revoked", token=doomed)
    await ear.until(1)
    sessions = await s.call("eve", "GET", "/users/me/sessions")
    newest = max(sessions, key=lambda row: row["create_at"])
    await s.call("eve", "POST", f"/users/{eve.id}/sessions/revoke", {"session_id": newest["id"]})
    await s.call("eve", "GET", "/users/me", headers={"Authorization": f"Bearer {doomed}"})
    await ear.say("ping")
    await s.compare_events()


async def me_etag(s: Stage) -> None:
    ben = s.people["ben"]
    _, response = await s.response("ann", "GET", "/users/me")
    await s.call("ann", "GET", "/users/me", headers={"If-None-Match": response.headers["etag"]})
    await s.call("ann", "GET", f"/users/{ben.id}")
    await s.call("ann", "GET", f"/users/username/{ben.username}")
    await s.call("ann", "GET", f"/users/email/{ben.username}@example.com")
    await s.call("ann", "GET", "/users/username/no.such.person")


SCENARIOS = {
    "01-ping-config-license": ping_config_licence,
    "02-config-authenticated": config_authenticated,
    "03-login-ok": login_ok,
    "04-login-bad-password": login_bad_password,
    "06-login-cookie-csrf": login_cookie,
    "07-unauthenticated-401": unauthenticated,
    "08-personal-access-token": access_token,
    "09-logout": logout,
    "10-session-revoked-ws": revoked,
    "11-me-etag": me_etag,
}
