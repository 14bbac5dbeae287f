"""Messages as short entries of a list: who, where, when, the first words.

Invariant: one row is three lines and a blank one at most, however long the message.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.core.ids import ChannelId, Millis, PostId
from tui.core.markdown import plain
from tui.core.safe_text import safe_line
from tui.core.search import parse_query
from tui.core.search_help import marks
from tui.core.values import dataclass
from tui.settings.formats import Formats
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, crop, ends, wrap
from tui.ui.widgets.hit_marks import hit_style

MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class HitRow:
    """All texts may be hostile. `note`: what is special about it (unread replies)."""

    post_id: PostId
    channel_id: ChannelId
    user_id: str
    name: str
    channel: str
    """With its sign, as in `Channels.named`; "" where it is told already."""
    at: Millis
    message: str
    note: str = ""
    ident: str = ""
    """What tells it from other rows; "" = its post does."""
    query: str = ""
    """What was searched for: its words are marked, and the text begins near the first of them."""

    @property
    def key(self) -> str:
        return self.ident or self.post_id


class HitPainter:
    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self.now: Millis = 0

    def key(self, row: HitRow) -> str:
        return row.key

    def selectable(self, row: HitRow) -> bool:  # noqa: ARG002 - the painters' interface
        return True

    def ground(self, row: HitRow, look: Look) -> Style | None:  # noqa: ARG002
        return None

    def paint(self, row: HitRow, width: int, look: Look) -> list[Line]:
        when = Segment(self._formats.when(row.at, self.now), look.muted)
        name = [Segment(safe_line(row.name, 80) or "…", look.name(row.user_id))]
        lines = [ends(name, [when], width)]
        if row.channel:
            lines.append(crop([Segment(safe_line(row.channel, 100), look.muted)], width))
        words = safe_line(plain(row.message), 4_000 if row.query else 400)
        text = wrap(_marked(words, row.query, width, look), width) if words else []
        if len(text) > MOST_LINES:
            text = [text[0], crop([*text[1], Segment(" …")], width)]
        lines += text
        if row.note:
            lines.append([Segment(safe_line(row.note, 100), look.accent)])
        return [*lines, []]


def _marked(words: str, query: str, width: int, look: Look) -> list[Segment]:
    """The words with what was searched for underlined; from near the first hit on."""
    found = marks(words, parse_query(query)) if query else ()
    if not found:
        return [Segment(words[:400], look.text)]
    begin = found[0][0] - width // 2 if found[0][0] > width else 0
    begin = words.find(" ", begin) + 1 if begin else 0
    parts = [Segment("… ", look.muted)] if begin else []
    hit, at = hit_style(look), begin
    for start, end in found:
        parts += [Segment(words[at:start], look.text), Segment(words[start:end], hit)]
        at = end
        if at - begin > 400:
            break
    return [*parts, Segment(words[at : at + 400], look.text)]
