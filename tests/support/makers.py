"""Short ways to make models for tests: only what matters is named."""

from __future__ import annotations

from typing import Any

from tui.core.models import Channel, Membership, OutboxItem, Post, Target, User

ME = "me"
MINUTE = 60_000
NOON = 1_800_014_400_000


def user(ident: str = ME, **fields: Any) -> User:
    return User(**{"id": ident, "username": ident, **fields})


def channel(ident: str = "c1", **fields: Any) -> Channel:
    named = {"id": ident, "type": "O", "name": ident, "display_name": ident.upper(), "team_id": "t1"}
    return Channel(**{**named, **fields})


def direct(ident: str, partner: str, **fields: Any) -> Channel:
    name = "__".join(sorted((ME, partner)))
    return Channel(**{"id": ident, "type": "D", "name": name, **fields})


def group(ident: str, usernames: str, **fields: Any) -> Channel:
    return Channel(**{"id": ident, "type": "G", "name": "f" * 40, "display_name": usernames, **fields})


def membership(channel_id: str = "c1", **fields: Any) -> Membership:
    return Membership(**{"channel_id": channel_id, "user_id": ME, **fields})


def post(ident: str, at: int = NOON, **fields: Any) -> Post:
    named = {"id": ident, "channel_id": "c1", "user_id": "anna", "message": ident, "create_at": at}
    return Post(**{**named, "update_at": at, **fields})


def queued(cid: str, text: str = "hello", **fields: Any) -> OutboxItem:
    named = {"cid": cid, "kind": "post", "target": Target("c1"), "text": text, "create_at": NOON}
    return OutboxItem(**{**named, **fields})
