"""The last lines: the state of the line, of the queue, of the folders; and the keys that work here.

Invariant: every state has a sign and a word. Seconds are only counted while there is something to wait for.
"""

from __future__ import annotations

from collections.abc import Set
from time import monotonic

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer

from tui.client.wording.states import connection_short
from tui.core.changes import ChangeKind
from tui.core.connection import ConnectionState
from tui.core.folders import Light
from tui.core.ids import Millis
from tui.core.transfers import RUNNING
from tui.settings.formats import Formats
from tui.settings.i18n import _, ngettext
from tui.ui.bridge import Changed
from tui.ui.look import Look
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, ends, width_of, wrap
from tui.ui.widgets.hints import hint_line
from tui.ui.widgets.text_lines import TextLines

_KINDS = (
    ChangeKind.CONNECTION,
    ChangeKind.TRAFFIC,
    ChangeKind.OUTBOX,
    ChangeKind.MEMBERSHIPS,
    ChangeKind.CHANNELS,
    ChangeKind.FOLDERS,
    ChangeKind.TRANSFERS,
)
BETWEEN = "  ·  "
WITH_SIDEBAR = 70
"""Columns from which the sidebar stands beside the messages (main.tcss, -tight)."""
RESTING = frozenset({"tele.outbox.held", "tele.outbox.paused"})
"""Why an item is parked by the person's own wish."""
MOVING_SECONDS, MOVING_SECONDS_THIN = 2.0, 10.0
TELL_SECONDS, ALARM_SECONDS = 5.0, 12.0


class StatusLine(Vertical):
    """Two lines; the lower one names the keys of an area."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(id="status")
        self._shared = shared
        self._area = "composer"
        self._without: Set[str] = frozenset()
        self._state = TextLines(self._draw_state, ground="surface", most=1, id="status-state")
        self._hints = TextLines(self._draw_hints, ground="surface", most=3, id="status-hints")
        self._countdown: Timer | None = None
        self._silence: Timer | None = None
        self._moving: Timer | None = None
        self._words = ""
        self._alarm = False
        self._figures: tuple[float, str, str] = (float("-inf"), "", "")
        """When round trip and bytes were read last (monotonic), and how they are written."""

    def compose(self) -> ComposeResult:
        yield self._state
        yield self._hints

    def on_mount(self) -> None:
        self._countdown = self.set_interval(1.0, self._state.restyle, pause=True)

    def changed(self, changed: Changed) -> None:
        if changed.has(ChangeKind.CONNECTION, ChangeKind.TRAFFIC):
            self._figures = (float("-inf"), "", "")
        if changed.has(*_KINDS):
            self.read()

    def read(self) -> None:
        """Shows the states as they are now."""
        self._state.restyle()
        if self._countdown is not None:
            waiting = self._shared.client.connection().next_try_at > self._shared.now()
            (self._countdown.resume if waiting else self._countdown.pause)()

    def show_keys_of(self, area: str, without: Set[str] = frozenset()) -> None:
        """The keys of an area, but those actions that mean nothing at the moment."""
        if (area, without) != (self._area, self._without):
            self._area, self._without = area, without
            self._hints.restyle()

    def tell(self, words: str, *, alarm: bool = False) -> None:
        """Says something in place of the keys, for a while or until the next thing."""
        self._words, self._alarm = words, alarm
        self._hints.restyle()
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(ALARM_SECONDS if alarm else TELL_SECONDS, self.hush)

    def hush(self) -> None:
        """Shows the keys again."""
        if self._words:
            self._words = ""
            self._hints.restyle()

    def _draw_state(self, width: int, look: Look) -> list[Line]:
        client, formats = self._shared.client, self._shared.formats
        state = link_state(client.connection(), self._shared.now(), formats, look)
        thin = _("thin") if client.line.profile.name == "thin" else ""
        figures = [words for words in (thin, *self._line_figures(formats)) if words]
        counts = self._counts(look, dots_seen=width >= WITH_SIDEBAR)
        light = folder_light(client.folders.snapshot().light, look)
        while True:
            line = _joined([state, *([Segment(words, look.muted)] for words in figures), *counts], look)
            if not figures or width_of(line) + width_of(light) < width:
                return [ends(line, light, width)]
            figures.pop()  # what waits for me is never cut for the sake of figures

    def _line_figures(self, formats: Formats) -> tuple[str, str]:
        """Round trip and bytes, coarse and read anew only now and then: they cost terminal bytes, too."""
        client, now = self._shared.client, monotonic()
        read_at, trip, total = self._figures
        every = client.line.profile.figures_every
        if now - read_at >= (every if total else 0.0):
            traffic = client.traffic()
            carried = traffic.http_up + traffic.http_down + traffic.ws_up + traffic.ws_down
            trip = f"{_coarse(traffic.round_trip_ms)} ms" if traffic.round_trip_ms else ""
            total = formats.size(_coarse(carried)) if carried else ""
            self._figures = (now, trip, total)
        return trip, total

    def _counts(self, look: Look, *, dots_seen: bool) -> list[Line]:
        """What waits to be sent or read; beside the sidebar's dots only who calls for me."""
        items = self._shared.client.outbox.all()
        parked = sum(item.state == "parked" and item.reason not in RESTING for item in items)
        waiting = len(items) - parked
        unread = self._shared.client.sidebar.total()
        parts: list[Line] = []
        moving = [one for one in self._shared.client.files.transfers() if one.state == RUNNING]
        if moving:
            share = sum(one.done for one in moving) * 100 // max(1, sum(one.size for one in moving))
            parts.append([Segment(f"↕ {min(100, share)} %", look.accent)])
            self._look_again()
        if waiting:
            text = ngettext("○ {n} to send", "○ {n} to send", waiting).format(n=waiting)
            parts.append([Segment(text, look.warning)])
        if parked:
            text = ngettext("✗ {n} not sent", "✗ {n} not sent", parked).format(n=parked)
            parts.append([Segment(text, look.error)])
        if unread.mentions:
            text = ngettext("{n} mention", "{n} mentions", unread.mentions).format(n=unread.mentions)
            parts.append([Segment(text, look.accent)])
        elif unread.messages and not dots_seen:
            parts.append([Segment(_("{n} unread").format(n=unread.messages), look.muted)])
        return parts

    def _look_again(self) -> None:
        """While files move, their share is drawn anew now and then."""
        if self._moving is None:
            every = MOVING_SECONDS_THIN if self._shared.client.line.profile.name == "thin" else MOVING_SECONDS
            self._moving = self.set_timer(every, self._moved)

    def _moved(self) -> None:
        self._moving = None
        self._state.restyle()

    def _draw_hints(self, width: int, look: Look) -> list[Line]:
        if self._words:
            sign, style = ("! ", look.warning) if self._alarm else ("· ", look.accent)
            return wrap([Segment(sign, style), Segment(self._words, style)], width)
        return [hint_line(self._shared.footer_actions(self._area, self._without), width, look)]


