"""The conflicts of a folder, one after the other: both texts with size, date and author, then one is kept.

Invariant: the copy holds what *lost*; who won is in its name. Nothing is deleted before the person has seen
both and said which, and nothing at all where a file is not any more what was shown.
"""

from __future__ import annotations

import os

from textual.app import SuspendNotSupported

from tui.client.wording.folders import overwritten
from tui.core.folder_acts import ConflictSides, Keep, Side
from tui.core.folders import Conflict, FolderView
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.external_editor import edit_files
from tui.ui.folder_desk import FolderDesk
from tui.ui.screens.picker import FactsPicker, Offer, Picker

_EDIT, _TELL = "edit", "tell"


def choose_conflict(desk: FolderDesk, view: FolderView) -> None:
    """Lets choose one; straight to it where there is only one."""
    rows = view.conflict_copies
    if not rows:
        desk.tell(_("There is no conflict in this folder."))
    elif len(rows) == 1:
        _look(desk, view, rows[0])
    else:
        names = _names(desk)
        offers = [Offer(str(n), c.original, overwritten(c, names), "!") for n, c in enumerate(rows)]
        dialog = Picker(
            _("Conflicts in {folder}").format(folder=safe_line(view.title, 40)),
            lambda text: [o for o in offers if text.strip().casefold() in o.title.casefold()],
            placeholder=_("Name of a file"),
            verb=_("Look at both"),
        )
        desk.push(dialog, lambda key: _look(desk, view, rows[int(key)]) if key else None)


def _look(desk: FolderDesk, view: FolderView, conflict: Conflict) -> None:
    desk.when_done(desk.folders.look_at_conflict(view.id, conflict), lambda sides: _show(desk, view, sides))


def _show(desk: FolderDesk, view: FolderView, sides: ConflictSides) -> None:
    if sides.copy is None:
        desk.tell(_("The copy is not there any more: somebody has dealt with it."))
        return
    title = _("Conflict: {file}").format(file=safe_line(sides.conflict.original, 60))
    dialog = FactsPicker(facts(desk, sides), _offers(sides), title)
    desk.push(dialog, lambda key: _chosen(desk, view, sides, key))


def _offers(sides: ConflictSides) -> list[Offer]:
    offers = [Offer(_EDIT, _("Look at both in the editor"), "", "✎")]
    if sides.original is not None:
        offers.append(Offer(Keep.ORIGINAL, _("Keep the newer, delete the older"), "", "1"))
    offers.append(Offer(Keep.COPY, _("Keep the older in its place"), "", "2"))
    if sides.original is not None:
        offers.append(Offer(Keep.BOTH, _("Keep both, the older under another name"), "", "="))
    offers.append(Offer(_TELL, _("Tell the person who has the newer one"), "", "→"))
    return offers


def facts(desk: FolderDesk, sides: ConflictSides) -> str:
    """Both sides in words. Names are made safe here."""
    names = _names(desk)
    winner = names.get(sides.conflict.winner, "") or _("an unknown device")
    lines = [overwritten(sides.conflict, names)]
    lines.append(_("newer: {facts}, by {who}").format(facts=_side(desk, sides.original), who=winner))
    lines.append(_("older: {facts}").format(facts=_side(desk, sides.copy)))
    return "\n".join(lines)


def _side(desk: FolderDesk, side: Side | None) -> str:
    if side is None:
        return _("not there any more")
    formats = desk.shared.formats
    return f"{formats.size(side.size)}, {formats.moment_text(side.modified)}"


def _names(desk: FolderDesk) -> dict[str, str]:
    return {short: safe_line(name, 60) for short, name in desk.folders.snapshot().names}


def _chosen(desk: FolderDesk, view: FolderView, sides: ConflictSides, key: str | None) -> None:
    file = safe_line(sides.conflict.original, 80)
    match key:
        case "edit":
            _edit(desk, view, sides)
        case "tell":
            desk.tell_conflict(view.id, sides.conflict.path)
        case Keep.ORIGINAL:
            gone = _side(desk, sides.copy)
            text = _("The older text of {file} ({facts}) is deleted on all devices.")
            question = text.format(file=file, facts=gone)
            desk.ask(_("Delete the older?"), question, _("Delete"), lambda: _do(desk, view, sides, key))
        case Keep.COPY:
            gone = _side(desk, sides.original)
            text = _("The newer text of {file} ({facts}) is replaced by the older one on all devices.")
            question = text.format(file=file, facts=gone)
            desk.ask(_("Replace the newer?"), question, _("Replace"), lambda: _do(desk, view, sides, key))
        case Keep.BOTH:
            _do(desk, view, sides, key)


def _do(desk: FolderDesk, view: FolderView, sides: ConflictSides, key: str) -> None:
    asked = desk.folders.resolve(view.id, sides, Keep(key), _("older"))
    desk.when_done(asked, lambda new: desk.tell(_done_words(new)))


def _done_words(new: str) -> str:
    if new:
        return _("The older one is called {name} now.").format(name=safe_line(new, 80))
    return _("The conflict is settled.")


def _edit(desk: FolderDesk, view: FolderView, sides: ConflictSides) -> None:
    """Both files themselves in the person's editor, then the question again."""
    names = [n for n, side in _paths(sides) if side is not None]
    files = [os.path.join(os.path.expanduser(view.path), name) for name in names]
    try:
        with desk.suspend():
            edit_files(files, desk.shared.config.commands.editor)
    except SuspendNotSupported:
        desk.tell(_("An external editor cannot be opened here."), alarm=True)
        return
    except OSError as error:
        words = _("The editor could not be started: {what}").format(what=error.strerror or "")
        desk.tell(words, alarm=True)
        return
    _look(desk, view, sides.conflict)


def _paths(sides: ConflictSides) -> list[tuple[str, Side | None]]:
    return [(sides.conflict.original, sides.original), (sides.conflict.path, sides.copy)]
