"""What happens to one queued command: send, look up, wait, park. Reliability facts §1.3 as pure functions.

A server dedupes `pending_post_id` for 30 s only, per node, and forgets it on restart. So a post is sent again
blindly only within 25 s of its first sending by this process; later it is looked for by our own uuid in its
props, and sent again only where it is absent: under the same pending id, for what was sent when the line was
lost may lie in a kernel or a proxy, and arrive beside what is sent when it is back.

Invariant: a post whose fate is unknown is never sent before it was looked for, and nothing is dropped but
what the server has confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from tui.core.errors import (
    BadAnswer,
    Insecure,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    TeleteamError,
    Throttled,
)
from tui.core.ids import Millis, UserId
from tui.core.models import Json, OutboxItem, Post
from tui.core.values import dataclass

CID_PROP = "teleteam_cid"
SAME_ID_WINDOW = 25.0
"""Seconds in which the same pending id is safe to send again; the server forgets it after 30. Both clocks
must say so: the monotonic one stands still while the machine sleeps, the other one may be set."""
LOOK_BACK: Millis = 60_000
"""How far before the first try to look for our own post: clocks differ."""
MAX_TROUBLES = 5
"""Answers 5xx after which an item is parked and the queue goes on."""
NEVER_SENT = frozenset({"dns", "refused", "unreachable", "proxy", "tls"})
"""Causes of being offline with which no byte of the request has left."""
THROTTLED = "tele.throttled"
STILL_SAVING = "api.post.deduplicate_create_post.pending"


def props_of(item: OutboxItem) -> dict[str, Json]:
    """The props that the item's post has: its own and our uuid."""
    own: dict[str, Json] = json.loads(item.props_json) if item.props_json else {}
    return {**own, CID_PROP: item.cid}


@dataclass(frozen=True, slots=True)
class Attempt:
    """An item with what this process knows of its sending."""

    item: OutboxItem
    started: float | None = None
    """Monotonic time of the first sending under the present pending id; None = not by this process."""
    started_at: Millis = 0
    """The same by the wall clock."""
    troubles: int = 0
    """Answers 5xx in a row."""


