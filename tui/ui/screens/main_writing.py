"""What helps in writing: what I wrote before, spelling, snippets, taking back what was just sent.

Invariant: nothing here changes what is written without a key for it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.client.posts import HELD
from tui.core.errors import TeleteamError, UserMistake
from tui.core.ids import Cid
from tui.core.models import OutboxItem
from tui.core.safe_text import safe_line, shorten
from tui.settings.i18n import _, ngettext
from tui.ui.desks.desk import Desk
from tui.ui.panels.composer import Composer
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.terminal import spelling

LONGEST_OFFER = 70


class WritingDesk(Desk):
    def writing_composer(self) -> Composer:
        """The one that has the focus, else that of the channel."""
        inside = (
            one for one in self.screen.query(Composer) if self.screen.is_inside(self.screen.focused, one)
        )
        return next(inside, self.screen.composer)

    def history(self) -> None:
        """What I wrote before, to be written again."""
        composer, texts = self.writing_composer(), self.client.posts.own_texts()
        offers = [Offer(str(n), shorten(safe_line(text), LONGEST_OFFER)) for n, text in enumerate(texts)]
        dialog = Picker(_("What I wrote"), lambda typed: _fitting(offers, texts, typed), verb=_("Take it"))
        self.push(dialog, lambda key: composer.insert(texts[int(key)]) if key else None)

    def snippet(self) -> None:
        """A text of the settings."""
        composer = self.writing_composer()
        named = [entry.partition("=")[::2] for entry in self.screen.shared.config.composer.snippets]
        texts = [text.strip().replace("\\n", "\n") for _name, text in named]
        offers = [
            Offer(str(n), name.strip(), shorten(safe_line(text), 40))
            for n, ((name, _text), text) in enumerate(zip(named, texts, strict=True))
            if text
        ]
        if not offers:
            self.tell(_('There are no snippets: [composer] snippets = ["name=text"] in the settings.'))
            return
        titles = [name for name, _text in named]
        dialog = Picker(_("Insert a text"), lambda typed: _fitting(offers, titles, typed), verb=_("Insert"))
        self.push(dialog, lambda key: composer.insert(texts[int(key)]) if key else None)

    def check_spelling(self) -> None:
        """Words that no dictionary knows, with what may be meant."""
        from tui.settings.i18n import language
        from tui.terminal import spelling

        composer = self.writing_composer()
        text = composer.editor.text
        names = spelling.dictionaries(self.screen.shared.config.composer.spelling, language())
        if not text.strip() or not names:
            self.tell(_("Write the message first.") if names else _("The settings switch spelling off."))
            return
        self.screen.in_background(
            lambda: spelling.check(text, names, self.screen.shared.where().env or os.environ),
            lambda found: self._show_wrong(composer, text, found),
        )

    def _show_wrong(self, composer: Composer, text: str, found: list[spelling.Wrong] | None) -> None:
        if found is None:
            self.tell(_("There is no hunspell with a dictionary of your language here."))
            return
        if not found:
            self.tell(_("No wrong words found."))
            return
        places = [(wrong, word) for wrong in found for word in (wrong.suggestions or ("",))]
        offers = [
            Offer(str(n) if word else "", wrong.word, f"→ {word}" if word else _("nothing like it is known"))
            for n, (wrong, word) in enumerate(places)
        ]

        def chosen(key: str | None) -> None:
            if key and composer.editor.text == text:
                wrong, word = places[int(key)]
                composer.editor.replace(wrong.start, wrong.end, word)
                self.check_spelling()

        title = ngettext("{n} wrong word", "{n} wrong words", len(found)).format(n=len(found))
        names = [wrong.word for wrong, _word in places]
        self.push(Picker(title, lambda typed: _fitting(offers, names, typed), verb=_("Replace")), chosen)

    # a moment to think again
    def hold_back(self, item: OutboxItem) -> None:
        """Lets a message go when its time is over."""
        seconds = self.screen.shared.config.composer.undo_seconds
        words = ngettext(
            "Goes out in {n} second; {key} takes it back.",
            "Goes out in {n} seconds; {key} takes it back.",
            seconds,
        )
        self.tell(words.format(n=seconds, key="Ctrl+Z"))
        self.screen.set_timer(seconds, lambda: self._let_go(item.cid))

    def _let_go(self, cid: Cid) -> None:
        held = self.client.outbox.get(cid)
        if held is None or held.reason != HELD:
            return
        try:
            self.client.outbox.retry(cid)
        except UserMistake:
            return

    def undo_send(self) -> None:
        """Takes the newest message that is still held back into the composer, with its files."""
        held = [item for item in self.client.outbox.all() if item.reason == HELD]
        if not held:
            self.tell(_("There is nothing to take back any more."))
            return
        item = held[-1]
        try:
            text = self.client.outbox.take_back(item.cid)
        except TeleteamError:
            self.tell(_("There is nothing to take back any more."))
            return
        self.screen.composer.bind(item.target, back_to=self.screen.target() if item.target.root_id else None)
        self.screen.composer.insert(text)
        for path in item.file_paths:
            self.screen.composer.attach(path)

    # the editor
    def edit_outside(self) -> None:
        """Writes on in the person's own editor; the screen waits."""
        from textual.app import SuspendNotSupported

        from tui.ui.external_editor import edit_text

        composer = self.writing_composer()
        try:
            with self.screen.app.suspend():
                text = edit_text(composer.editor.text, self.screen.shared.config.commands.editor)
        except SuspendNotSupported:
            self.tell(_("An external editor cannot be opened here."), alarm=True)
            return
        except OSError as error:
            self.tell(
                _("The editor could not be started: {what}").format(what=error.strerror or ""), alarm=True
            )
            return
        composer.editor.replace(0, len(composer.editor.text), text)
        composer.editor.focus()


def _fitting(offers: list[Offer], texts: list[str], typed: str) -> list[Offer]:
    """Those whose text has what is typed."""
    wanted = typed.strip().casefold()
    return [offer for offer in offers if wanted in f"{offer.title} {_text_of(offer, texts)}".casefold()]


def _text_of(offer: Offer, texts: list[str]) -> str:
    return texts[int(offer.key)] if offer.key.isdecimal() and int(offer.key) < len(texts) else ""
