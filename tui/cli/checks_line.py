"""`teleteam doctor --line`: what the line to the server is like, and which profile it would get.

Measured with some twelve kilobytes: the round trip by small questions, both rates by how much longer a larger
one takes, and how many answers came late.

Invariant: nothing is written on the server, and the token goes nowhere but to it.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator

from tui.cli.context import Context
from tui.cli.findings import BAD, GOOD, HINT, Finding, finding
from tui.client.clock import SystemClock
from tui.client.wording.errors import sentence
from tui.core.errors import TeleteamError, UserMistake
from tui.core.line_profile import Choice, Measured, choose
from tui.net.mattermost import MattermostApi
from tui.settings.formats import Formats
from tui.settings.i18n import N_, _
from tui.terminal import session

TRIPS, LARGE = 8, 3
"""Questions of each kind."""
UNKNOWN_IDS = 100
"""So many made-up ids in a question that is large on its way up (2.9 kB) and small on its way down."""
LATE = 0.5
"""Seconds; and three times as long as the quickest one."""
LEAST = 0.002
"""Seconds: what takes no longer than this says nothing about a rate."""
TITLE = N_("Line")


def look(context: Context) -> Iterator[Finding]:
    """Round trip, rates, late answers, and the profile; one finding where it cannot be measured."""
    try:
        measured = asyncio.run(_measure(context))
    except (TeleteamError, TimeoutError) as error:
        text = sentence(error) if isinstance(error, TeleteamError) else _("no answer")
        yield finding("line", TITLE, text, BAD)
        return
    yield from _findings(measured, _chosen(context, measured))


async def _measure(context: Context) -> Measured:
    """Raises what the questions raise; UserMistake without an account."""
    account = context.account()
    secret = context.keeper().load(account)
    if secret is None:
        raise UserMistake("tele.input.account")
    api = MattermostApi(account.url, clock=SystemClock(), ca_file=context.config.network.authority)
    api.set_token(secret.token)
    try:
        async with asyncio.timeout(60):
            return await measure(api)
    finally:
        await api.close()


async def measure(api: MattermostApi) -> Measured:
    """Asks one question after the other on one connection; the first one, which connects, does not count."""
    await api.fetch_ping()
    trips = [await _timed(api.fetch_ping) for _ in range(TRIPS)]
    trip = statistics.median(trips)
    down = await _rate(api.fetch_config, trip, lambda: api.traffic().http_down)
    made_up = [secrets.token_hex(13) for _ in range(UNKNOWN_IDS)]
    up = await _rate(lambda: api.fetch_users(made_up), trip, lambda: api.traffic().http_up)
    late = sum(one > max(LATE, 3 * min(trips)) for one in trips) / len(trips)
    return Measured(trip * 1000, down, up, late)


async def _timed(ask: Callable[[], Awaitable[object]]) -> float:
    begun = time.monotonic()
    await ask()
    return time.monotonic() - begun


async def _rate(ask: Callable[[], Awaitable[object]], trip: float, count: Callable[[], int]) -> float:
    """Bytes a second beyond the round trip; 0 = too quick to be told with so few bytes."""
    found: list[float] = []
    for _turn in range(LARGE):
        before = count()
        over = await _timed(ask) - trip
        if over > LEAST:
            found.append((count() - before) / over)
    return statistics.median(found) if len(found) == LARGE else 0.0


def _chosen(context: Context, measured: Measured) -> Choice:
    wish = getattr(context.options, "line", None) or context.config.line.profile
    here = session.detect(os.environ, override=context.config.session.kind)
    return choose(wish, remote=here.remote, measured=measured)


def _findings(line: Measured, choice: Choice) -> Iterator[Finding]:
    formats = Formats()
    trip = _("{n} ms there and back").format(n=round(line.round_trip_ms))
    yield _one("line_trip", trip, choice.reason == "trip", round_trip_ms=round(line.round_trip_ms, 1))
    for part, name, rate in (("line_down", _("down"), line.down), ("line_up", _("up"), line.up)):
        said = formats.rate(rate) if rate else _("faster than some kilobytes can tell")
        yield _one(part, f"{name}: {said}", choice.reason == "rate", bytes_per_second=round(rate))
    late = _("{percent} of the answers came late").format(percent=formats.percent(line.late * 100))
    yield _one("line_late", late, choice.reason == "late", late=round(line.late, 3))
    text = f"{_profile_name(choice)}: {_why(choice)}"
    yield finding(
        "line_profile", TITLE, text, values={"profile": choice.profile.name, "reason": choice.reason}
    )


def _one(part: str, text: str, bad: bool, **values: float) -> Finding:
    return finding(part, TITLE, text, HINT if bad else GOOD, values=values)


def _profile_name(choice: Choice) -> str:
    return _("thin") if choice.profile.name == "thin" else _("rich")


def _why(choice: Choice) -> str:
    match choice.reason:
        case "wish":
            return _("so you have chosen")
        case "session":
            return _("you sit behind SSH or X2Go")
        case "trip":
            return _("the round trip is long")
        case "rate":
            return _("the line is slow")
        case "late":
            return _("answers come late")
        case _:
            return _("nothing speaks against it")
