"""The line above the timeline: what channel this is, what it is for, how many are in it.

Invariant: one line; the title always has room, the header text gives way.
"""

from __future__ import annotations

from rich.segment import Segment

from tui.core.ids import ChannelId
from tui.core.markdown import plain as plain_text
from tui.core.safe_text import safe_line
from tui.settings.i18n import _, ngettext
from tui.ui.look import Look
from tui.ui.shared import Shared
from tui.ui.widgets.cells import Line, crop, ends
from tui.ui.widgets.sidebar_rows import CHANNEL_SIGNS
from tui.ui.widgets.text_lines import TextLines


class ChannelHeader(TextLines):
    def __init__(self, shared: Shared) -> None:
        super().__init__(self._draw_header, ground="surface", most=1, id="header")
        self._shared = shared
        self._channel_id: ChannelId = ""

    def open(self, channel_id: ChannelId) -> None:
        self._channel_id = channel_id
        client = self._shared.client
        client.people.watch([client.channels.partner(channel_id)] if channel_id else (), "header")
        self.restyle()

    def _draw_header(self, width: int, look: Look) -> list[Line]:
        client = self._shared.client
        channel = client.channels.get(self._channel_id) if self._channel_id else None
        if channel is None:
            return [[Segment(" teleteam", look.strong)]]
        sign, style = CHANNEL_SIGNS.get(channel.type, "#"), look.muted
        if channel.type == "D":
            sign, style = look.presence(client.people.status(client.channels.partner(channel.id)))
        title = safe_line(client.channels.title(channel.id), 200) or _("Unknown person")
        left: Line = [Segment(f" {sign} ", style), *crop([Segment(title, look.strong)], width - 4)]
        if channel.delete_at:
            left.append(Segment(f"  {_('archived')}", look.warning))
        if client.channels.muted(channel.id):
            left.append(Segment(f"  ∅ {_('muted')}", look.muted))
        if words := self._header_words(channel.header):
            left += [Segment("  │  ", look.border), Segment(words, look.muted)]
        return [ends(left, self._people(channel.type, look), width, gap=2)]

    def _header_words(self, header: str) -> str:
        return safe_line(plain_text(header), 300) if header else ""

    def _people(self, kind: str, look: Look) -> Line:
        count = self._shared.client.channels.member_count(self._channel_id) if kind != "D" else None
        if not count:
            return []
        text = ngettext("{n} member", "{n} members", count).format(n=count)
        return [Segment(f"{text} ", look.muted)]
