"""Joining a meeting: what it leads to, what to say before, and its secret at the last moment.

Invariant: a token is read, exchanged and put into an address only while that address is being opened; nothing
here keeps one. A host that is not known for meetings never gets a token.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeout

from tui.client.base import Base
from tui.client.wording import meetings as words
from tui.core.errors import TeleteamError
from tui.core.ids import Millis
from tui.core.jitsi_links import PRESETS
from tui.core.links import check_url, redact_tokens
from tui.core.meeting_times import is_expired
from tui.core.meetings import JITSI, Meeting, is_token, join_url, meeting_token
from tui.core.opening import OpenRequest
from tui.core.values import dataclass

PRESET_KEY = "meeting_preset"
ENDED, EXPIRED, NO_LINK = "ended", "expired", "no_link"
UNKNOWN_HOST, NEEDS_TOKEN = "unknown_host", "needs_token"
TOKEN_SECONDS = 10.0
"""Longest wait for my own token; the post's own does then."""


@dataclass(frozen=True, slots=True)
class JoinPlan:
    """A way into a meeting. `url` is safe to show: it holds no token; "" = only the web app leads there."""

    meeting: Meeting
    url: str
    preset: str = "normal"
    warnings: tuple[str, ...] = ()
    """What is to be said before: ENDED, EXPIRED, NO_LINK, UNKNOWN_HOST, NEEDS_TOKEN."""
    secret: bool = False
    """Entering takes a token, and there is one to be had."""


def warnings_of(meeting: Meeting, now: Millis) -> tuple[str, ...]:
    """What speaks against joining, the weightiest first."""
    found = {
        ENDED: 0 < meeting.ended_at <= now,
        EXPIRED: is_expired(meeting, now),
        NO_LINK: not meeting.link,
        UNKNOWN_HOST: bool(meeting.link) and not meeting.certain,
        NEEDS_TOKEN: meeting.needs_token and bool(meeting.link),
    }
    return tuple(name for name, said in found.items() if said)


class Joiner:
    """`permalink`: the address of a post in the web app, for meetings that have no link of their own."""

    def __init__(self, base: Base, permalink: Callable[[str], str]) -> None:
        self._base = base
        self._permalink = permalink

    def plan(self, meeting: Meeting, preset: str = "") -> JoinPlan:
        """How to join. `preset`: a key of `jitsi_links.PRESETS`; "" = the one taken last."""
        chosen = preset if preset in PRESETS else self.preset()
        warnings = warnings_of(meeting, self._base.clock.now())
        enters = NEEDS_TOKEN in warnings and not {EXPIRED, UNKNOWN_HOST} & set(warnings)
        return JoinPlan(
            meeting, self._url(meeting, chosen), chosen, warnings, enters and bool(self._token(meeting))
        )

    def preset(self) -> str:
        """The preset that was taken last."""
        kept = self._base.store.kept.get(PRESET_KEY) or ""
        return kept if kept in PRESETS else "normal"

    def remember(self, preset: str) -> None:
        if preset in PRESETS and preset != self.preset():
            self._base.note(lambda desk: desk.kept.set(PRESET_KEY, preset))

    def request(self, plan: JoinPlan) -> OpenRequest:
        """What is to be opened: shown without the token, which is fetched while it is opened.

        Raises UserMistake("tele.input.url") where a meeting has neither a link nor a post.
        """
        meeting = plan.meeting
        link = check_url(plan.url or self._permalink(meeting.post_id))
        told = [name for name in plan.warnings if name != NEEDS_TOKEN]
        return OpenRequest(
            link,
            real=(lambda: self._address(plan)) if plan.secret else None,
            sensitive=plan.secret,
            label=meeting.topic,
            warnings=tuple(str(words.WARNINGS[name]) for name in told),
            meeting=True,
        )

    def _address(self, plan: JoinPlan) -> str:
        """The address with my own token, exchanged now; with the post's where that fails (the meeting server
        alone decides). Blocks for TOKEN_SECONDS at most; a secret.
        """
        token = self._token(plan.meeting)
        asked = self._base.lane.ask(lambda api: api.enrich_meeting_token(token))
        try:
            own = asked.result(TOKEN_SECONDS)
        except (TeleteamError, FutureTimeout, CancelledError):
            own = token
        return self._url(plan.meeting, plan.preset, own if is_token(own) else token)

    def _url(self, meeting: Meeting, preset: str, token: str = "") -> str:
        """Jitsi's with my name, which is left out where it looks like a token itself."""
        name = self._base.lookups.name(self._base.me) if meeting.provider == JITSI else ""
        shown = name if redact_tokens(name) == name else ""
        return join_url(meeting, name=shown, preset=preset, token=token)

    def _token(self, meeting: Meeting) -> str:
        post = self._base.store.posts.get(meeting.post_id) if meeting.post_id else None
        return meeting_token(post) if post is not None else ""
