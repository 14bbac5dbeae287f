"""A row of the timeline as lines.

Head (name, time), the text under it, then what hangs below; day lines, the new-messages line and gaps.

Invariant: nothing here parses markup: texts become segments by way of `core.markdown` and `core.safe_text`.
A row costs little however long its message is: lines beyond MOST_LINES are cut and said to be.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style

from tui.client.pairing import CardView
from tui.client.wording.system_posts import system_text
from tui.core import markdown
from tui.core.meetings import Meeting, shown_message
from tui.core.models import Post
from tui.core.safe_text import safe_line
from tui.core.search import SearchQuery
from tui.core.timeline import (
    DayRow,
    GapRow,
    LoadingRow,
    NewMessagesRow,
    PostRow,
    Row,
    StartRow,
)
from tui.settings.i18n import _, ngettext
from tui.ui.look import Look
from tui.ui.widgets.attachments import attachment_lines
from tui.ui.widgets.card_lines import card_lines
from tui.ui.widgets.cells import Line, crop, ends, width_of, wrap
from tui.ui.widgets.hit_marks import with_hits
from tui.ui.widgets.markdown_lines import document_lines
from tui.ui.widgets.post_extras import (
    acknowledged_lines,
    file_lines,
    invitation_lines,
    meeting_lines,
    plugin_lines,
    queue_lines,
    reaction_lines,
    thread_lines,
    urgency_lines,
)
from tui.ui.widgets.post_sources import PostSources

MOST_LINES = 60
"""Lines of one message in the timeline; `m` shows the rest."""
INDENT = "  "


class PostPainter:
    """Draws rows of `core.timeline`. `in_thread` leaves out what only makes sense in a channel."""

    def __init__(self, sources: PostSources, *, in_thread: bool = False) -> None:
        self._sources = sources
        self._in_thread = in_thread
        self.query: SearchQuery | None = None
        """What is searched for here; its words are marked."""

    def key(self, row: Row) -> str:
        return row.key

    def selectable(self, row: Row) -> bool:
        return isinstance(row, PostRow | GapRow)

    def ground(self, row: Row, look: Look) -> Style | None:  # noqa: ARG002 - the painters' interface
        return None

    def meeting(self, post: Post) -> Meeting | None:
        return self._sources.meeting(post)

    def card(self, post: Post) -> CardView | None:
        return self._sources.card(post)

    def paint(self, row: Row, width: int, look: Look) -> list[Line]:
        match row:
            case PostRow():
                return self._post(row, width, look)
            case DayRow():
                today = self._sources.formats.day_of(self._sources.now())
                words = self._sources.formats.day(row.date, today)
                return [[], _rule(words, width, look.border, look.muted)]
            case NewMessagesRow():
                return [[], _rule(_("New messages"), width, look.accent, look.accent)]
            case GapRow():
                words = _("Messages are missing here: press Enter to load them")
                return [[], _rule(words, width, look.warning, look.warning)]
            case StartRow():
                return [[], [Segment(_(" This is the beginning."), look.muted)]]
            case LoadingRow():
                return [[], [Segment(_(" Loading older messages …"), look.muted)]]

    def _post(self, row: PostRow, width: int, look: Look) -> list[Line]:
        if row.system:
            return self._system(row, width, look)
        lines: list[Line] = []
        if row.head:
            lines += [[], *self._answers(row, width, look), self._head(row, width, look)]
        inner = max(1, width - len(INDENT))
        content = self._content(row, inner, look)
        return lines + [[Segment(INDENT), *line] for line in content]

    def _content(self, row: PostRow, width: int, look: Look) -> list[Line]:
        post, sources = row.post, self._sources
        meeting = sources.meeting(post)
        lines = [*urgency_lines(post, look), *self._body(row, width, look)]
        if meeting is not None:
            lines += meeting_lines(meeting, post, sources, width, look)
        if meeting is None or post.type != "custom_jitsi":
            lines += attachment_lines(post, sources.context(post), width, look)
        lines += self._card(post, width, look)
        missing = max(0, len(post.file_ids) - len(post.files))
        lines += file_lines(post.files, missing, sources.formats, width, look)
        lines += plugin_lines(post, width, look) if meeting is None else []
        lines += reaction_lines(row.reactions, width, look)
        lines += acknowledged_lines(post, sources.me, width, look)
        if not self._in_thread:
            lines += thread_lines(row, sources, width, look)
        return lines + queue_lines(row, sources, width, look) or [[]]

    def _card(self, post: Post, width: int, look: Look) -> list[Line]:
        view = self._sources.card(post)
        if view is None:
            return []
        card = view.found.good
        named = card is not None and card.path
        where = self._sources.whereabouts(post, card) if card is not None and named else None
        return card_lines(view, where, width, look)

    def _body(self, row: PostRow, width: int, look: Look) -> list[Line]:
        post = row.post
        marks = _marks(row, look)
        if not post.message.strip():
            return [marks] if marks else []
        style = look.muted if row.pending is not None else look.text
        if post.type == "me":
            style += Style(italic=True)
        if row.deleting:
            style = look.muted + Style(strike=True)
        document = markdown.parse(shown_message(post), self._sources.context(post))
        lines = document_lines(document, width, look, style)
        if self.query is not None:
            lines = with_hits(lines, self.query, look)
        if len(lines) > MOST_LINES or document.cut:
            hidden = max(1, len(lines) - MOST_LINES)
            words = ngettext("… {n} more line (m shows it)", "… {n} more lines (m shows them)", hidden)
            lines = [*lines[:MOST_LINES], [Segment(words.format(n=hidden), look.muted)]]
        return _with_marks(lines, marks, width)

    def _head(self, row: PostRow, width: int, look: Look) -> Line:
        author = row.author
        name = safe_line(author.name, 80) or (
            f"@{safe_line(author.username, 60)}" if author.username else "…"
        )
        line: Line = [Segment(name, look.name(author.user_id))]
        if author.overridden and author.username:
            line.append(Segment(f" @{safe_line(author.username, 60)}", look.muted))
        if author.bot:
            line.append(Segment(f" {_('BOT')}", look.muted))
        when = self._sources.formats.time(row.post.create_at)
        return ends([*crop(line, max(8, width - 8)), Segment(f"  {when}", look.muted)], [], width)

    def _answers(self, row: PostRow, width: int, look: Look) -> list[Line]:
        """What a reply in the channel answers."""
        if row.reply_to is None:
            return []
        context = row.reply_to
        if context.author is None:
            return [[Segment("↳ ", look.accent), Segment(_("Reply in a thread"), look.muted)]]
        name = safe_line(context.author.name, 60)
        summary = markdown.plain(context.message)
        text = f"{name}: {safe_line(summary, 300)}"
        return [crop([Segment("↳ ", look.accent), Segment(text, look.muted)], width)]

    def _system(self, row: PostRow, width: int, look: Look) -> list[Line]:
        post = row.post
        when = self._sources.formats.time(post.create_at)
        if post.type == "system_ephemeral":
            note = Segment(_("Only you can see this."), look.muted)
            lines = self._body(row, max(1, width - len(INDENT)), look)
            lines += attachment_lines(post, self._sources.context(post), width - len(INDENT), look)
            lines += invitation_lines(post, width - len(INDENT), look)
            return [[], [note, Segment(f"  {when}", look.muted)], *([Segment(INDENT), *x] for x in lines)]
        words = system_text(post, self._sources.shown_name)
        return [*wrap([Segment(f"· {words}", look.muted), Segment(f"  {when}", look.muted)], width)]


def _marks(row: PostRow, look: Look) -> Line:
    """Edited, pinned, saved: behind the last line."""
    post = row.post
    words = [
        _("(edited)") if post.edit_at else "",
        f"▲ {_('pinned')}" if post.is_pinned else "",
        f"★ {_('saved')}" if row.saved else "",
    ]
    text = "  ".join(word for word in words if word)
    return [Segment(text, look.muted)] if text else []


def _with_marks(lines: list[Line], marks: Line, width: int) -> list[Line]:
    if not marks:
        return lines
    if lines and width_of(lines[-1]) + width_of(marks) + 2 <= width:
        return [*lines[:-1], [*lines[-1], Segment("  "), *marks]]
    return [*lines, crop(marks, width)]


def _rule(words: str, width: int, line_style: Style, text_style: Style) -> Line:
    """`─────── words ───────`"""
    label = crop([Segment(f" {words} ", text_style)], max(1, width - 2))
    free = max(0, width - width_of(label))
    left = free // 2
    return [Segment("─" * left, line_style), *label, Segment("─" * (free - left), line_style)]
