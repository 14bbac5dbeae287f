"""A meeting, what speaks against joining it, and how to join: in full, with little bandwidth, by ear.

Invariant: everything that should make one look twice is said before anything is opened; no token is here.
"""

from __future__ import annotations

from rich.segment import Segment
from textual import on
from textual.app import ComposeResult

from tui.client.meeting_join import ENDED, EXPIRED, NO_LINK, UNKNOWN_HOST, JoinPlan
from tui.client.wording import meetings as words
from tui.core.meetings import JITSI, Meeting
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.settings.keynames import label
from tui.ui.look import Look
from tui.ui.screens.dialog import Dialog
from tui.ui.screens.picker import Offer, OfferPainter
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, cut, wrap
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import HALF, RowList
from tui.ui.widgets.row_places import dialog_room
from tui.ui.widgets.text_lines import TextLines

TRUST, NEW = "trust", "new"
"""Answers that are no preset: this host is ours from now on; start another meeting."""


class JoinScreen(ListKeys, Dialog[str]):
    """Answers with a key of `jitsi_links.PRESETS`, TRUST or NEW. `started` = it is our own new one."""

    def __init__(self, plan: JoinPlan, shared: Shared, *, started: bool = False) -> None:
        title = _("The meeting has been started") if started else _("Join the meeting")
        super().__init__(title, ((label("enter"), _("Do it")), (label("escape"), _("Cancel"))))
        self._plan = plan
        self._shared = shared
        self.list: RowList[Offer] = RowList(OfferPainter(), ground="panel", grow=HALF, id="join-list")
        self.offers = offers_of(plan)

    def body(self) -> ComposeResult:
        yield TextLines(self._draw_meeting, ground="panel")
        yield self.list

    def on_mount(self) -> None:
        self.list.set_rows(self.offers)
        self.list.focus()

    def action_do_confirm(self) -> None:
        self.dismiss(self.list.cursor_key or None)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_confirm()

    def _draw_meeting(self, width: int, look: Look) -> list[Line]:
        """Topic, provider, host and room, who began it and how long ago, what is to be said. What is long
        gives way to the keys below.
        """
        meeting, room = self._plan.meeting, dialog_room(self.app.size.height) - len(self.offers)
        topic = wrap([Segment(safe_line(meeting.topic, 200) or words.untitled(), look.strong)], width)
        where = wrap([Segment(self._where(meeting), look.muted)], width)
        begun = self._begun(meeting)
        rest = wrap([Segment(begun, look.muted)], width) if begun else []
        for name in self._plan.warnings:
            grave = name in (ENDED, EXPIRED, UNKNOWN_HOST)
            said = f"{'! ' if grave else ''}{words.WARNINGS[name]}"
            rest += wrap([Segment(said, look.warning if grave else look.muted)], width)
        if len([*topic, *where, *rest]) >= room:
            topic, where = cut(topic, 1, width), cut(where, 2, width)
        lines = [*topic, *where, *rest, []]
        self.list.styles.max_height = max(3, room + len(self.offers) - len(lines))
        return lines

    def _where(self, meeting: Meeting) -> str:
        room = _("personal meeting") if meeting.personal else meeting.meeting_id
        parts = (words.provider(meeting.provider), meeting.host, room)
        return " · ".join(safe_line(part, 100) for part in parts if part)

    def _begun(self, meeting: Meeting) -> str:
        """Never that it runs: nobody knows."""
        if not meeting.started_at:
            return ""
        when = self._shared.formats.ago(meeting.started_at, self._shared.now())
        name = safe_line(self._shared.client.people.name(meeting.started_by), 60)
        return _("started by {name}, {when}").format(name=name, when=when) if name else when


def offers_of(plan: JoinPlan) -> list[Offer]:
    """What can be done, what suits best first."""
    new = Offer(NEW, _("Start a new meeting"))
    if plan.meeting.provider != JITSI or NO_LINK in plan.warnings:
        here = _("Open it in the web app") if NO_LINK in plan.warnings else str(words.PRESETS["normal"])
        joins = [Offer("normal", here)]
    else:
        order = sorted(words.PRESETS, key=lambda name: name != plan.preset)
        joins = [Offer(name, str(words.PRESETS[name]), str(words.PRESET_NOTES[name])) for name in order]
    if UNKNOWN_HOST in plan.warnings and plan.meeting.provider == JITSI:
        joins.append(Offer(TRUST, _("It is ours: remember {host}").format(host=plan.meeting.host)))
    gone = {ENDED, EXPIRED} & set(plan.warnings)
    return [new, *joins] if gone else joins
