"""What is done later or leaves no trace: reminders, sending later, priorities, versions, exploring.

Invariant: what this server cannot do is said in one line, and asked for never.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import on

from tui.client.wording.forms import PRIORITIES, priority_text, time_text
from tui.core.ids import Millis
from tui.core.markdown import plain
from tui.core.models import Post, Target
from tui.core.safe_text import safe_line, shorten
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.panels.inbox import CatchUpList
from tui.ui.panels.scheduled import Scheduled
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.full_post import FullPost
from tui.ui.screens.main_acts import Acting
from tui.ui.screens.picker import Offer, Picker
from tui.ui.widgets.hit_rows import HitRow

LONGEST_OFFER = 70


class Delaying(Acting):
    # notes, reminders, versions
    def _post_acknowledge(self, row: PostRow) -> None:
        if not row.post.wants_ack:
            self.tell(_("This message does not ask to be acknowledged."))
            return
        mine = any(user_id == self.shared.client.account.user_id for user_id, _at in row.post.acknowledged)
        words = _("No longer acknowledged.") if mine else _("Acknowledged.")
        self.when_done(self.shared.client.posts.acknowledge(row.post), lambda _none: self.tell(words))

    def _post_remind(self, row: PostRow) -> None:
        if not self.shared.client.later.features().reminders:
            self.tell(_("This server has no reminders."))
            return
        self._ask_time(_("Remind me"), lambda at: self._remind(row.post, at))

    def _remind(self, post: Post, at: Millis) -> None:
        words = _("You will be reminded: {when}.").format(when=self.shared.formats.moment_text(at))
        self.when_done(self.shared.client.later.remind(post.id, at), lambda _none: self.tell(words))

    def _ask_time(self, title: str, then: Callable[[Millis], None]) -> None:
        """One of the usual times, or one that is typed."""
        dialog = Picker(title, self._times, placeholder=_("or a time: 14:30, 45 (minutes), 2026-12-24 9:00"))
        self.app.push_screen(dialog, lambda key: then(int(key)) if key else None)

    def _times(self, text: str) -> list[Offer]:
        later, formats = self.shared.client.later, self.shared.formats
        if text.strip():
            at = later.at(text)
            return [Offer(str(at), formats.moment_text(at), sign="◷")] if at else []
        return [Offer(str(at), time_text(name), formats.moment_text(at), "◷") for name, at in later.times()]

    def _post_edit_history(self, row: PostRow) -> None:
        if not self.shared.client.later.features().edit_history:
            self.tell(_("This server keeps no earlier versions."))
        elif not row.post.edit_at:
            self.tell(_("This message was never edited."))
        else:
            self.when_done(self.shared.client.posts.edit_history(row.post.id), self._show_versions)

    def _show_versions(self, versions: list[Post]) -> None:
        by_id = {post.id: post for post in versions}
        when = self.shared.formats.moment_text
        offers = [
            Offer(post.id, shorten(plain(post.message), LONGEST_OFFER), when(post.edit_at or post.create_at))
            for post in versions
        ]
        dialog = Picker(_("Earlier versions"), lambda _text: offers)
        self.app.push_screen(dialog, lambda key: self._show_version(by_id[key]) if key else None)

    def _show_version(self, post: Post) -> None:
        self.app.push_screen(FullPost(post, self.context.markdown(post), title=_("Earlier version")))

    # what is being written
    def choose_priority(self) -> None:
        """Marks the message that is being written, where the server knows priorities."""
        features = self.shared.client.later.features()
        target = self.composer.target
        if not features.priority:
            self.tell(_("This server knows no priorities."))
        elif target is None or target.root_id:
            self.tell(_("Only a message that begins a thread has a priority."))
        else:
            acks = (False, True) if features.acknowledgements else (False,)
            offers = [_urgency_offer(name, ack) for ack in acks for name in PRIORITIES]
            dialog = Picker(_("Priority of the message"), lambda _text: offers, verb=_("Take it"))
            self.app.push_screen(dialog, self._priority_chosen)

    def _priority_chosen(self, key: str | None) -> None:
        if key is not None:
            priority, _plus, ack = key.partition("+")
            self.composer.set_priority(priority, wants_ack=bool(ack))

    def send_later(self) -> None:
        """Leaves what is written with the server, to be sent at a time."""
        target, text = self.composer.target, self.composer.editor.text
        if not self.shared.client.later.features().scheduled:
            self.tell(_("This server cannot send later."))
        elif target is None or not text.strip() or self.composer.edits:
            self.tell(_("Write the message first."))
        else:
            self._ask_time(_("Send later"), lambda at: self._schedule(target, text, at))

    def _schedule(self, target: Target, text: str, at: Millis) -> None:
        words = _("It will be sent: {when}.").format(when=self.shared.formats.moment_text(at))
        asked = self.shared.client.later.schedule(target, text, at)
        self.when_done(asked, lambda _made: self._scheduled(target, text, words))

    def _scheduled(self, target: Target, text: str, words: str) -> None:
        if self.composer.target == target and self.composer.editor.text == text:
            self.composer.sent()
        self.tell(words)

    @on(Scheduled.Chosen)
    def _scheduled_chosen(self, event: Scheduled.Chosen) -> None:
        event.stop()
        question = shorten(safe_line(event.row.message), 300)
        dialog = Confirm(_("Do not send it?"), question, _("Back into the composer"))
        self.app.push_screen(dialog, lambda yes: self._take_scheduled_back(event.row) if yes else None)

    def _take_scheduled_back(self, row: HitRow) -> None:
        waiting = self.shared.client.later.scheduled()
        scheduled = next((post for post in waiting if post.id == row.post_id), None)
        if scheduled is None:
            return

        def back(_none: None) -> None:
            self.open_channel(scheduled.channel_id)
            self.composer.insert(scheduled.message)
            self.side.read()

        self.when_done(self.shared.client.later.unschedule(scheduled.id), back)

    # reading without reading
    def action_do_explore(self) -> None:
        """Reads on without marking anything as read, or ends that."""
        on_now = not self.shared.client.channels.exploring
        self.shared.client.channels.explore(on_now)
        self.read_banner()
        self.tell(
            _("What you look at stays unread now.") if on_now else _("What you look at counts as read again.")
        )

    def read_banner(self) -> None:
        """Shows what lies over everything; `MainScreen` does."""

    @on(CatchUpList.Told)
    def _catch_up_told(self, event: CatchUpList.Told) -> None:
        event.stop()
        self.tell(event.words)


def _urgency_offer(priority: str, ack: bool) -> Offer:
    title = priority_text(priority)
    if ack:
        title = _("{priority}, to be acknowledged").format(priority=title)
    return Offer(f"{priority}+ack" if ack else priority or "+", title, sign="!" if priority else "·")
