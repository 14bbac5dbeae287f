"""Finds a local file to attach: type a path, the directory's entries follow.

Invariant: nothing is opened here; the answer is a path that existed a moment ago.
"""

from __future__ import annotations

import os
from pathlib import Path

from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.screens.picker import Offer, Picker

MOST = 200


class FilePicker(Picker):
    """Answers with the path of a file; Enter on a directory goes into it."""

    def __init__(self) -> None:
        super().__init__(_("Attach a file"), entries, placeholder="~/", verb=_("Attach"))

    def action_do_confirm(self) -> None:
        key = self.list.cursor_key
        if key.endswith(os.sep):
            self.editor.load(key)
            self._show()
            self.list.move_first()
        else:
            super().action_do_confirm()


class DirectoryPicker(FilePicker):
    """Answers with the path of a directory; its first offer takes the one that is typed."""

    def __init__(self) -> None:
        Picker.__init__(self, _("Where to?"), directories, placeholder="~/", verb=_("Choose"))

    def action_do_confirm(self) -> None:
        key = self.list.cursor_key
        if key.startswith("="):
            self.dismiss(key[1:])
        else:
            super().action_do_confirm()


def directories(typed: str) -> list[Offer]:
    """The directory that is typed, to be taken, then those in it."""
    here = Path(typed or "~/").expanduser()
    found = [offer for offer in entries(typed) if offer.key.endswith(os.sep)]
    if not here.is_dir():
        return found
    return [Offer(f"={here}", _("Take this one"), safe_line(str(here), 60), "✓"), *found]


def entries(typed: str) -> list[Offer]:
    """Entries of the directory that the typed path is in, directories first; hidden ones when asked for."""
    path = Path(typed or "~/").expanduser()
    directory, start = (path, "") if (typed or "~/").endswith(os.sep) else (path.parent, path.name)
    found = [entry for entry in _scan(directory) if _fits(entry.name, start)]
    found.sort(key=lambda entry: (not entry.is_dir(), entry.name.casefold()))
    return [_offer(entry) for entry in found[:MOST]]


def _scan(directory: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as found:
            return list(found)
    except OSError:
        return []


def _fits(name: str, start: str) -> bool:
    hidden = name.startswith(".") and not start.startswith(".")
    return not hidden and name.casefold().startswith(start.casefold())


def _offer(entry: os.DirEntry[str]) -> Offer:
    if entry.is_dir():
        return Offer(entry.path + os.sep, entry.name + os.sep, "", "▸")
    return Offer(entry.path, entry.name, "", "▤")
