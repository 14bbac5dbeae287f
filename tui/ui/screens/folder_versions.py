"""Older versions of files that Syncthing has put away: find one by name, bring it back.

Invariant: nothing is lost by it: Syncthing puts the present file away as a version itself.
"""

from __future__ import annotations

from tui.core.folder_acts import Version
from tui.core.folders import FolderView
from tui.core.safe_text import safe_line
from tui.settings.i18n import _, ngettext
from tui.ui.folder_desk import FolderDesk
from tui.ui.screens.picker import Offer, Picker

MOST = 200
"""Versions that are offered at once; typing finds the others."""


def choose_version(desk: FolderDesk, view: FolderView) -> None:
    """Fetches the list and shows it."""
    desk.when_done(desk.folders.versions(view.id), lambda found: _show(desk, view, found))


def _show(desk: FolderDesk, view: FolderView, versions: tuple[Version, ...]) -> None:
    formats, now = desk.shared.formats, desk.shared.now()

    def find(text: str) -> list[Offer]:
        wanted = text.strip().casefold()
        fitting = ((n, v) for n, v in enumerate(versions) if wanted in v.path.casefold())
        return [
            Offer(str(n), v.path, f"{formats.when(v.at, now)} · {formats.size(v.size)}", "↶")
            for n, v in list(fitting)[:MOST]
        ]

    if not versions:
        desk.tell(_("No older version is kept in this folder yet."))
        return
    title = _("Older versions in {folder}").format(folder=safe_line(view.title, 40))
    dialog = Picker(title, find, placeholder=_("Name of a file"), verb=_("Bring back"))
    desk.push(dialog, lambda key: _ask(desk, view, versions[int(key)]) if key else None)


def _ask(desk: FolderDesk, view: FolderView, version: Version) -> None:
    formats = desk.shared.formats
    text = _(
        "{file} becomes what it was until {when} ({size}), on all devices. The present one is kept as an "
        "older version."
    )
    question = text.format(
        file=safe_line(version.path, 120),
        when=formats.moment_text(version.at),
        size=formats.size(version.size),
    )
    desk.ask(_("Bring this version back?"), question, _("Bring back"), lambda: _restore(desk, view, version))


def _restore(desk: FolderDesk, view: FolderView, version: Version) -> None:
    stamps = {version.path: version.stamp}
    desk.when_done(desk.folders.restore(view.id, stamps), lambda failed: _done(desk, version, failed))


def _done(desk: FolderDesk, version: Version, failed: dict[str, str]) -> None:
    if failed:
        text = ngettext(
            "{n} file could not be brought back: {why}",
            "{n} files could not be brought back: {why}",
            len(failed),
        )
        why = safe_line(next(iter(failed.values())), 160)
        desk.tell(text.format(n=len(failed), why=why), alarm=True)
    else:
        desk.tell(_("{file} is back.").format(file=safe_line(version.path, 80)))
