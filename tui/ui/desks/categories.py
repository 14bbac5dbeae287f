"""Arranging the sidebar: favourites, categories of one's own, their order, what is in them.

Invariant: built-in categories keep their names and are never removed.
"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from tui.client.wording.categories import category_title
from tui.core.dialogs import Element, Option
from tui.core.ids import CategoryId, ChannelId
from tui.core.models import Category
from tui.core.safe_text import safe_line
from tui.settings.i18n import N_, _
from tui.ui.desks.asking import Asking, Entry, Values, text_field
from tui.ui.messages import SidebarAsked
from tui.ui.screens.picker import Offer

LONGEST_NAME = 64
SORTINGS = (
    ("", N_("by name")),
    ("recent", N_("newest first")),
    ("manual", N_("as I arranged them")),
)


class CategoryDesk(Asking):
    def asked(self, event: SidebarAsked) -> None:
        """On the row under the cursor: a channel or a category."""
        match event.verb:
            case "move" if event.channel_id:
                self.move(event.channel_id)
            case "favour" if event.channel_id:
                self.favour(event.channel_id)
            case "create":
                self.create(event.channel_id)
            case "up":
                self.shift(event.category_id, -1)
            case "down":
                self.shift(event.category_id, 1)
            case _:
                self.edit(event.category_id)

    def favour(self, channel_id: ChannelId = "") -> None:
        """Among the favourites, or no longer."""
        channel_id = channel_id or self.channel_id
        wanted = not self.client.categories.is_favourite(channel_id)
        words = _("{channel} is a favourite now.") if wanted else _("{channel} is no favourite any more.")
        asked = self.client.categories.favour(channel_id, wanted)
        self.told(asked, words.format(channel=self.title_of(channel_id)))

    def move(self, channel_id: ChannelId = "") -> None:
        """Into which category a channel goes; a new one can be made of it."""
        channel_id = channel_id or self.channel_id
        here = self.client.categories.of_channel(channel_id)
        entries: list[Entry] = [
            (
                Offer(row.id, _title(row), _("here now") if row == here else "", "▾"),
                partial(self._move, channel_id, row),
            )
            for row in self.client.categories.all()
        ]
        entries.append(
            (Offer("+new", _("New category …"), "", "+"), lambda: self.create(channel_id)),
        )
        self.menu(_("Move {channel} to").format(channel=self.title_of(channel_id)), entries, verb=_("Move"))

    def _move(self, channel_id: ChannelId, row: Category) -> None:
        words = _("{channel} is in {category} now.").format(
            channel=self.title_of(channel_id), category=_title(row)
        )
        self.told(self.client.categories.move(channel_id, row.id), words)

    def create(self, channel_id: ChannelId = "") -> None:
        """A category of one's own; the channel goes into it."""
        inside = (channel_id,) if channel_id else ()
        self.form(
            _("New category"),
            [text_field("name", _("Name"), most=LONGEST_NAME)],
            lambda values: self.client.categories.create(values["name"].strip(), *inside),
            lambda _id: self.tell(_("Created.")),
            verb=_("Create"),
        )

    def choose(self) -> None:
        """Which category is to be changed."""
        entries: list[Entry] = [
            (Offer(row.id, _title(row), "", "▾"), partial(self.edit, row.id))
            for row in self.client.categories.all()
        ]
        entries.append((Offer("+new", _("New category …"), "", "+"), self.create))
        self.menu(_("Categories of the sidebar"), entries)

    def edit(self, category_id: CategoryId) -> None:
        """What can be done with one category."""
        row = self.client.categories.get(category_id)
        if row is None:
            self.tell(_("Put the cursor on a category first."))
            return
        mine = self.client.categories
        muted = _("Unmute all its channels") if row.muted else _("Mute all its channels")
        entries: list[Entry] = [
            (Offer("sort", _("Name and order …"), "", "›"), partial(self._form, row)),
            (Offer("up", _("Further up"), "", "↑"), partial(self.shift, row.id, -1)),
            (Offer("down", _("Further down"), "", "↓"), partial(self.shift, row.id, 1)),
        ]
        if row.type != "direct_messages":
            entries.append(
                (
                    Offer("mute", muted, "", "∅"),
                    lambda: self.told(mine.mute(row.id, not row.muted), _("Done.")),
                )
            )
        if row.type == "custom":
            entries.append((Offer("remove", _("Remove the category"), "", "✗"), partial(self.remove, row)))
        self.menu(_title(row), entries)

    def _form(self, row: Category) -> None:
        sortings = tuple(Option(str(words), value or "alpha") for value, words in SORTINGS)
        held = row.sorting or "alpha"
        elements = [Element("sorting", _("Order of its channels"), "radio", default=held, options=sortings)]
        if row.type == "custom":
            elements.insert(0, text_field("name", _("Name"), _title(row), most=LONGEST_NAME))

        def send(values: Values) -> Future[None]:
            name = values.get("name", row.display_name).strip()
            return self.client.categories.edit(row.id, name, values["sorting"])

        self.form(_title(row), elements, send, lambda _none: self.tell(_("Saved.")), verb=_("Save"))

    def shift(self, category_id: CategoryId, step: int) -> None:
        """Up or down in the sidebar."""
        self.when_done(self.client.categories.shift(category_id, step), lambda _none: None)

    def remove(self, row: Category) -> None:
        self.confirm(
            _("Remove the category"),
            _("Remove {name}? Its channels go back to where they belong.").format(name=_title(row)),
            _("Remove"),
            lambda: self.told(self.client.categories.remove(row.id), _("Removed.")),
        )


def _title(row: Category) -> str:
    return safe_line(category_title(row.type, row.display_name), LONGEST_NAME)