def _coarse(value: float) -> int:
    """To two digits: 1,234 is 1,200."""
    step: int = 10 ** max(0, len(str(int(value))) - 2)
    return round(value / step) * step


def _joined(parts: list[Line], look: Look) -> Line:
    line: Line = []
    for part in parts:
        line += [Segment(BETWEEN, look.border), *part] if line else part
    return line


_SIGNS = {
    "online": ("●", "success", "muted"),
    "catching_up": ("●", "accent", "muted"),
    "connecting": ("◌", "warning", "muted"),
    "offline": ("○", "error", "error"),
    "signed_out": ("✗", "error", "error"),
    "stopped": ("○", "muted", "muted"),
}
"""For each kind of connection: sign, role of the sign, role of the words."""


def link_state(state: ConnectionState, now: Millis, formats: Formats, look: Look) -> Line:
    """Sign and words for the line to the server."""
    sign, sign_role, role = _SIGNS[state.kind]
    sign_style: Style = getattr(look, sign_role)
    style: Style = getattr(look, role)
    return [Segment(f"{sign} ", sign_style), Segment(connection_short(state, now, formats), style)]


def folder_light(light: Light, look: Look) -> Line:
    """One sign and word for all shared folders; [] where there is no Syncthing."""
    match light:
        case Light.OK:
            return [Segment("✓ ", look.success), Segment(_("files up to date"), look.muted)]
        case Light.SYNC:
            return [Segment("↕ ", look.accent), Segment(_("files syncing"), look.muted)]
        case Light.ATTENTION:
            return [Segment("! ", look.error), Segment(_("files need attention"), look.error)]
        case Light.PAUSED:
            return [Segment("= ", look.muted), Segment(_("files paused"), look.muted)]
        case Light.NONE:
            return []
