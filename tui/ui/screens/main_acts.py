"""What is done with a message beside reading and writing it: forwarding, copying, buttons, forms, inviting.

Invariant: nothing is sent without a key for it; a form stays until the integration has taken it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.core import emoji
from tui.core.attachments import Action
from tui.core.dialogs import DialogAnswer, Element, IntegrationDialog
from tui.core.markdown import parse
from tui.core.meetings import shown_message
from tui.core.models import Post
from tui.core.post_links import PostLink
from tui.core.safe_text import safe, safe_line, shorten
from tui.core.spans import CodeBlock
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.palette import Palette
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.ui.screens.form import IntegrationForm
    from tui.ui.screens.main_show import Showing

LONGEST_OFFER = 70
MOST_PEOPLE = 30


class ActDesk(Desk):
    """`openable` gives the links and files of a message."""

    def __init__(self, screen: Showing, openable: Callable[[Post], Sequence[PostLink]]) -> None:
        super().__init__(screen)
        self._openable = openable

    # forwarding and copying
    def forward(self, row: PostRow) -> None:
        """Asks where to; out of a closed channel only after a question."""
        channel = self.client.channels.get(row.post.channel_id)
        if channel is None or channel.type == "O":
            self._forward_where(row.post)
            return
        question = _("This message was written in a closed channel. Others will be able to read it.")
        dialog = Confirm(_("Forward it?"), question, _("Forward"))
        self.push(dialog, lambda yes: self._forward_where(row.post) if yes else None)

    def _forward_where(self, post: Post) -> None:
        palette = Palette(self.screen.shared)
        dialog = Picker(
            _("Forward to"), palette.places, placeholder=_("Channel or person"), verb=_("Forward")
        )
        self.push(dialog, lambda key: self._forward_to(key, post))

    def _forward_to(self, key: str | None, post: Post) -> None:
        """Goes there with the text in the composer: it is sent by Enter, like any other."""
        kind, _colon, ident = (key or "").partition(":")
        client = self.client
        name = client.people.name(post.user_id) or _("somebody")
        quoted = "\n".join(f"> {line}" for line in safe(shown_message(post)).split("\n"))
        link = client.posts.permalink(post.id)
        text = _("Forwarded from {name}: {link}").format(name=name, link=link) + f"\n{quoted}\n"
        if kind == "channel":
            self.screen.open_channel(ident)
            self.screen.composer.insert(text)
        elif kind == "user":
            self.when_done(client.channels.direct(ident), lambda found: self._write_in(found, text))

    def _write_in(self, channel_id: str, text: str) -> None:
        self.screen.open_channel(channel_id)
        self.screen.composer.insert(text)

    def copy_code(self, row: PostRow) -> None:
        document = parse(row.post.message, self.screen.context.markdown(row.post))
        blocks = [block.text for block in document.blocks if isinstance(block, CodeBlock)]
        offers = [
            Offer(str(n), shorten(safe_line(text), LONGEST_OFFER), sign="▸") for n, text in enumerate(blocks)
        ]
        self._copy_one(_("Copy a code block"), offers, blocks, _("There is no code block in this message."))

    def copy_address(self, row: PostRow) -> None:
        links = self._openable(row.post)
        offers = [Offer(str(n), link.title, link.text, link.sign) for n, link in enumerate(links)]
        nothing = _("There is no link in this message.")
        self._copy_one(_("Copy a link in the message"), offers, [link.shown for link in links], nothing)

    def _copy_one(self, title: str, offers: list[Offer], texts: list[str], nothing: str) -> None:
        if not offers:
            self.tell(nothing)
        elif len(offers) == 1:
            self.screen.copy(texts[0])
        else:
            keys = [offer.key for offer in offers]
            dialog = Picker(title, lambda _text: offers, verb=_("Copy"))
            self.push(dialog, lambda key: self.screen.copy(texts[keys.index(key)]) if key else None)

    # reactions
    def emoji_offers(self, text: str) -> list[Offer]:
        """The recent ones first, then by the start of their name; what is typed as a name of its own last."""
        found = self.client.emojis.find(text)
        offers = [
            Offer(o.name, f":{o.name}:", _("of this server") if o.custom else "", o.character) for o in found
        ]
        typed = text.strip().strip(":")
        if typed and emoji.NAME.fullmatch(typed) and all(offer.key != typed for offer in offers):
            offers.append(Offer(typed, f":{typed}:", _("custom emoji")))
        return offers

    def who_reacted(self, row: PostRow) -> None:
        people = self.client.people
        offers = [
            Offer(
                reaction.emoji_name,
                ", ".join(safe_line(people.name(i) or "…", 60) for i in reaction.user_ids[:MOST_PEOPLE]),
                str(reaction.count),
                emoji.to_unicode(reaction.emoji_name) or f":{safe_line(reaction.emoji_name, 64)}:",
            )
            for reaction in row.reactions
        ]
        if row.post.acknowledged:
            names = ", ".join(safe_line(people.name(i) or "…", 60) for i, _at in row.post.acknowledged)
            offers.append(Offer("ack", names, _("acknowledged"), "✓"))
        if not offers:
            self.tell(_("Nobody has reacted to this message."))
            return
        self.push(Picker(_("Who reacted"), lambda _text: offers, verb=_("Close")))

    # integrations
    def press(self, row: PostRow) -> None:
        actions = self.client.integrations.actions(row.post)
        if not actions:
            self.tell(_("This message has no buttons."))
            return
        offers = [
            Offer(str(n), action.name or action.id, _("menu") if action.type == "select" else "", "▢")
            for n, action in enumerate(actions)
        ]
        dialog = Picker(_("Buttons and menus of the message"), lambda _text: offers, verb=_("Press"))
        self.push(dialog, lambda key: self._pressed(row.post, actions[int(key)]) if key else None)

    def _pressed(self, post: Post, action: Action) -> None:
        if action.type != "select":
            self._press(post, action, "")
            return
        dialog = Picker(
            action.name,
            lambda text: self._choices(action.source, action.options, text),
            chosen=action.default,
            verb=_("Take it"),
        )
        self.push(dialog, lambda key: self._press(post, action, key) if key else None)

    def _press(self, post: Post, action: Action, selected: str) -> None:
        asked = self.client.integrations.press(post.id, action, selected)
        words = _("{name}: done.").format(name=action.name)
        self.when_done(asked, lambda _none: self.tell(words))

    def _choices(self, source: str, options: tuple[tuple[str, str], ...], text: str) -> list[Offer]:
        """What a menu offers: its own options, or people or channels by name."""
        if not source:
            wanted = text.strip().lower()
            return [Offer(value, title) for title, value in options if wanted in title.lower()]
        kind = "user" if source == "users" else "channel"
        offers = Palette(self.screen.shared).places(text)
        found = [(offer, *offer.key.partition(":")[::2]) for offer in offers]
        return [Offer(i, o.title, o.detail, o.sign, o.status) for o, k, i in found if k == kind]

    def open_form(self) -> None:
        """An integration wants something filled in."""
        dialog = self.client.integrations.take_dialog()
        if dialog is not None:
            self._show_form(dialog)

    def _show_form(self, dialog: IntegrationDialog) -> None:
        from tui.ui.screens.form import IntegrationForm

        form: IntegrationForm

        def choices(element: Element, text: str) -> list[Offer]:
            options = tuple((option.text, option.value) for option in element.options)
            return self._choices(element.source, options, text)

        form = IntegrationForm(
            dialog,
            lambda values: self.when_done(
                self.client.integrations.submit(dialog, values),
                lambda told: self._form_answered(form, told),
            ),
            choices,
        )
        self.push(form, lambda sent: None if sent else self._form_closed(dialog))

    def _form_answered(self, form: IntegrationForm, told: DialogAnswer) -> None:
        if not told.ok:
            form.refuse(told.errors, told.error)
            return
        form.dismiss(True)
        if told.next is not None:
            self._show_form(told.next)
        else:
            self.tell(_("Sent."))

    def _form_closed(self, dialog: IntegrationDialog) -> None:
        self.client.integrations.cancel(dialog)

    def invite(self, row: PostRow) -> None:
        invitation = self.client.integrations.invitation(row.post)
        if invitation is None:
            self.tell(_("Nobody is to be invited here."))
            return
        names = ", ".join(f"@{name}" for name in invitation.usernames)
        channel = safe_line(self.client.channels.named(row.post.channel_id), 60)
        question = _("Add {names} to {channel}?").format(names=names, channel=channel)
        dialog = Confirm(_("Invite"), question, _("Invite"))
        done = _("{names}: invited.").format(names=names)
        self.push(
            dialog,
            lambda yes: (
                self.when_done(
                    self.client.integrations.invite(row.post, invitation),
                    lambda _none: self.tell(done),
                )
                if yes
                else None
            ),
        )
