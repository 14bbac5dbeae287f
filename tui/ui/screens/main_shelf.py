"""Files in shared folders instead of attachments: proposed, copied, opened, saved; a conflict told.

Invariant: a file is only copied after a yes, and only regular files inside a shared folder are opened; what
is opened is named first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from tui.client.shelf import ConflictNote, TooMuch
from tui.client.wording.pairing import ARRIVALS
from tui.core.errors import TeleteamError
from tui.core.folders import FolderView
from tui.core.ids import ChannelId, UserId
from tui.core.models import FileInfo, Post, Target
from tui.core.pairing import Card
from tui.core.safe_text import safe_line
from tui.core.sharing import Arrival, Whereabouts
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.messages import Failed
from tui.ui.panels.composer import Composer
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.ui.screens.main_show import Showing
    from tui.ui.screens.main_whom import Whom


class ShelfDesk(Desk):
    def __init__(self, screen: Showing, whom: Whom) -> None:
        super().__init__(screen)
        self._whom = whom

    # in
    def add_file(self, composer: Composer, path: str) -> None:
        """Attaches it; what is too large for the server or for this line proposes a shared folder."""
        client = self.client
        too_much = client.shelf.too_much(path, client.line.profile.ask_above)
        if too_much is None or not Path(path).expanduser().is_file():
            self._attach(composer, path)
            return
        offers = [
            Offer(view.id, view.title, safe_line(view.path, 60), "▤") for view in client.shelf.folders()
        ]
        if too_much.reason == "thin":
            offers.append(Offer("", _("Attach it all the same"), "", "→"))
        if not offers:
            self.tell(self._why(too_much), alarm=True)
            return
        views = {view.id: view for view in client.shelf.folders()}
        title = f"{self._why(too_much)} {_('Into which shared folder?')}"
        keyed = [Offer(offer.key or "attach", offer.title, offer.detail, offer.sign) for offer in offers]
        dialog = Picker(title, lambda text: _fitting(keyed, text), verb=_("Put it there"))

        def chosen(key: str | None) -> None:
            if key == "attach":
                self._attach(composer, path)
            elif key:
                self._put(composer, path, views[key])

        self.push(dialog, chosen)

    def _attach(self, composer: Composer, path: str) -> None:
        problem = composer.attach(path)
        if problem:
            self.tell(problem, alarm=True)
        elif composer.editor.text.startswith("/attach"):
            composer.editor.load("")

    def _why(self, too_much: TooMuch) -> str:
        formats = self.screen.shared.formats
        size, limit = formats.size(too_much.size), formats.size(too_much.limit)
        if too_much.reason == "limit":
            return _("{size} is too large for this server ({limit}).").format(size=size, limit=limit)
        return _("{size} is much for this line.").format(size=size)

    def _put(self, composer: Composer, path: str, view: FolderView) -> None:
        """Copies it there and posts the card where the composer stands."""
        from tui.ui.screens.sharing import CopyScreen

        target = composer.target or self.screen.target()
        shelf = self.client.shelf

        def start(note: Callable[[int, int], None], stop: threading.Event) -> Future[str]:
            return shelf.put(target, path, view, note, stop)

        def done(name: str | None) -> None:
            if name:
                if composer.editor.text.startswith("/attach"):
                    composer.editor.load("")
                text = _("{file} lies in {folder} now, and a message says so.")
                self.tell(text.format(file=safe_line(name, 80), folder=safe_line(view.title, 60)))

        title = _("Copying into {folder}").format(folder=safe_line(view.title, 60))
        self.push(CopyScreen(title, start, self.screen.shared.formats), done)

    def put_file(self) -> None:
        """Any local file, whatever its size."""
        from tui.ui.screens.file_picker import FilePicker

        if not self.client.shelf.folders():
            self.tell(_("No shared folder can take a file now."), alarm=True)
            return
        self.push(FilePicker(), lambda path: self._shelve(path) if path else None)

    def _shelve(self, path: str) -> None:
        self._choose_view(
            _("Into which shared folder?"), lambda view: self._put(self.screen.composer, path, view)
        )

    def _choose_view(self, title: str, then: Callable[[FolderView], None]) -> None:
        views = {view.id: view for view in self.client.shelf.folders()}
        offers = [Offer(view.id, view.title, safe_line(view.path, 60), "▤") for view in views.values()]
        if not offers:
            self.tell(_("No shared folder can take a file now."), alarm=True)
            return
        dialog = Picker(title, lambda text: _fitting(offers, text), verb=_("Put it there"))
        self.push(dialog, lambda key: then(views[key]) if key else None)

    # attachments into a folder
    def save_attachment(self, row: PostRow) -> None:
        """The attachment of a message, saved into a shared folder."""
        files = {file.id: file for file in row.post.files}
        if not files:
            self.tell(_("There is no file at this message."))
        elif len(files) == 1:
            self._save_where(next(iter(files.values())))
        else:
            offers = [
                Offer(file.id, file.name, self.screen.shared.formats.size(file.size), "▤")
                for file in files.values()
            ]
            dialog = Picker(_("Which file?"), lambda text: _fitting(offers, text), verb=_("Choose"))
            self.push(dialog, lambda key: self._save_where(files[key]) if key else None)

    def _save_where(self, file: FileInfo) -> None:
        self._choose_view(_("Into which shared folder?"), lambda view: self._save(file, view))

    def _save(self, file: FileInfo, view: FolderView) -> None:
        from tui.ui.screens.sharing import CopyScreen

        folder, shelf = safe_line(view.title, 60), self.client.shelf

        def start(note: Callable[[int, int], None], stop: threading.Event) -> Future[str]:
            return shelf.save(file, view, note, stop)

        def saved(name: str | None) -> None:
            if name:
                text = _("{file} lies in {folder} now.")
                self.tell(text.format(file=safe_line(name, 80), folder=folder))

        title = _("Saving into {folder}").format(folder=folder)
        self.push(CopyScreen(title, start, self.screen.shared.formats), saved)

    # out
    def open_shared_file(self, post: Post, card: Card) -> None:
        """Enter on a file's card: looks anew, then opens the file or its directory."""
        self.when_done(self.client.shelf.look(post, card), lambda where: self._arrived(card, where))

    def _arrived(self, card: Card, where: Whereabouts) -> None:
        if where.arrival is not Arrival.HERE:
            self.tell(f"{safe_line(card.path, 80)}: {ARRIVALS[where.arrival]}")
            return
        path = Path(where.path)
        offers = [
            Offer("file", _("Open the file"), safe_line(path.name, 60), "▤"),
            Offer("directory", _("Open its directory"), safe_line(str(path.parent), 60), "▸"),
            Offer("copy", _("Copy its path"), "", "→"),
        ]
        dialog = Picker(safe_line(card.path, 80), lambda text: _fitting(offers, text))
        self.push(dialog, lambda key: self._open_path(key, path))

    def _open_path(self, key: str | None, path: Path) -> None:
        if key == "copy":
            self.screen.copy(str(path))
        elif key:
            from tui.terminal.local_files import open_path

            place = path if key == "file" else path.parent

            def told(opened: bool) -> None:
                if not opened:
                    self.tell(
                        _("Nothing here can open it. Its path: {path}").format(
                            path=safe_line(str(place), 200)
                        )
                    )

            self.screen.in_background(lambda: open_path(place, self.screen.shared.where()), told)

    # conflicts
    def tell_conflict(self, folder_id: str, path: str) -> None:
        """One key for the folders panel: tells the person whose version won, after a look at the text."""
        try:
            note = self.client.shelf.conflict_note(folder_id, path)
        except TeleteamError as error:
            self.screen.post_message(Failed(error))
            return
        if note.user_id:
            self._confirm_conflict(note, note.user_id)
        else:
            self._whom.ask(_("Who has the other version?"), lambda user: self._confirm_conflict(note, user))

    def _confirm_conflict(self, note: ConflictNote, user_id: UserId) -> None:
        if not user_id:
            return
        name = safe_line(self.client.people.name(user_id), 60)
        text = _("{name} gets a direct message that names {file} in {folder}.")
        question = text.format(
            name=name, file=safe_line(note.card.path, 120), folder=safe_line(note.card.label, 60)
        )

        def send(channel_id: ChannelId) -> None:
            self.screen.attempt(lambda: self.client.shelf.tell_conflict(Target(channel_id), note))
            self.tell(_("{name} has been told.").format(name=name))

        def confirmed(yes: bool | None) -> None:
            if yes:
                self.when_done(self.client.channels.direct(user_id), send)

        self.push(Confirm(_("Tell of the conflict?"), question, _("Tell")), confirmed)


def _fitting(offers: list[Offer], text: str) -> list[Offer]:
    return [offer for offer in offers if text.casefold() in f"{offer.title} {offer.detail}".casefold()]
