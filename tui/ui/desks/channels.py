"""What is done with channels: finding, making, changing, leaving, archiving, members, notifications.

Invariant: what others would notice asks first, and what the server refuses is said in plain words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tui.client.care import Member
from tui.client.wording.channels import NOTIFY_FIELDS
from tui.core.categories import LONGEST_NAME
from tui.core.dialogs import Element, Option
from tui.core.ids import ChannelId, UserId
from tui.core.models import Channel
from tui.core.safe_text import safe, safe_line
from tui.settings.i18n import _, ngettext
from tui.ui.desks.asking import Asking, Entry, narrowed, text_field
from tui.ui.keys import shown_key
from tui.ui.screens.picker import Offer, Picker
from tui.ui.widgets.sidebar_rows import CHANNEL_SIGNS

LONGEST_HEADER, LONGEST_PURPOSE = 1024, 250
MENU = (
    "app.edit_channel",
    "app.add_people",
    "app.manage_members",
    "app.channel_notifications",
    "app.mute_channel",
    "app.favourite",
    "app.move_channel",
    "app.pinned",
    "app.links",
    "app.hide_channel",
    "app.make_private",
    "app.leave_channel",
    "app.archive_channel",
)
"""What the channel menu offers, by ids of the table of keys."""
FOR_TEAM_CHANNELS = {
    "app.edit_channel",
    "app.add_people",
    "app.manage_members",
    "app.make_private",
    "app.leave_channel",
    "app.archive_channel",
}


class ChannelDesk(Asking):
    # the menu of the open channel
    def show_menu(self) -> None:
        """Everything that can be done with the open channel."""
        channel = self._channel()
        if channel is None:
            return
        direct = not channel.team_id
        hidden = FOR_TEAM_CHANNELS if direct else {"app.hide_channel"}
        hidden = hidden if channel.type == "O" else {*hidden, "app.make_private"}
        entries: list[Entry] = []
        for ident in MENU:
            if ident not in hidden:
                action = self.screen.shared.keymap.get(ident)
                title = _("Restore from the archive") if self._restores(ident, channel) else str(action.help)
                entries.append((Offer(ident, title, shown_key(action), "›"), self._performer(ident)))
        self.menu(self.title_of(channel.id), entries)

    def _restores(self, ident: str, channel: Channel) -> bool:
        return ident == "app.archive_channel" and channel.delete_at > 0

    def _performer(self, ident: str) -> Callable[[], object]:
        return lambda: self.screen.perform(ident)

    def _channel(self, *, of_team: bool = False) -> Channel | None:
        """The open channel; says so where there is none that fits."""
        channel = self.client.channels.get(self.channel_id)
        if channel is None or (of_team and not channel.team_id):
            self.tell(_("This only works in a channel of a team."))
            return None
        return channel

    # finding
    def browse(self) -> None:
        """All public channels: enter one that I am in, join another; the archive is in the same list."""
        self.tell(_("Asking the server …"))
        self.when_done(self.client.care.browse(), self._browse)

    def _browse(self, channels: list[Channel]) -> None:
        rows = {channel.id: channel for channel in channels}

        def find(text: str) -> list[Offer]:
            return narrowed([self._browsed(channel) for channel in channels], text) + extra(text)

        def extra(text: str) -> list[Offer]:
            making = [Offer("+new", _("Create a channel …"), safe_line(text, 60), "+")]
            return [*making, Offer("+archive", _("Archived channels …"), "", "▾")]

        def chosen(key: str | None) -> None:
            if key == "+new":
                self.create(picker.editor.text)
            elif key == "+archive":
                self.browse_archive()
            elif key in rows:
                self._enter(rows[key])

        title = ngettext("{n} public channel", "{n} public channels", len(channels)).format(n=len(channels))
        picker = Picker(title, find, placeholder=_("Name or purpose"), verb=_("Join or open"))
        self.push(picker, chosen)

    def _browsed(self, channel: Channel) -> Offer:
        purpose = safe_line(channel.purpose, 80)
        joined = _("joined") if self.client.care.is_member(channel.id) else ""
        detail = "  ".join(filter(None, (purpose, joined)))
        return Offer(channel.id, channel.display_name, detail, "✓" if joined else CHANNEL_SIGNS["O"])

    def _enter(self, channel: Channel) -> None:
        if self.client.care.is_member(channel.id):
            self._open(channel.id)
        else:
            self.when_done(self.client.channels.join(channel.id), self._open)

    def _open(self, channel_id: ChannelId) -> None:
        self.screen.open_channel(channel_id)
        self.screen.composer.editor.focus()

    def browse_archive(self) -> None:
        self.when_done(self.client.care.browse(archived=True), self._browse_archive)

    def _browse_archive(self, channels: list[Channel]) -> None:
        entries: list[Entry] = [
            (Offer(c.id, c.display_name, safe_line(c.purpose, 80), "▪"), partial(self._ask_restore, c))
            for c in channels
        ]
        if not entries:
            self.tell(_("The archive is empty."))
            return
        self.menu(_("Archived channels"), entries, verb=_("Restore"))

    # making and changing
    def create(self, title: str = "") -> None:
        """A form for a new channel."""
        kinds = (Option(_("public: everybody of the team may join"), "O"), Option(_("private"), "P"))
        elements = [
            text_field("title", _("Name"), safe_line(title, LONGEST_NAME), most=LONGEST_NAME),
            Element("kind", _("Who may join"), "radio", default="O", options=kinds),
            text_field("purpose", _("Purpose"), optional=True, most=LONGEST_PURPOSE),
            text_field("header", _("Header"), optional=True, most=LONGEST_HEADER),
        ]
        self.form(
            _("New channel"),
            elements,
            lambda values: self.client.care.create(
                values["title"].strip(),
                private=values["kind"] == "P",
                purpose=values["purpose"].strip(),
                header=values["header"].strip(),
            ),
            self._open,
            verb=_("Create"),
        )

    def edit(self) -> None:
        """Name, address, purpose and header in one form; only what was changed is sent."""
        channel = self._channel(of_team=True)
        if channel is None:
            return
        held = {
            "display_name": safe_line(channel.display_name, LONGEST_NAME),
            "name": safe_line(channel.name, LONGEST_NAME),
            "purpose": safe(channel.purpose, limit=LONGEST_PURPOSE),
            "header": safe(channel.header, limit=LONGEST_HEADER),
        }
        address = _("In links: {name}").format(name=f"~{held['name']}")
        elements = [
            text_field("display_name", _("Name"), held["display_name"], most=LONGEST_NAME),
            text_field("name", _("Address"), held["name"], most=LONGEST_NAME, help=address),
            text_field("purpose", _("Purpose"), held["purpose"], optional=True, most=LONGEST_PURPOSE),
            text_field(
                "header", _("Header"), held["header"], kind="textarea", optional=True, most=LONGEST_HEADER
            ),
        ]
        if channel.name == "town-square":  # with another address the server no longer knows it for its own
            elements.pop(1)
        self.form(
            self.title_of(channel.id),
            elements,
            lambda values: self.client.care.change(
                channel.id, {key: value.strip() for key, value in values.items() if value != held[key]}
            ),
            lambda _none: self.tell(_("Saved.")),
            verb=_("Save"),
        )

    # leaving, archive
    def leave(self) -> None:
        channel = self._channel(of_team=True)
        if channel is None:
            return
        question = _("Leave {channel}? Its messages go from here.").format(channel=self.title_of(channel.id))
        if channel.type == "P":
            question += " " + _("It is private: to come back you need an invitation.")
        self.confirm(_("Leave the channel"), question, _("Leave"), lambda: self._leave(channel.id))

    def _leave(self, channel_id: ChannelId) -> None:
        words = _("You have left {channel}.").format(channel=self.title_of(channel_id))
        self.when_done(self.client.channels.leave(channel_id), lambda _none: self._left(words))

    def _left(self, words: str) -> None:
        self.screen.open_last_channel()
        self.tell(words)

    def make_private(self) -> None:
        """After a question: only an administrator of the server can open it again."""
        channel = self._channel(of_team=True)
        if channel is None:
            return
        title = self.title_of(channel.id)
        if channel.type != "O":
            self.tell(_("{channel} is private already.").format(channel=title))
            return
        question = _(
            "Make {channel} private? Its members stay; others find it no more and need an invitation. "
            "Only an administrator of the server can make it public again."
        )
        self.confirm(
            _("Make the channel private"),
            question.format(channel=title),
            _("Make private"),
            lambda: self.told(
                self.client.care.make_private(channel.id),
                _("{channel} is private now.").format(channel=title),
            ),
        )

    def archive(self) -> None:
        """Archives the open channel, or takes it back; each after a question."""
        channel = self._channel(of_team=True)
        if channel is None:
            return
        if channel.delete_at:
            self._ask_restore(channel)
            return
        question = _("Archive {channel}? Nobody can write there any more; what was written stays.")
        self.confirm(
            _("Archive the channel"),
            question.format(channel=self.title_of(channel.id)),
            _("Archive"),
            lambda: self.told(self.client.care.archive(channel.id), _("Archived.")),
        )

    def _ask_restore(self, channel: Channel) -> None:
        name = safe_line(channel.display_name, 60)
        self.confirm(
            _("Restore from the archive"),
            _("Restore {channel}?").format(channel=name),
            _("Restore"),
            lambda: self.told(self.client.care.restore(channel.id), _("{name} is back.").format(name=name)),
        )

    def hide(self) -> None:
        """Takes a direct or group message out of the sidebar."""
        self.client.channels.hide(self.channel_id)
        self.tell(_("Out of the sidebar until somebody writes there."))

    # muting and notifications
    def mute(self, channel_id: ChannelId = "") -> None:
        channel_id = channel_id or self.channel_id
        muted = not self.client.channels.muted(channel_id)
        words = _("{channel} is muted.") if muted else _("{channel} is no longer muted.")
        self.told(
            self.client.channels.mute(channel_id, muted), words.format(channel=self.title_of(channel_id))
        )

    def notifications(self) -> None:
        """How the open channel notifies, as the server keeps it for all my devices."""
        channel = self._channel()
        if channel is None:
            return
        held = self.client.care.notify_props(channel.id)
        elements = [
            Element(
                key,
                str(title),
                "radio",
                default=held[key] if held[key] in dict(options) else options[0][0],
                options=tuple(Option(str(words), value) for value, words in options),
            )
            for key, title, options in NOTIFY_FIELDS
        ]
        self.form(
            _("Notifications of {channel}").format(channel=self.title_of(channel.id)),
            elements,
            lambda values: self.client.care.set_notify(channel.id, dict(values)),
            lambda _none: self.tell(_("Saved.")),
            verb=_("Save"),
        )

    # who is in it
    def add_people(self) -> None:
        channel = self._channel(of_team=True)
        if channel is not None:
            title = _("Add to {channel}").format(channel=self.title_of(channel.id))
            self.people(title, _("Add"), partial(self._add, channel.id), not_in=channel.id)

    def _add(self, channel_id: ChannelId, user_ids: Sequence[UserId]) -> None:
        names = ", ".join(self.name_of(user_id) for user_id in user_ids)
        words = _("Added: {names}.").format(names=names)
        self.told(self.client.care.add(channel_id, user_ids), words)

    def manage_members(self) -> None:
        """Everybody in the open channel; the chosen one can be made administrator or removed."""
        channel = self._channel(of_team=True)
        if channel is not None:
            self.tell(_("Asking the server …"))
            self.when_done(self.client.care.members(channel.id), partial(self._show_members, channel.id))

    def _show_members(self, channel_id: ChannelId, members: list[Member]) -> None:
        people = self.client.people
        entries: list[Entry] = [
            (
                Offer(
                    m.user.id,
                    people.name(m.user.id) or m.user.username,
                    f"@{m.user.username}" + (f"  {_('administrator')}" if m.admin else ""),
                    status=people.status(m.user.id) or "offline",
                ),
                partial(self._member_menu, channel_id, m),
            )
            for m in members
        ]
        n = len(members)
        self.menu(ngettext("{n} member", "{n} members", n).format(n=n), entries)

    def _member_menu(self, channel_id: ChannelId, member: Member) -> None:
        user_id, name, care = member.user.id, self.name_of(member.user.id), self.client.care
        words = (
            _("{name} is no administrator any more.") if member.admin else _("{name} is administrator now.")
        )
        role = _("Take the administration away") if member.admin else _("Make administrator of this channel")
        removed = _("{name} was removed.").format(name=name)
        entries: list[Entry] = [
            (
                Offer("write", _("Write to {name}").format(name=name), "", "›"),
                partial(self.screen.open_person, user_id),
            ),
            (
                Offer("role", role, "", "›"),
                lambda: self.told(
                    care.make_admin(channel_id, user_id, not member.admin), words.format(name=name)
                ),
            ),
            (
                Offer("remove", _("Remove from the channel"), "", "›"),
                lambda: self.confirm(
                    _("Remove from the channel"),
                    _("Remove {name} from {channel}?").format(name=name, channel=self.title_of(channel_id)),
                    _("Remove"),
                    lambda: self.told(care.remove(channel_id, user_id), removed),
                ),
            ),
        ]
        self.menu(name, entries)
