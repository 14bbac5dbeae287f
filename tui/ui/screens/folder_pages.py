"""Makes the pages: of a folder, of a device, and of what to do where there is no Syncthing.

Invariant: a page follows its folder or device by id and says so when it is gone.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.client.first_steps import choose_instance, first_steps, instances, this_system
from tui.client.wording.states import folders_link
from tui.core.folders import DeviceView, FoldersLink, FolderView
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.screens.folder_page import FolderPage
from tui.ui.shared import Shared
from tui.ui.widgets.folder_lines import PageLine, device_lines, first_step_lines, folder_lines

_FOLDER_KEYS = ("rescan", "pause", "browse", "conflicts", "versions", "ignores", "unshare")
_BY_TYPE = {"receiveonly": "revert", "receiveencrypted": "revert", "sendonly": "override"}


def folder_page(shared: Shared, view: FolderView) -> FolderPage:
    """All of one folder, with the keys that mean something for it."""

    def lines() -> Sequence[PageLine]:
        snapshot = shared.client.folders.snapshot()
        found = next((f for f in snapshot.folders if f.id == view.id), None)
        if found is None:
            return [PageLine(_("This folder is not there any more."), role="warning")]
        return list(folder_lines(found, snapshot, shared.formats, shared.now()))

    more = (_BY_TYPE[view.type],) if view.type in _BY_TYPE else ()
    title = safe_line(view.title, 80)
    return FolderPage(shared, title, f"folder:{view.id}", lines, (*_FOLDER_KEYS, *more))


def device_page(shared: Shared, view: DeviceView) -> FolderPage:
    def lines() -> Sequence[PageLine]:
        snapshot = shared.client.folders.snapshot()
        found = next((d for d in snapshot.devices if d.id == view.id), None)
        if found is None:
            return [PageLine(_("This device is not there any more."), role="warning")]
        return list(device_lines(found, snapshot, shared.formats, shared.now()))

    return FolderPage(
        shared, safe_line(view.name, 80), f"device:{view.id}", lines, ("pause", "pause_all", "unshare")
    )


def first_steps_page(shared: Shared) -> FolderPage:
    """Why there is nothing to show, and the next step."""
    system, several = this_system(), choose_instance(instances())

    def lines() -> Sequence[PageLine]:
        snapshot = shared.client.folders.snapshot()
        detail = safe_line(snapshot.detail, 200)
        if snapshot.link is FoldersLink.OK:
            return [PageLine(_("Syncthing runs. Esc leads back to the folders."), role="success")]
        steps = [*first_steps(snapshot.link, system, detail), *several]
        return list(first_step_lines(folders_link(snapshot.link, detail), steps))

    return FolderPage(shared, _("Shared folders: first steps"), "", lines, ("instance",) if several else ())
