"""A new account by an invite link, a team by one, invitations by e-mail (recordings 75–77)."""

from __future__ import annotations

from typing import Any

from tests.contracts.stage import Stage

UNKNOWN = "x" * 26
PASSWORD = "Contract-Passw0rd!"


def _account(name: str, **other: str) -> dict[str, str]:
    return {"username": name, "email": f"{name}@example.com", "password": PASSWORD, **other}


async def _code(s: Stage) -> str:
    team: dict[str, Any] = (await s.quiet("ann", "GET", f"/teams/{s.team}")).json()
    return str(team["invite_id"])


def _name(s: Stage, name: str) -> str:
    """As the other people of this stage are called: name.r12345."""
    return s.people["ann"].username.replace("ann", name)


async def new_account(s: Stage) -> None:
    """The link names the team; the account is in it at once; each refusal has an id of its own."""
    code = await _code(s)
    fay, gil = _name(s, "fay"), _name(s, "gil")
    seen = await s.call("nobody", "GET", f"/teams/invite/{code}")
    assert seen["id"] == s.team
    await s.call("nobody", "GET", f"/teams/invite/{UNKNOWN}")
    made = await s.call("nobody", "POST", f"/users?iid={code}", _account(fay))
    await s.call("nobody", "POST", f"/users?iid={code}", _account(fay))
    same_mail = _account(gil, email=f"{fay}@example.com")
    await s.call("nobody", "POST", f"/users?iid={code}", same_mail)
    await s.call("nobody", "POST", f"/users?iid={UNKNOWN}", _account(gil))
    await s.call("nobody", "POST", f"/users?iid={code}", _account(gil, password="x"))
    await s.call("nobody", "POST", f"/users?iid={code}", _account("9 lives", email=f"{gil}@example.com"))
    await s.call("nobody", "POST", f"/users?iid={code}", _account(gil, email="no mail"))
    members = (await s.quiet("ann", "GET", f"/teams/{s.team}/members?per_page=200")).json()
    assert made["id"] in {row["user_id"] for row in members}


async def team_by_invite(s: Stage) -> None:
    """Whoever has the code is in; twice is no mistake."""
    code = await _code(s)
    path = "/teams/members/invite?invite_id="
    await s.call("eve", "GET", f"/teams/{s.team}")
    await s.call("eve", "POST", path + UNKNOWN)
    joined = await s.call("eve", "POST", path + code)
    assert (joined["team_id"], joined["user_id"]) == (s.team, s.id("eve"))
    await s.call("eve", "POST", path + code)
    await s.call("eve", "GET", f"/teams/{s.team}")


async def invite_by_email(s: Stage) -> None:
    """Each address is told of; the mails go out later, so that none is refused for what it looks like."""
    path = f"/teams/{s.team}/invite/email"
    both = ["ivy@example.com", "nonsense"]
    told = await s.call("ann", "POST", path + "?graceful=true", both)
    assert [row["email"] for row in told] == both
    await s.call("dot", "POST", path + "?graceful=true", both[:1])
    await s.call("ann", "POST", path, both[:1])
    await s.call("ann", "POST", path + "?graceful=true", [])
    await s.call("eve", "POST", path + "?graceful=true", both[:1])
    await s.call("nobody", "POST", path + "?graceful=true", both[:1])


SCENARIOS = {
    "75-new-account": new_account,
    "76-team-by-invite": team_by_invite,
    "77-invite-by-email": invite_by_email,
}
