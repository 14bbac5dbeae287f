"""The files of a folder as all devices together know them, and which of them are here.

Invariant: one directory is asked for at a time, and the state of so many files only as are in sight.
"""

from __future__ import annotations

from tui.core.folder_acts import Entry, FileState
from tui.core.folders import FolderView
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.folder_desk import FolderDesk
from tui.ui.screens.picker import Offer, Picker

MOST_FILES = 300
MOST_STATES = 30
"""Files whose state is asked for: one question each."""
_UP = "up:"


def browse(desk: FolderDesk, view: FolderView, prefix: str = "") -> None:
    """Fetches one directory and shows it."""
    desk.when_done(desk.folders.browse(view.id, prefix), lambda found: _show(desk, view, prefix, found))


class BrowseScreen(Picker):
    """Entries by name; the states come a moment later."""

    def __init__(self, desk: FolderDesk, view: FolderView, prefix: str, entries: tuple[Entry, ...]) -> None:
        place = "/".join(part for part in (view.title, prefix) if part)
        super().__init__(safe_line(place), self._offers, placeholder=_("Name of a file"), verb=_("Open"))
        self._desk = desk
        self._prefix = prefix
        self._entries = entries
        self.states: dict[str, FileState] = {}

    def show_states(self, states: dict[str, FileState]) -> None:
        self.states = states
        if self.is_attached:
            self._show()

    def _offers(self, text: str) -> list[Offer]:
        wanted = text.strip().casefold()
        fitting = [e for e in self._entries if wanted in e.name.casefold()][:MOST_FILES]
        up = [Offer(_UP, "..", "", "▸")] if self._prefix and not wanted else []
        return [*up, *(self._offer(entry) for entry in fitting)]

    def _offer(self, entry: Entry) -> Offer:
        path = f"{self._prefix}/{entry.name}" if self._prefix else entry.name
        if entry.directory:
            return Offer(f"dir:{path}", f"{entry.name}/", "", "▸")
        formats = self._desk.shared.formats
        sign, words = state_words(self.states.get(path))
        detail = " · ".join(part for part in (words, formats.size(entry.size)) if part)
        return Offer(f"file:{path}", entry.name, detail, sign)


def state_words(state: FileState | None) -> tuple[str, str]:
    """Sign and words for whether a file is here; None = not asked yet."""
    if state is None:
        return "·", ""
    if state.in_sync:
        return "✓", _("here")
    if state.ignored:
        return "–", _("ignored here")
    if state.here is None or state.here.deleted:
        return ("!", _("missing here")) if state.available else ("!", _("missing here, nobody there has it"))
    return "↕", _("older here")


def _show(desk: FolderDesk, view: FolderView, prefix: str, entries: tuple[Entry, ...]) -> None:
    dialog = BrowseScreen(desk, view, prefix, entries)
    desk.push(dialog, lambda key: _chosen(desk, view, prefix, key, dialog.states))
    files = [e for e in entries if not e.directory][:MOST_STATES]
    paths = [f"{prefix}/{e.name}" if prefix else e.name for e in files]
    if paths:
        desk.when_done(desk.folders.files(view.id, paths), dialog.show_states)


def _chosen(
    desk: FolderDesk, view: FolderView, prefix: str, key: str | None, states: dict[str, FileState]
) -> None:
    if key is None:
        return
    kind, _colon, path = key.partition(":")
    if kind == "up":
        browse(desk, view, prefix.rpartition("/")[0])
    elif kind == "dir":
        browse(desk, view, path)
    elif path in states:
        _tell(desk, path, states[path])
    else:
        desk.when_done(desk.folders.files(view.id, (path,)), lambda found: _tell(desk, path, found[path]))


def _tell(desk: FolderDesk, path: str, state: FileState) -> None:
    """One line about one file: here or not, who wrote it, who has it."""
    names = dict(desk.folders.snapshot().names)
    parts = [state_words(state)[1]]
    if state.cluster is not None:
        who = names.get(state.cluster.modified_by, "") or _("somebody")
        when = desk.shared.formats.moment_text(state.cluster.modified)
        parts.append(_("written by {who}, {when}").format(who=safe_line(who, 40), when=when))
    having = [safe_line(names.get(device[:7], device[:7]), 40) for device in state.available]
    if having:
        parts.append(_("also at {names}").format(names=", ".join(having)))
    desk.tell(f"{safe_line(path, 80)}: " + " · ".join(parts))
