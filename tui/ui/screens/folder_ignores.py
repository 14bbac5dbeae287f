"""The ignore patterns of a folder: type one to add it, Enter on one to take it away, or all in the editor.

Invariant: Syncthing says whether a pattern is right; a wrong one is never left in the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import SuspendNotSupported

from tui.core.folder_acts import Ignores
from tui.core.folders import FolderView
from tui.core.safe_text import safe_line
from tui.settings.i18n import _, ngettext
from tui.ui.external_editor import edit_text
from tui.ui.folder_desk import FolderDesk
from tui.ui.screens.picker import Offer, Picker

_ADD, _DROP, _EDIT = "add:", "drop:", "edit"


def edit_ignores(desk: FolderDesk, view: FolderView) -> None:
    """Fetches the list and shows it."""
    desk.when_done(desk.folders.ignores(view.id), lambda found: _show(desk, view, found))


def _show(desk: FolderDesk, view: FolderView, found: Ignores) -> None:
    def find(text: str) -> list[Offer]:
        wanted = text.strip()
        rows = [
            Offer(f"{_DROP}{n}", line, _("take away"), "–")
            for n, line in enumerate(found.lines)
            if wanted.casefold() in line.casefold()
        ]
        add = (
            [Offer(f"{_ADD}{wanted}", wanted, _("add"), "+")] if wanted and wanted not in found.lines else []
        )
        return [*add, *rows, *([] if wanted else [Offer(_EDIT, _("All of them in the editor"), "", "✎")])]

    title = _("Ignored in {folder}").format(folder=safe_line(view.title, 40))
    dialog = Picker(title, find, placeholder=_("A pattern, such as *.tmp or /Drafts"), verb=_("Do it"))
    desk.push(dialog, lambda key: _chosen(desk, view, found, key))
    if found.error:
        desk.tell(safe_line(found.error, 200), alarm=True)


def _chosen(desk: FolderDesk, view: FolderView, found: Ignores, key: str | None) -> None:
    if key is None:
        return
    if key == _EDIT:
        _edit_all(desk, view, found)
    elif key.startswith(_ADD):
        _save(desk, view, found, (key.removeprefix(_ADD), *found.lines))  # the first that fits counts
    else:
        at = int(key.removeprefix(_DROP))
        line = safe_line(found.lines[at], 80)
        after = tuple(text for n, text in enumerate(found.lines) if n != at)
        text = _("“{pattern}” is taken away: what it held back is synced from now on, to everybody.")
        desk.ask(
            _("Take the pattern away?"),
            text.format(pattern=line),
            _("Take it away"),
            lambda: _save(desk, view, found, after),
        )


def _edit_all(desk: FolderDesk, view: FolderView, found: Ignores) -> None:
    try:
        with desk.suspend():
            text = edit_text("\n".join(found.lines), desk.shared.config.commands.editor)
    except SuspendNotSupported:
        desk.tell(_("An external editor cannot be opened here."), alarm=True)
        return
    except OSError as error:
        words = _("The editor could not be started: {what}").format(what=error.strerror or "")
        desk.tell(words, alarm=True)
        return
    lines = tuple(line.rstrip() for line in text.split("\n")) if text else ()
    if lines != found.lines:
        _save(desk, view, found, lines)


def _save(desk: FolderDesk, view: FolderView, found: Ignores, lines: Sequence[str]) -> None:
    desk.when_done(
        desk.folders.put_ignores(view.id, lines, found.lines), lambda now: _saved(desk, now, found)
    )


def _saved(desk: FolderDesk, now: Ignores, before: Ignores) -> None:
    if now.error:
        words = _("Not taken, the list is as it was: {problem}")
        desk.tell(words.format(problem=safe_line(now.error, 200)), alarm=True)
        return
    text = ngettext("{n} pattern is ignored now.", "{n} patterns are ignored now.", len(now.lines))
    desk.tell(text.format(n=len(now.lines)))
    del before
