"""The first day: where to begin, whom to ask, and what to do without a team.

Invariant: nothing is sent from here; the person reads the prepared message and sends it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.client.support import Contacts, Welcome
from tui.core.ids import ChannelId, UserId
from tui.core.markdown import plain
from tui.core.models import Channel
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.desks.asking import Asking, Entry
from tui.ui.screens.picker import Offer

if TYPE_CHECKING:
    from tui.ui.screens.main_show import Showing

LONGEST = 80


class NewcomerDesk(Asking):
    def __init__(self, screen: Showing, open_link: Callable[[str], None]) -> None:
        super().__init__(screen)
        self._open_link = open_link

    def show_welcome(self) -> None:
        """Fetches what a new person should see, and shows it."""
        self.when_done(self.client.support.welcome(), self._welcome)

    def _welcome(self, found: Welcome) -> None:
        if found.team is None:
            self.write(found.contacts)
            return
        mine = [self._channel(channel) for channel in found.channels]
        pinned: list[Entry] = [
            (
                Offer(f"post:{post.id}", plain(post.message, LONGEST) or "…", _("Pinned"), "▪"),
                partial(self.screen.show_post, post.id),
            )
            for post in found.pinned
        ]
        team = safe_line(found.team.display_name, LONGEST)
        self.menu(
            _("Welcome to {team}").format(team=team),
            [*mine, *pinned, *self._contacts(found.contacts, "")],
            verb=_("Open"),
            placeholder=_("Channels worth reading, pinned messages, whom to ask"),
        )

    def _channel(self, channel: Channel) -> Entry:
        member = self.client.channels.membership(channel.id) is not None
        about = plain(channel.purpose or channel.header, LONGEST)
        title = safe_line(channel.display_name, LONGEST)
        offer = Offer(f"channel:{channel.id}", title, about or ("" if member else _("Join")), "#")
        return offer, partial(self._enter, channel.id, member)

    def _enter(self, channel_id: ChannelId, member: bool) -> None:
        if member:
            self._open(channel_id)
        else:
            self.when_done(self.client.channels.join(channel_id), self._open)

    def _open(self, channel_id: ChannelId, text: str = "") -> None:
        """Goes there; `text` stands in the composer where nothing else does."""
        self.screen.open_channel(channel_id)
        editor = self.screen.composer.editor
        if text and not editor.text:
            editor.load(text)
        editor.focus()

    # support
    def write_to_support(self) -> None:
        self.when_done(self.client.support.contacts(), self.write)

    def write(self, contacts: Contacts) -> None:
        """To the one who helps, or a choice of ways; without a team with the wish for one."""
        text = self._wish()
        entries = self._contacts(contacts, text)
        if not entries:
            self.tell(_("Nobody is named who helps ([support] in the settings)."), alarm=True)
        elif len(entries) == 1 and len(contacts.users) == 1:
            self._write_to(contacts.users[0].id, text)
        else:
            self.menu(_("Write to support"), entries)

    def _wish(self) -> str:
        """What is written already: nothing, or the wish for a team."""
        if self.client.teams.current() is not None:
            return ""
        return self.client.support.wish_for_team(safe_line(self.client.support.team, LONGEST))

    def _contacts(self, contacts: Contacts, text: str) -> list[Entry]:
        entries: list[Entry] = [
            (
                Offer(f"user:{user.id}", self.name_of(user.id), _("Helps"), "@"),
                partial(self._write_to, user.id, text),
            )
            for user in contacts.users
        ]
        if contacts.email:
            address = safe_line(contacts.email, LONGEST)
            copied = f"{address}\n\n{text}" if text else address
            offer = Offer("+mail", address, _("Copy address and message") if text else _("Copy"), "✉")
            entries.append((offer, partial(self.screen.copy, copied)))
        if contacts.link:
            offer = Offer("+help", safe_line(contacts.link, LONGEST), _("Help pages"), "↗")
            entries.append((offer, partial(self._open_link, contacts.link)))
        return entries

    def _write_to(self, user_id: UserId, text: str) -> None:
        self.when_done(self.client.channels.direct(user_id), lambda there: self._open(there, text))

    def invite_support(self) -> None:
        """Those who help come into the open channel, after a question: they will read what is there."""
        self.when_done(self.client.support.contacts(), self._invite)

    def _invite(self, contacts: Contacts) -> None:
        channel = self.client.channels.get(self.channel_id)
        if not contacts.users:
            self.tell(_("Nobody is named who helps ([support] in the settings)."), alarm=True)
            return
        if channel is None or channel.type not in ("O", "P"):
            self.tell(_("Nobody can be added to a direct message."), alarm=True)
            return
        names = ", ".join(self.name_of(user.id) for user in contacts.users)
        ids, title = [user.id for user in contacts.users], self.title_of(channel.id)
        question = _("{names} will see {channel} and what was written there.")
        question = question.format(names=names, channel=title)
        done = _("{names} can read {channel} now.").format(names=names, channel=title)
        self.confirm(
            _("Invite support into this channel"),
            question,
            _("Invite"),
            lambda: self.told(self.client.care.add(channel.id, ids), done),
        )
