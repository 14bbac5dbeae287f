"""What is done later or leaves no trace: reminders, sending later, priorities, versions.

Invariant: what this server cannot do is said in one line, and asked for never.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.client.wording.forms import PRIORITIES, priority_text, time_text
from tui.core.ids import Millis
from tui.core.markdown import plain
from tui.core.models import Post, Target
from tui.core.safe_text import safe_line, shorten
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.full_post import FullPost
from tui.ui.screens.picker import Offer, Picker
from tui.ui.widgets.hit_rows import HitRow

LONGEST_OFFER = 70


class LaterDesk(Desk):
    # notes, reminders, versions
    def acknowledge(self, row: PostRow) -> None:
        if not row.post.wants_ack:
            self.tell(_("This message does not ask to be acknowledged."))
            return
        mine = any(user_id == self.client.account.user_id for user_id, _at in row.post.acknowledged)
        words = _("No longer acknowledged.") if mine else _("Acknowledged.")
        self.when_done(self.client.posts.acknowledge(row.post), lambda _none: self.tell(words))

    def remind(self, row: PostRow) -> None:
        if not self.client.later.features().reminders:
            self.tell(_("This server has no reminders."))
            return
        self._ask_time(_("Remind me"), lambda at: self._remind(row.post, at))

    def _remind(self, post: Post, at: Millis) -> None:
        words = _("You will be reminded: {when}.").format(when=self.screen.shared.formats.moment_text(at))
        self.when_done(self.client.later.remind(post.id, at), lambda _none: self.tell(words))

    def _ask_time(self, title: str, then: Callable[[Millis], None]) -> None:
        """One of the usual times, or one that is typed."""
        dialog = Picker(title, self._times, placeholder=_("or a time: 14:30, 45 (minutes), 2026-12-24 9:00"))
        self.push(dialog, lambda key: then(int(key)) if key else None)

    def _times(self, text: str) -> list[Offer]:
        later, formats = self.client.later, self.screen.shared.formats
        if text.strip():
            at = later.at(text)
            return [Offer(str(at), formats.moment_text(at), sign="◷")] if at else []
        return [Offer(str(at), time_text(name), formats.moment_text(at), "◷") for name, at in later.times()]

    def edit_history(self, row: PostRow) -> None:
        if not self.client.later.features().edit_history:
            self.tell(_("This server keeps no earlier versions."))
        elif not row.post.edit_at:
            self.tell(_("This message was never edited."))
        else:
            self.when_done(self.client.posts.edit_history(row.post.id), self._show_versions)

    def _show_versions(self, versions: list[Post]) -> None:
        by_id = {post.id: post for post in versions}
        when = self.screen.shared.formats.moment_text
        offers = [
            Offer(post.id, shorten(plain(post.message), LONGEST_OFFER), when(post.edit_at or post.create_at))
            for post in versions
        ]
        dialog = Picker(_("Earlier versions"), lambda _text: offers)
        self.push(dialog, lambda key: self._show_version(by_id[key]) if key else None)

    def _show_version(self, post: Post) -> None:
        self.push(FullPost(post, self.screen.context.markdown(post), title=_("Earlier version")))

    # what is being written
    def choose_priority(self) -> None:
        """Marks the message that is being written, where the server knows priorities."""
        features = self.client.later.features()
        target = self.screen.composer.target
        if not features.priority:
            self.tell(_("This server knows no priorities."))
        elif target is None or target.root_id:
            self.tell(_("Only a message that begins a thread has a priority."))
        else:
            acks = (False, True) if features.acknowledgements else (False,)
            offers = [_urgency_offer(name, ack) for ack in acks for name in PRIORITIES]
            dialog = Picker(_("Priority of the message"), lambda _text: offers, verb=_("Take it"))
            self.push(dialog, self._priority_chosen)

    def _priority_chosen(self, key: str | None) -> None:
        if key is not None:
            priority, _plus, ack = key.partition("+")
            self.screen.composer.set_priority(priority, wants_ack=bool(ack))

    def send_later(self) -> None:
        """Leaves what is written with the server, to be sent at a time."""
        target, text = self.screen.composer.target, self.screen.composer.editor.text
        if not self.client.later.features().scheduled:
            self.tell(_("This server cannot send later."))
        elif target is None or not text.strip() or self.screen.composer.edits:
            self.tell(_("Write the message first."))
        else:
            self._ask_time(_("Send later"), lambda at: self._schedule(target, text, at))

    def _schedule(self, target: Target, text: str, at: Millis) -> None:
        words = _("It will be sent: {when}.").format(when=self.screen.shared.formats.moment_text(at))
        asked = self.client.later.schedule(target, text, at)
        self.when_done(asked, lambda _made: self._scheduled(target, text, words))

    def _scheduled(self, target: Target, text: str, words: str) -> None:
        if self.screen.composer.target == target and self.screen.composer.editor.text == text:
            self.screen.composer.sent()
        self.tell(words)

    def ask_back(self, row: HitRow) -> None:
        """A message that waits at the server: whether it is to come back."""
        question = shorten(safe_line(row.message), 300)
        dialog = Confirm(_("Do not send it?"), question, _("Back into the composer"))
        self.push(dialog, lambda yes: self._take_scheduled_back(row) if yes else None)

    def _take_scheduled_back(self, row: HitRow) -> None:
        waiting = self.client.later.scheduled()
        scheduled = next((post for post in waiting if post.id == row.post_id), None)
        if scheduled is None:
            return

        def back(_none: None) -> None:
            self.screen.open_channel(scheduled.channel_id)
            self.screen.composer.insert(scheduled.message)
            self.screen.side.read()

        self.when_done(self.client.later.unschedule(scheduled.id), back)


def _urgency_offer(priority: str, ack: bool) -> Offer:
    title = priority_text(priority)
    if ack:
        title = _("{priority}, to be acknowledged").format(priority=title)
    return Offer(f"{priority}+ack" if ack else priority or "+", title, sign="!" if priority else "·")
