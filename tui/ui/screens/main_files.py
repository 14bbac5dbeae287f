"""Files of messages: saved, looked into, opened, found; and those that are on their way.

Invariant: nothing is loaded without a key for it, nothing large without a question where the line is thin;
nothing is opened but in the programs of the desktop where the person sits.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.client.files import MOST_TEXT
from tui.client.wording.errors import sentence
from tui.core.errors import TeleteamError
from tui.core.models import FileInfo
from tui.core.post_links import PostLink
from tui.core.safe_text import safe_line
from tui.core.transfers import DONE, FAILED, PAUSED, Transfer
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.picker import Offer, Picker

if TYPE_CHECKING:
    from tui.ui.screens.main_links import LinkDesk
    from tui.ui.screens.main_show import Showing

SMALL_PICTURE = 5_000
"""Bytes of a usual thumbnail."""
_TEXTS = frozenset(
    {"txt", "md", "log", "csv", "json", "toml", "yaml", "yml", "ini", "cfg", "conf", "xml", "html", "css"}
    | {
        "py",
        "sh",
        "js",
        "ts",
        "c",
        "h",
        "cpp",
        "rs",
        "go",
        "java",
        "rb",
        "sql",
        "diff",
        "patch",
        "tex",
        "rst",
    }
)


class FileDesk(Desk):
    def __init__(self, screen: Showing, links: LinkDesk) -> None:
        super().__init__(screen)
        self._links = links
        self._open_when_here: set[str] = set()
        """Files that are opened when they have come."""
        self._announced: set[str] = set()
        """Downloads of this session whose end is told."""

    # what a file is asked for
    def menu(self, file: FileInfo, link: PostLink | None, *, post_id: str = "") -> None:
        """What can be done with it, and what a look would cost."""
        profile = self.client.line.profile
        directory = safe_line(str(self.client.files.directory()), 60)
        offers = [
            Offer("save", _("Save"), directory, "↓"),
            Offer("elsewhere", _("Save elsewhere …"), "", "↓"),
        ]
        if _is_text(file):
            offers.append(
                Offer(
                    "text", _("Show the text"), self._cost(profile.previews, min(file.size, MOST_TEXT)), "▤"
                )
            )
        if file.has_preview_image or file.mime_type.startswith("image/"):
            offers.append(
                Offer("picture", _("Show a small picture"), self._cost(profile.images, SMALL_PICTURE), "▦")
            )
        from tui.terminal.opener import NEVER_HERE

        if self.screen.shared.where().kind not in NEVER_HERE:
            offers.append(Offer("open", _("Save and open it"), "", "▸"))
        if link is not None:
            offers.append(Offer("link", _("Its link …"), "", "→"))
        if post_id:
            offers.append(Offer("post", _("Go to its message"), "", "→"))
        size = self.screen.shared.formats.size(file.size)
        dialog = Picker(
            f"{safe_line(file.name, 60)}  {size}", lambda text: _fitting(offers, text), verb=_("Do it")
        )
        self.push(dialog, lambda verb: self._do_with(verb, file, link, post_id))

    def _cost(self, free: bool, size: int) -> str:
        """What a look costs, said where the line is thin."""
        return "" if free else _("loads about {size}").format(size=self.screen.shared.formats.size(size))

    def _do_with(self, verb: str | None, file: FileInfo, link: PostLink | None, post_id: str) -> None:
        match verb:
            case "save":
                self._ask_and_load(file)
            case "elsewhere":
                self._choose_place(file)
            case "text":
                self.when_done(
                    self.client.files.text(file),
                    lambda told: self._show_text(file, told[0], told[1]),
                )
            case "picture":
                self.when_done(self.client.files.picture(file), lambda data: self._show_picture(file, data))
            case "open":
                self._open_when_here.add(file.id)
                self._ask_and_load(file)
            case "link" if link is not None:
                self._links.open_found(link)
            case "post":
                self.screen.show_post(post_id)

    # loading
    def _choose_place(self, file: FileInfo) -> None:
        from tui.ui.screens.file_picker import DirectoryPicker

        self.push(DirectoryPicker(), lambda place: self._ask_and_load(file, place) if place else None)

    def _ask_and_load(self, file: FileInfo, directory: str = "") -> None:
        """A question first where this is much for the line."""
        above = self.client.line.profile.ask_above
        if not above or file.size <= above:
            self._load(file, directory)
            return
        size = self.screen.shared.formats.size(file.size)
        question = _("{size} is much for this line.").format(size=size)
        dialog = Confirm(_("Load it?"), question, _("Load"))
        self.push(dialog, lambda yes: self._load(file, directory) if yes else None)

    def _load(self, file: FileInfo, directory: str) -> None:
        try:
            self.client.files.download(file, directory)
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)
            return
        self._announced.add(file.id)
        self.tell(_("Loading {file} …").format(file=safe_line(file.name, 80)))

    def tell_arrived(self) -> None:
        """Tells what has come, once, and opens what was to be opened."""
        for transfer in self.client.files.transfers():
            if transfer.kind != "down" or not transfer.is_over or transfer.id not in self._announced:
                continue
            self._announced.discard(transfer.id)
            wanted = transfer.id in self._open_when_here
            self._open_when_here.discard(transfer.id)
            if transfer.state == FAILED:
                from tui.client.wording.errors import reason

                self.tell(f"{safe_line(transfer.name, 80)}: {reason(transfer.reason)}", alarm=True)
            elif wanted:
                self._open_local(Path(transfer.place))
            else:
                self.tell(_("Saved: {path}").format(path=safe_line(transfer.place, 200)))

    def _open_local(self, place: Path) -> None:
        from tui.terminal.local_files import open_path

        path = safe_line(str(place), 200)

        def told(opened: bool) -> None:
            words = _("Opened: {path}") if opened else _("Nothing here can open it. Its path: {path}")
            self.tell(words.format(path=path))

        self.screen.in_background(lambda: open_path(place, self.screen.shared.where()), told)

    # looking into
    def _show_text(self, file: FileInfo, text: str, whole: bool) -> None:
        from tui.ui.screens.lines_page import LinesPage, text_drawing

        self.push(LinesPage(file.name, text_drawing(text, whole=whole)))

    def _show_picture(self, file: FileInfo, data: bytes) -> None:
        from tui.core.jpeg import BadPicture, Picture, decode
        from tui.ui.screens.lines_page import LinesPage, picture_drawing

        def work() -> Picture | None:
            try:
                return decode(data)
            except BadPicture:
                return None

        def show(picture: Picture | None) -> None:
            if picture is None:
                self.tell(_("This picture cannot be shown here. Save it instead."))
            else:
                self.push(LinesPage(file.name, picture_drawing(picture)))

        self.screen.in_background(work, show)

    # on their way
    def transfer_menu(self, transfer: Transfer) -> None:
        """Pause, go on, give up; and what has come is opened."""
        dialog = Picker(
            safe_line(transfer.name, 80), lambda text: _fitting(_verbs(transfer), text), verb=_("Do it")
        )
        self.push(dialog, lambda verb: self._do_with_transfer(verb, transfer))

    def _do_with_transfer(self, verb: str | None, transfer: Transfer) -> None:
        files = self.client.files
        try:
            match verb:
                case "pause":
                    files.pause(transfer.id)
                case "resume":
                    self._announced.add(transfer.id)
                    files.resume(transfer.id)
                case "cancel":
                    files.cancel(transfer.id)
                case "copy":
                    self.screen.copy(transfer.place)
                case "open":
                    self._open_local(Path(transfer.place))
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)


def _verbs(transfer: Transfer) -> list[Offer]:
    if transfer.state == DONE:
        offers = [Offer("open", _("Open the file"), "", "▸"), Offer("copy", _("Copy its path"), "", "→")]
        return [*offers, Offer("cancel", _("Take it off the list"), "", "–")]
    if transfer.state in (PAUSED, FAILED):
        offers = [Offer("resume", _("Go on"), "", "▸")]
    else:
        offers = [Offer("pause", _("Pause"), "", "=")]
    words = _("Give up, with its message") if transfer.kind == "up" else _("Give up")
    return [*offers, Offer("cancel", words, "", "✗")]


def _is_text(file: FileInfo) -> bool:
    return file.mime_type.startswith("text/") or file.extension.lower().lstrip(".") in _TEXTS


def _fitting(offers: list[Offer], text: str) -> list[Offer]:
    return [offer for offer in offers if text.casefold() in offer.title.casefold()]
