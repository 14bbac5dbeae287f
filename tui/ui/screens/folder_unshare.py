"""Stops sharing one folder with one device: which of them, then a question, then it is done.

Invariant: no file is touched: what has arrived stays on both sides, and the question says so.
"""

from __future__ import annotations

from tui.core.folders import FolderConfig
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.folder_desk import FolderDesk
from tui.ui.screens.picker import Offer, Picker


def choose_partner(desk: FolderDesk, target: str) -> None:
    """`target`: "folder:ID" lets choose a device, "device:ID" lets choose a folder."""
    if not target.startswith(("folder:", "device:")):
        desk.tell(_("Put the cursor on a folder or device first."))
        return
    asked = desk.shared.client.sharing.folders()
    desk.when_done(asked, lambda folders: _choose(desk, target, folders))


def _choose(desk: FolderDesk, target: str, folders: tuple[FolderConfig, ...]) -> None:
    pairs = _pairs(desk, target, folders)
    if not pairs:
        desk.tell(_("This is shared with nobody."))
        return
    by_folder = target.startswith("folder:")
    offers = [
        Offer(str(n), _device(desk, device) if by_folder else _title(folder), device[:7], "▣")
        for n, (folder, device) in enumerate(pairs)
    ]
    title = _("Stop sharing with whom?") if by_folder else _("Stop sharing which folder?")
    dialog = Picker(
        title,
        lambda text: [o for o in offers if text.strip().casefold() in o.title.casefold()],
        verb=_("Choose"),
    )
    desk.push(dialog, lambda key: _ask(desk, *pairs[int(key)]) if key else None)


def _pairs(
    desk: FolderDesk, target: str, folders: tuple[FolderConfig, ...]
) -> list[tuple[FolderConfig, str]]:
    """Folder and device, this machine's own left out."""
    kind, _colon, ident = target.partition(":")
    mine = desk.folders.snapshot().my_id
    return [
        (folder, device)
        for folder in folders
        for device in folder.device_ids
        if device != mine and ident == (folder.id if kind == "folder" else device)
    ]


def _ask(desk: FolderDesk, folder: FolderConfig, device: str) -> None:
    view = desk.folder(f"folder:{folder.id}")
    text = _(
        "{folder} ({size}) is not synced with {device} any more. What has arrived stays on both machines; "
        "nothing is deleted."
    )
    question = text.format(
        folder=_title(folder),
        size=desk.shared.formats.size(view.global_bytes) if view is not None else "?",
        device=_device(desk, device),
    )
    desk.ask(_("Stop sharing?"), question, _("Stop sharing"), lambda: _stop(desk, folder, device))


def _stop(desk: FolderDesk, folder: FolderConfig, device: str) -> None:
    words = _("{folder} is no longer shared with {device}.")
    told = words.format(folder=_title(folder), device=_device(desk, device))
    desk.when_done(desk.shared.client.sharing.stop(folder.id, device), lambda _none: desk.tell(told))


def _title(folder: FolderConfig) -> str:
    return safe_line(folder.label or folder.id, 60)


def _device(desk: FolderDesk, device: str) -> str:
    view = desk.device(f"device:{device}")
    return safe_line(view.name, 60) if view is not None and view.name else device[:7]
