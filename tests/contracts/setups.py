"""The recorded company on a fresh demo server, or on a real one: ann, ben, cyd, dot and eve in a team.

Invariant: ann, ben and cyd are in ~alpha-prime, dot is in the team only, eve has no team; ann is admin of
team and channel. A real server is used through its REST API alone and keeps what was made.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from tests.contracts.stage import Person, Stage
from tui.demo import membership
from tui.demo.records import User
from tui.demo.server import DemoServer
from tui.demo.world import World

NAMES = ("ann", "ben", "cyd", "dot", "eve")
IN_TEAM = NAMES[:4]
IN_CHANNEL = NAMES[:3]
PASSWORD = "Contract-Passw0rd!"
LIVE = "TELETEAM_LIVE_"


def _people(number: str) -> dict[str, Person]:
    return {name: Person(name, f"{name}.r{number}", PASSWORD) for name in NAMES}


@asynccontextmanager
async def demo_stage(name: str) -> AsyncIterator[Stage]:
    """The scenario's stage on a demo server of its own."""
    people = _people("10000")
    server = DemoServer(7, lambda world: _furnish(world, people))
    server.start()
    people["admin"] = Person("admin", "admin", PASSWORD)
    stage = Stage(name, server.url, people)
    try:
        await _sign_in(stage)
        await _find_places(stage, "rec-10000")
        yield stage
    finally:
        await stage.end()
        server.stop()


def _furnish(world: World, people: dict[str, Person]) -> None:
    world.add_user("admin", PASSWORD, roles="system_admin system_user")
    users = {name: _user(world, person) for name, person in people.items()}
    team = membership.add_team(world, "rec-10000", "Rec 10000", "contract team")
    for name in IN_TEAM:
        membership.add_to_team(world, team, users[name], admin=name == "ann")
    public = membership.add_channel(world, team, "alpha-prime", "Alpha Prime", creator=users["ann"])
    secret = membership.add_channel(world, team, "secret", "Secret", kind="P", creator=users["ann"])
    for name in IN_CHANNEL:
        membership.enter(world, public, users[name], admin=name == "ann")
    membership.enter(world, secret, users["ann"], admin=True)
    world.preferences.update({user.id: {("tutorial_step", user.id): "0"} for user in users.values()})


def _user(world: World, person: Person) -> User:
    first = person.name.capitalize()
    return world.add_user(
        person.username, PASSWORD, first_name=first, last_name="Recorder", nickname=first[0]
    )


async def _sign_in(stage: Stage) -> None:
    for person in stage.people.values():
        body = {"login_id": person.username, "password": person.password}
        response = await stage.http.post("/api/v4/users/login", json=body)
        response.raise_for_status()
        person.id, person.token = response.json()["id"], response.headers["token"]
        stage.http.cookies.clear()


async def _find_places(stage: Stage, team_name: str) -> None:
    team = (await stage.quiet("ann", "GET", "/users/me/teams")).json()[0]
    stage.team, stage.team_name = team["id"], team_name
    rows = (await stage.quiet("ann", "GET", f"/users/me/teams/{stage.team}/channels")).json()
    stage.channels = {row["name"]: row["id"] for row in rows}


@asynccontextmanager
async def live_stage(name: str, make: type[Stage] = Stage) -> AsyncIterator[Stage]:
    """The same on a real server named by TELETEAM_LIVE_URL, with TELETEAM_LIVE_ADMIN and …_PASSWORD."""
    number = str(10000 + secrets.randbelow(89999))
    people = _people(number)
    admin = Person("admin", os.environ[LIVE + "ADMIN"], os.environ[LIVE + "PASSWORD"])
    stage = make(name, os.environ[LIVE + "URL"].rstrip("/"), {**people, "admin": admin})
    try:
        await _live_people(stage, people, admin)
        await _live_places(stage, people, number)
        yield stage
    finally:
        await stage.end()


async def _live_people(stage: Stage, people: dict[str, Person], admin: Person) -> None:
    body = {"login_id": admin.username, "password": admin.password}
    response = await stage.http.post("/api/v4/users/login", json=body)
    response.raise_for_status()
    admin.id, admin.token = response.json()["id"], response.headers["token"]
    for person in people.values():
        first = person.name.capitalize()
        account = {
            "username": person.username,
            "email": f"{person.username}@example.com",
            "password": person.password,
            "first_name": first,
            "last_name": "Recorder",
            "nickname": first[0],
        }
        _checked(await stage.quiet("admin", "POST", "/users", json=account))
    await _sign_in(stage)


async def _live_places(stage: Stage, people: dict[str, Person], number: str) -> None:
    team = {"name": f"rec-{number}", "display_name": f"Rec {number}", "type": "O"}
    stage.team = _checked(await stage.quiet("ann", "POST", "/teams", json=team))["id"]
    for name in IN_TEAM[1:]:
        body = {"team_id": stage.team, "user_id": people[name].id}
        _checked(await stage.quiet("ann", "POST", f"/teams/{stage.team}/members", json=body))
    for name, title, kind in (("alpha-prime", "Alpha Prime", "O"), ("secret", "Secret", "P")):
        body = {"team_id": stage.team, "name": name, "display_name": title, "type": kind}
        channel = _checked(await stage.quiet("ann", "POST", "/channels", json=body))
        if kind == "O":
            for other in IN_CHANNEL[1:]:
                body = {"user_id": people[other].id}
                _checked(await stage.quiet("ann", "POST", f"/channels/{channel['id']}/members", json=body))
    await _find_places(stage, team["name"])
    for name in IN_CHANNEL:
        body = {"channel_id": stage.channels["alpha-prime"]}
        await stage.quiet(name, "POST", "/channels/members/me/view", json=body)


def _checked(response: httpx.Response) -> dict[str, str]:
    response.raise_for_status()
    value: dict[str, str] = response.json()
    return value
