"""The line between messages and editor: it names what Enter will do.

Invariant: the target is always named, by its title and in full words, also where there is no room for more.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.segment import Segment

from tui.client.client import Client
from tui.client.wording.forms import priority_text
from tui.core.meetings import shown_message
from tui.core.models import Target
from tui.core.safe_text import safe_line, shorten
from tui.settings.i18n import _, ngettext
from tui.ui.look import Look
from tui.ui.widgets.cells import Line, ends, width_of
from tui.ui.widgets.text_lines import TextLines

LONGEST_EXCERPT = 40


class ComposerRule(TextLines):
    """`── To ~Town Square ──────────────── ↓ 3 new ──`"""

    def __init__(self) -> None:
        super().__init__(self._draw_rule, most=1)
        self._words = ""
        self._files = ""
        self._said = ""
        self._urgency = ""
        self._alert = False

    def name_target(self, client: Client, target: Target | None, editing: bool, files: Sequence[str]) -> None:
        """Names another target."""
        self._words = target_words(client, target, editing=editing) if target else ""
        self._files = _file_words(files)
        self._alert = editing
        self.restyle()

    def name_urgency(self, priority: str, *, wants_ack: bool) -> None:
        """How urgent the message is that is being written."""
        words = f"! {priority_text(priority)}" if priority else ""
        if wants_ack:
            words = " ".join(filter(None, (words, _("to be acknowledged"))))
        if words != self._urgency:
            self._urgency = words
            self.restyle()

    def note(self, words: str) -> None:
        if words != self._said:
            self._said = words
            self.restyle()

    def _draw_rule(self, width: int, look: Look) -> list[Line]:
        left: Line = [Segment("── ", look.border)]
        if self._words:
            left.append(Segment(f"{self._words} ", look.warning if self._alert else look.accent))
        if self._files:
            left.append(Segment(f"+ {self._files} ", look.success))
        if self._urgency:
            left.append(Segment(f"{self._urgency} ", look.warning))
        right: Line = [Segment(f" {self._said} ", look.accent)] if self._said else []
        right.append(Segment("──", look.border))
        free = width - width_of(left) - width_of(right)
        if free > 0:
            left.append(Segment("─" * free, look.border))
        return [ends(left, right, width, gap=0)]


def target_words(client: Client, target: Target, *, editing: bool = False) -> str:
    """`To ~Town Square`, `Reply to Anna Berger: "See you at…"`, `Edit my message`."""
    if editing:
        return _("Edit my message (Esc leaves it as it was)")
    if target.root_id:
        root = client.posts.get(target.root_id)
        name = safe_line(client.people.name(root.user_id), 60) if root else ""
        excerpt = shorten(safe_line(shown_message(root)), LONGEST_EXCERPT) if root else ""
        return _("Reply to {name}: {excerpt}").format(name=name, excerpt=excerpt)
    name = safe_line(client.channels.named(target.channel_id), 80) or _("Unknown person")
    return _("To {target}").format(target=name)


def _file_words(files: Sequence[str]) -> str:
    if not files:
        return ""
    names = ", ".join(safe_line(Path(file).name, 40) for file in files)
    return ngettext("{n} file: {names}", "{n} files: {names}", len(files)).format(n=len(files), names=names)
