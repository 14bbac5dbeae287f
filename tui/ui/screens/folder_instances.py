"""Several Syncthings run here: which one is shown.

Invariant: only which one is looked at changes; none is started, stopped or configured.
"""

from __future__ import annotations

from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.folder_desk import FolderDesk
from tui.ui.screens.picker import Offer, Picker


def choose_instance(desk: FolderDesk) -> None:
    """Offers every config.xml that was found; nothing to choose where the settings name one."""
    if desk.folders.named:
        desk.tell(_("The settings name the Syncthing that is shown (syncthing.config)."))
        return
    desk.when_done(desk.folders.instances(), lambda found: _show(desk, found))


def _show(desk: FolderDesk, found: tuple[str, ...]) -> None:
    if len(found) < 2:
        desk.tell(_("There is only one Syncthing of yours here."))
        return
    snapshot = desk.folders.snapshot()

    def detail(path: str) -> str:
        if path == snapshot.home:
            return _("shown")
        return _("runs") if path in snapshot.instances else ""

    offers = [Offer(path, path, detail(path), "▣") for path in found]
    dialog = Picker(
        _("Which Syncthing is shown?"),
        lambda text: [o for o in offers if text.strip().casefold() in o.title.casefold()],
        chosen=snapshot.home,
        verb=_("Choose"),
    )
    desk.push(dialog, lambda path: _choose(desk, path) if path else None)


def _choose(desk: FolderDesk, path: str) -> None:
    words = _("From now on the Syncthing of {path} is shown.").format(path=safe_line(path, 120))
    desk.when_done(desk.folders.choose(path), lambda _none: desk.tell(words))