@dataclass(frozen=True, slots=True)
class Transmit:
    """Store the item as it is now, then send it."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class LookUp:
    """Store the item, then search the channel (and its thread) for our cid in posts since `since` (by the
    server's clock; 0 = no bound is known)."""

    attempt: Attempt
    since: Millis


@dataclass(frozen=True, slots=True)
class Wait:
    """Store the item; go on after `seconds`, or when the line is back (None)."""

    attempt: Attempt
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Park:
    """Store the item; the queue goes on without it until the person decides."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Done:
    """The server has it: replace the item by `post` (None for what makes no post)."""

    attempt: Attempt
    post: Post | None = None


@dataclass(frozen=True, slots=True)
class PauseAll:
    """The session is dead: store the item and stop sending altogether until signed in again."""

    attempt: Attempt


Outcome: TypeAlias = Wait | Park | Done | PauseAll | LookUp


@dataclass(frozen=True, slots=True)
class Moment:
    """When and as whom something is tried."""

    now: Millis
    monotonic: float
    me: UserId
    unique: str
    """Fresh random hex for a pending id: 5.37 lets anybody's equal one swallow ours."""
    server_time: Millis
    """A time of the server that is surely past: the newest post known. The local clock may be days off."""


def begin(attempt: Attempt, moment: Moment) -> Transmit | LookUp:
    """The next step for the first item of a channel's queue."""
    item = attempt.item
    if item.kind != "post":
        return Transmit(_sending(attempt, moment))
    if item.state == "queued":
        return not_found(attempt, moment)
    if _remembered(attempt, moment):
        return Transmit(_sending(attempt, moment))
    return look_up(attempt)


def not_found(attempt: Attempt, moment: Moment) -> Transmit:
    """Our cid is surely not on the server by now: send, under the pending id that it has, if any."""
    pending = attempt.item.pending_post_id or f"{moment.me}:{moment.now}{moment.unique}"
    minted = replace(attempt.item, pending_post_id=pending)
    fresh = replace(attempt, item=minted, started=moment.monotonic, started_at=moment.now)
    return Transmit(_sending(fresh, moment))


def look_up(attempt: Attempt) -> LookUp:
    return LookUp(attempt, max(0, attempt.item.server_time - LOOK_BACK))


def answered(attempt: Attempt, post: Post) -> Done | LookUp:
    """201. The body must be our own post; another one means that somebody's pending id swallowed ours."""
    if cid_of(post) == attempt.item.cid and post.channel_id == attempt.item.target.channel_id:
        return Done(attempt, post)
    swallowed = replace(attempt, item=replace(attempt.item, pending_post_id=""), started=None)
    return look_up(_unsure(swallowed))


def failed(attempt: Attempt, error: TeleteamError, pause: float) -> Wait | Park | PauseAll:
    """What an error means. `pause` = seconds of the caller's back-off.

    An HTML page or a broken answer says nothing about the post: its fate stays unsure.
    """
    match error:
        case SignedOut():
            return PauseAll(_untouched(attempt))
        case Refused():
            return Park(_parked(attempt, error.id))
        case Throttled():
            return Wait(_because(_untouched(attempt), THROTTLED), error.retry_after)
        case ServerTrouble():
            return _server_trouble(attempt, error, pause)
        case BadAnswer():
            return Wait(_unsure(attempt), pause)
        case Offline() if error.cause not in NEVER_SENT:
            return Wait(_unsure(attempt), None)
        case Offline() | Insecure():
            return Wait(_untouched(attempt), None)
        case _:
            return Park(_parked(attempt, error.id or type(error).__name__))


def lost(attempt: Attempt, reason: str) -> Park:
    """It cannot be sent at all: a file has gone, the target too."""
    return Park(_parked(attempt, reason))


def retried(item: OutboxItem) -> OutboxItem:
    """The person wants a parked item tried again. What may be on the server is looked up first."""
    return replace(item, state="unsure" if item.first_try else "queued", reason="")


def edited(item: OutboxItem, text: str, new_cid: str) -> OutboxItem:
    """A queued text changed. Once tried, it becomes a new command: its old ids may be known to the server."""
    if not item.first_try:
        return replace(item, text=text)
    return replace(
        item,
        cid=new_cid,
        text=text,
        state="queued",
        pending_post_id="",
        attempts=0,
        first_try=0,
        server_time=0,
        reason="",
    )


def may_change(item: OutboxItem) -> bool:
    """Whether the person may still edit, retarget or discard it without doubt about its fate."""
    return item.state in ("queued", "parked")


def find_own(posts: Iterable[Post], cid: str, me: UserId) -> Post | None:
    """Our own post among the server's, by its uuid."""
    return next((post for post in posts if post.user_id == me and cid_of(post) == cid), None)


def cid_of(post: Post) -> str:
    value = post.props.get(CID_PROP)
    return value if isinstance(value, str) else ""


def _remembered(attempt: Attempt, moment: Moment) -> bool:
    """The server still knows our pending id."""
    if attempt.started is None or not attempt.item.pending_post_id:
        return False
    by_wall = (moment.now - attempt.started_at) / 1000
    return moment.monotonic - attempt.started < SAME_ID_WINDOW and 0 <= by_wall < SAME_ID_WINDOW


def _sending(attempt: Attempt, moment: Moment) -> Attempt:
    item = attempt.item
    sending = replace(
        item,
        state="sending",
        attempts=item.attempts + 1,
        first_try=item.first_try or moment.now,
        server_time=item.server_time or moment.server_time,
        reason="",
    )
    return replace(attempt, item=sending)


def _server_trouble(attempt: Attempt, error: ServerTrouble, pause: float) -> Wait | Park:
    if error.id == STILL_SAVING:
        return Wait(_unsure(attempt), 1.0)
    counted = replace(attempt, troubles=attempt.troubles + 1)
    if counted.troubles >= MAX_TROUBLES:
        return Park(_parked(replace(counted, troubles=0), error.id or f"tele.server.{error.status}"))
    return Wait(_unsure(counted), pause)


def _untouched(attempt: Attempt) -> Attempt:
    """The server refused to look at this request; an earlier one may still have been heard."""
    item = attempt.item
    state = "queued" if item.attempts <= 1 else "unsure"
    return replace(attempt, item=replace(item, state=state))


def _because(attempt: Attempt, reason: str) -> Attempt:
    return replace(attempt, item=replace(attempt.item, reason=reason))


def _unsure(attempt: Attempt) -> Attempt:
    """What was never sent (only its files were under way) is not in doubt."""
    if not attempt.item.attempts:
        return attempt
    return replace(attempt, item=replace(attempt.item, state="unsure"))


def _parked(attempt: Attempt, reason: str) -> Attempt:
    return replace(attempt, item=replace(attempt.item, state="parked", reason=reason))
