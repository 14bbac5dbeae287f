"""What hangs below a message: files, reactions, the thread, a meeting, what waits in the queue.

Invariant: every text of others is made safe here, at the last border; every state has a sign or a word.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment

from tui.client.wording.forms import priority_text
from tui.client.wording.plugin_posts import plugin_line
from tui.core import emoji
from tui.core.ids import UserId
from tui.core.meetings import Meeting
from tui.core.models import FileInfo, OutboxItem, Post
from tui.core.safe_text import safe_line
from tui.core.timeline import PostRow, ReactionCount
from tui.settings.formats import Formats
from tui.settings.i18n import _, ngettext
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, crop, wrap
from tui.ui.widgets.post_sources import PostSources

MOST_FILES = 10
MOST_REACTIONS = 40


def file_lines(
    files: Sequence[FileInfo], missing: int, formats: Formats, width: int, look: Look
) -> list[Line]:
    """One line a file. `missing` = files of which only the number is known."""
    lines = [_file(file, formats, width, look) for file in files[:MOST_FILES]]
    more = len(files) - len(lines) + missing
    if more > 0:
        text = (
            ngettext("{n} more file", "{n} more files", more)
            if lines
            else ngettext("{n} file", "{n} files", more)
        )
        lines.append([Segment("▤ ", look.accent), Segment(text.format(n=more), look.muted)])
    return lines


def _file(file: FileInfo, formats: Formats, width: int, look: Look) -> Line:
    details = [formats.size(file.size)]
    if file.width and file.height:
        details.append(f"{file.width}×{file.height}")
    tail = "  " + " · ".join(details)
    name = crop([Segment(safe_line(file.name, 300), look.link)], max(8, width - 2 - cell_len(tail)))
    return crop([Segment("▤ ", look.accent), *name, Segment(tail, look.muted)], width)


def reaction_lines(reactions: Sequence[ReactionCount], width: int, look: Look) -> list[Line]:
    """`[👍 2]  🎉 1`: mine in brackets."""
    if not reactions:
        return []
    lines: list[Line] = [[]]
    used = 0
    for reaction in reactions[:MOST_REACTIONS]:
        text = f"{emoji_text(reaction.emoji_name, look)} {reaction.count}"
        piece = f"[{text}] " if reaction.mine else f" {text}  "
        size = cell_len(piece)
        if used and used + size > width:
            lines.append([])
            used = 0
        lines[-1] += crop([Segment(piece, look.accent if reaction.mine else look.muted)], width)
        used += size
    return lines


def emoji_text(name: str, look: Look) -> str:
    """The picture of an emoji, or its name where there is none or none is wanted."""
    clean = safe_line(name, 64)
    return (emoji.to_unicode(clean) if look.pictures else None) or f":{clean}:"


def urgency_lines(post: Post, look: Look) -> list[Line]:
    """`! IMPORTANT`, `‼ URGENT` above the text; nothing for ordinary ones."""
    if not post.priority:
        return []
    sign, style = ("‼", look.error) if post.priority == "urgent" else ("!", look.warning)
    return [[Segment(f"{sign} {priority_text(post.priority).upper()}", style)]]


def acknowledged_lines(post: Post, me: UserId, width: int, look: Look) -> list[Line]:
    """`✓ 3 acknowledged · a acknowledges`."""
    if not post.wants_ack:
        return []
    n = len(post.acknowledged)
    words = [ngettext("{n} acknowledged", "{n} acknowledged", n).format(n=n)]
    if post.user_id != me and all(user_id != me for user_id, _at in post.acknowledged):
        words.append(_("a acknowledges"))
    return [crop([Segment("✓ ", look.success), Segment(" · ".join(words), look.muted)], width)]


def plugin_lines(post: Post, width: int, look: Look) -> list[Line]:
    """Where a plugin's post is shown in full."""
    words = plugin_line(post)
    return wrap([Segment("▣ ", look.accent), Segment(words, look.muted)], width) if words else []


def invitation_lines(post: Post, width: int, look: Look) -> list[Line]:
    """That those who were named can be invited."""
    if not isinstance(post.props.get("add_channel_member"), dict):
        return []
    return wrap(
        [Segment("i ", look.strong), Segment(_("invites them into this channel"), look.accent)], width
    )


def thread_lines(row: PostRow, sources: PostSources, width: int, look: Look) -> list[Line]:
    """`↳ 5 replies · last at 10:02 · 2 new`"""
    post = row.post
    if not post.reply_count or post.root_id:
        return []
    text = ngettext("{n} reply", "{n} replies", post.reply_count).format(n=post.reply_count)
    if post.last_reply_at:
        when = sources.formats.when(post.last_reply_at, sources.now())
        text += " · " + _("last {when}").format(when=when)
    line: Line = [Segment("↳ ", look.accent), Segment(text, look.accent)]
    thread = sources.thread(post.id)
    if thread is not None and thread.unread_replies:
        fresh = _("{n} new").format(n=thread.unread_replies)
        line.append(Segment(f" · {fresh}", look.unread))
    if thread is not None and thread.unread_mentions:
        n = thread.unread_mentions
        called = ngettext("{n} mention", "{n} mentions", n).format(n=n)
        line.append(Segment(f" · {called}", look.unread))
    return [crop(line, width)]


def queue_lines(row: PostRow, sources: PostSources, width: int, look: Look) -> list[Line]:
    """What waits: the text itself, or a change of it."""
    items: tuple[OutboxItem, ...] = (row.pending,) if row.pending is not None else row.changes
    lines: list[Line] = []
    for item in items:
        parked = item.state == "parked"
        sign, style = ("✗ ", look.error) if parked else ("○ ", look.warning)
        words = sources.queue_words(item)
        if parked:
            words += " · " + _("Enter: what to do")
        lines += wrap([Segment(sign, style), Segment(words, style)], width)
    return lines


def meeting_lines(meeting: Meeting, post: Post, sources: PostSources, width: int, look: Look) -> list[Line]:
    """Topic, where, by whom, until when, and the key that joins."""
    bar = Segment("│ ", look.accent)
    topic = safe_line(meeting.topic, 200) or _("Meeting")
    details = [safe_line(meeting.host, 100)]
    starter = sources.person(meeting.started_by or post.user_id)
    if starter:
        details.append(_("started by {name}").format(name=safe_line(starter, 60)))
    details.append(_validity(meeting, sources))
    rows: list[Line] = [
        [Segment(f"{_('Meeting')}: ", look.accent), Segment(topic, look.strong)],
        [Segment(" · ".join(part for part in details if part), look.muted)],
    ]
    if not meeting.ended_at:
        rows.append([Segment(_("Enter joins"), look.accent)])
    return [[bar, *line] for row in rows for line in wrap(row, max(1, width - 2))]


def _validity(meeting: Meeting, sources: PostSources) -> str:
    formats, now = sources.formats, sources.now()
    if meeting.ended_at:
        return _("over since {when}").format(when=formats.when(meeting.ended_at, now))
    if not meeting.valid_until:
        return ""
    when = formats.when(meeting.valid_until, now)
    if meeting.valid_until < now:
        return _("link expired {when}").format(when=when)
    return _("valid until {when}").format(when=when)
