"""People: the card of one, writing to one or several, user groups; and my own presence and line of status.

Invariant: a text of others is shown as safe lines only; "do not disturb" and a line of status say until when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tui.client.presence import PRESETS
from tui.client.wording.forms import time_text
from tui.client.wording.people import presence_text, preset_text
from tui.core import emoji
from tui.core.dialogs import Element, Option
from tui.core.ids import Millis, UserId
from tui.core.models import CustomStatus, User, UserGroup
from tui.core.names import display_name
from tui.core.safe_text import safe_line
from tui.settings.i18n import _, ngettext
from tui.ui.desks.asking import Asking, Entry, Values, taking, text_field
from tui.ui.screens.picker import FactsPicker, Offer, Picker

LONGEST_STATUS = 100
MOST_IN_GROUP = 7
MINUTE = 60_000


class PeopleDesk(Asking):
    # the card
    def card(self) -> None:
        """The other one of a direct message, else somebody chosen."""
        partner = self.client.channels.partner(self.channel_id)
        if partner:
            self.show_card(partner)
        else:
            self.person(_("Card of"), self.show_card, verb=_("Show"))

    def show_card(self, user_id: UserId) -> None:
        """What is known of somebody, and what can be done."""
        user = self.client.people.get(user_id)
        if user is None:
            self.tell(_("This person is not known here yet."))
            return
        acts: dict[str, Callable[[], object]] = {"write": partial(self.screen.open_person, user_id)}
        offers = [Offer("write", _("Write to {name}").format(name=self.name_of(user_id)), "", "›")]
        channel = self.client.channels.get(self.channel_id)
        if channel is not None and channel.team_id and user_id != self.client.account.user_id:
            words = _("Add to {channel}").format(channel=self.screen_title)
            offers.append(Offer("add", words, "", "›"))
            done = _("Added: {names}.").format(names=self.name_of(user_id))
            acts["add"] = lambda: self.told(self.client.care.add(channel.id, [user_id]), done)
        offers.append(Offer("copy", _("Copy @{name}").format(name=user.username), "", "›"))
        acts["copy"] = lambda: self.screen.copy(f"@{user.username}")
        dialog = FactsPicker("\n".join(self._facts(user)), offers, self.name_of(user_id))
        self.push(dialog, taking(lambda key: acts[key]()))

    @property
    def screen_title(self) -> str:
        return self.title_of(self.channel_id)

    def _facts(self, user: User) -> list[str]:
        """One safe line each."""
        status = presence_text(self.client.people.status(user.id))
        lines = [f"@{user.username} · {status}"]
        full = display_name(user, "full_name")
        lines += [full] if full != user.username else []
        lines += [_("Nickname: {name}").format(name=user.nickname)] if user.nickname else []
        lines += [user.position] if user.position else []
        if user.custom_status is not None and not self.client.presence.is_over(user.custom_status):
            lines.append(self._status_line(user.custom_status))
        lines += [user.email] if user.email else []
        lines += [_("Time zone: {zone}").format(zone=user.timezone)] if user.timezone else []
        roles = user.roles.split()
        if user.is_bot:
            lines.append(_("a bot") + (f": {user.bot_description}" if user.bot_description else ""))
        lines += [_("administers this server")] if "system_admin" in roles else []
        lines += [_("guest")] if "system_guest" in roles else []
        lines += [_("This account is deactivated.")] if user.delete_at else []
        return [safe_line(line, 200) for line in lines]

    def _status_line(self, status: CustomStatus) -> str:
        sign = emoji.to_unicode(status.emoji) or (f":{status.emoji}:" if status.emoji else "")
        words = f"{sign} {status.text}".strip()
        if not status.expires_at:
            return words
        until = self.screen.shared.formats.moment_text(status.expires_at)
        return _("{status} (until {when})").format(status=words, when=until)

    # writing to several
    def write_to(self) -> None:
        """A direct message for one, a group message for two to seven."""
        self.people(_("Write to"), _("Write"), self._write_to, most=MOST_IN_GROUP)

    def _write_to(self, user_ids: Sequence[UserId]) -> None:
        if len(user_ids) == 1:
            self.screen.open_person(user_ids[0])
        elif user_ids:
            self.when_done(self.client.channels.group(tuple(user_ids)), self._opened)

    def _opened(self, channel_id: str) -> None:
        self.screen.open_channel(channel_id)
        self.screen.composer.editor.focus()

    # groups
    def groups(self) -> None:
        self.when_done(self.client.people.groups(), self._show_groups)

    def _show_groups(self, groups: list[UserGroup]) -> None:
        entries: list[Entry] = [
            (Offer(g.id, f"@{g.name}", self._group_detail(g), "≡"), partial(self._show_group, g))
            for g in groups
        ]
        if entries:
            self.menu(_("User groups"), entries, verb=_("Members"))
        else:
            self.tell(_("There are no user groups yet."))

    def _group_detail(self, group: UserGroup) -> str:
        count = ngettext("{n} member", "{n} members", group.member_count).format(n=group.member_count)
        return f"{group.display_name}  {count}".strip()

    def _show_group(self, group: UserGroup) -> None:
        self.when_done(self.client.people.of_group(group.id), partial(self._members_of, group))

    def _members_of(self, group: UserGroup, users: list[User]) -> None:
        setting = self.client.people.name_setting()
        entries: list[Entry] = [
            (
                Offer(
                    user.id,
                    display_name(user, setting),
                    f"@{user.username}",
                    status=self.client.people.status(user.id) or "offline",
                ),
                partial(self.show_card, user.id),
            )
            for user in users
        ]
        self.menu(f"@{safe_line(group.name, 60)}", entries)

    # my presence
    def presence(self) -> None:
        """Online, away, do not disturb, offline, and the line that I write."""
        mine = self.client.presence
        now = mine.status()
        entries: list[Entry] = [
            (
                Offer(name, presence_text(name), _("now") if now == name else "", status=name),
                self._disturb if name == "dnd" else partial(self._set, name),
            )
            for name in ("online", "away", "dnd", "offline")
        ]
        held = mine.custom()
        line = self._status_line(held) if held else ""
        entries.append((Offer("custom", _("My line of status …"), line, "✎"), self.custom_status))
        if held is not None:
            entries.append((Offer("clear", _("Take my line of status away"), "", "✗"), self._clear))
        self.menu(_("My presence"), entries, verb=_("Set"))

    def _set(self, status: str, until: Millis = 0) -> None:
        words = presence_text(status)
        if until:
            when = self.screen.shared.formats.moment_text(until)
            words = _("{status} (until {when})").format(status=words, when=when)
        self.told(self.client.presence.set(status, until), _("You are: {status}.").format(status=words))

    def _disturb(self) -> None:
        self._until(_("Do not disturb"), _("until I say otherwise"), partial(self._set, "dnd"))

    def _until(self, title: str, always: str, then: Callable[[Millis], object]) -> None:
        """The usual times, or one that is typed; 0 = no end."""
        later, formats = self.client.later, self.screen.shared.formats

        def find(text: str) -> list[Offer]:
            if text.strip():
                at = later.at(text)
                return [Offer(str(at), formats.moment_text(at), sign="◷")] if at else []
            times = [Offer(str(at), time_text(n), formats.moment_text(at), "◷") for n, at in later.times()]
            return [Offer("0", always, "", "∞"), *times]

        placeholder = _("or a time: 14:30, 45 (minutes), 2026-12-24 9:00")
        dialog = Picker(title, find, placeholder=placeholder, verb=_("Set"))
        self.push(dialog, taking(lambda key: then(int(key))))

    def custom_status(self) -> None:
        """Usual ones, those used last, or a line of my own."""
        end, now = self.client.presence.end_of_day(), self.screen.shared.now()
        entries: list[Entry] = [(Offer("+own", _("Write one …"), "", "✎"), self._own_status)]
        for n, status in enumerate(self.client.presence.recent()):
            entries.append(
                (
                    Offer(f"r{n}", self._status_line(status), _("used before"), "◷"),
                    partial(self._tell_status, status),
                )
            )
        for sign, name, minutes in PRESETS:
            status = CustomStatus(sign, preset_text(name), now + minutes * MINUTE if minutes else end)
            entries.append(
                (Offer(name, self._status_line(status), "", ""), partial(self._tell_status, status))
            )
        self.menu(_("My line of status"), entries, verb=_("Set"))

    def _own_status(self) -> None:
        held = self.client.presence.custom()
        text, sign = (held.text, held.emoji) if held else ("", "")
        later = self.client.later.times()
        ends = [Option(_("no end"), "0"), Option(_("today"), str(self.client.presence.end_of_day()))]
        ends += [Option(time_text(name), str(at)) for name, at in later]
        elements = [
            text_field("text", _("Line"), safe_line(text, LONGEST_STATUS), most=LONGEST_STATUS),
            text_field("emoji", _("Emoji"), sign, optional=True, help=_("Its name, such as coffee")),
            Element("until", _("Until"), "radio", default="0", options=tuple(ends)),
        ]

        def status_of(values: Values) -> CustomStatus:
            emoji_name = values["emoji"].strip().strip(":")
            return CustomStatus(emoji_name, values["text"].strip(), int(values["until"]))

        self.form(
            _("My line of status"),
            elements,
            lambda values: self.client.presence.set_custom(status_of(values)),
            lambda _none: self.tell(_("Your line of status is set.")),
            verb=_("Set"),
        )

    def _tell_status(self, status: CustomStatus) -> None:
        words = _("You are: {status}.").format(status=self._status_line(status))
        self.told(self.client.presence.set_custom(status), safe_line(words, 200))

    def _clear(self) -> None:
        self.told(self.client.presence.set_custom(None), _("Your line of status is gone."))
