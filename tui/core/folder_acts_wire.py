"""Syncthing's JSON → `core.folder_acts`.

Invariant: as in `core.folder_wire`: what a version lacks becomes its default; nothing here raises.
"""

from __future__ import annotations

from tui.core import folder_wire as wire
from tui.core.folder_acts import (
    Entry,
    FileState,
    Ignores,
    Item,
    NeedPage,
    Notice,
    PendingDevice,
    PendingFolder,
    Version,
)
from tui.core.models import Json

DIRECTORY = "FILE_INFO_TYPE_DIRECTORY"


def ignores(d: wire.Object) -> Ignores:
    """`ignore` is null where there is no .stignore."""
    lines = d.get("ignore")
    texts = tuple(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ()
    return Ignores(texts, wire.text(d, "error"))


def versions(answer: Json) -> tuple[Version, ...]:
    """Of all files, newest first."""
    found = [
        Version(
            path,
            wire.text(row, "versionTime"),
            wire.millis(wire.text(row, "versionTime")),
            wire.millis(wire.text(row, "modTime")),
            wire.number(row, "size"),
        )
        for path, rows in wire.obj(answer).items()
        for row in wire.items(rows)
    ]
    return tuple(sorted(found, key=lambda version: (-version.at, version.path)))


def item(d: wire.Object) -> Item:
    return Item(
        name=wire.text(d, "name"),
        size=wire.number(d, "size"),
        modified=wire.millis(wire.text(d, "modified")),
        modified_by=wire.text(d, "modifiedBy"),
        deleted=wire.flag(d, "deleted"),
        directory=wire.text(d, "type") == DIRECTORY,
    )


def items(value: Json) -> tuple[Item, ...]:
    return tuple(item(d) for d in wire.items(value))


def need_page(d: wire.Object) -> NeedPage:
    return NeedPage(items(d.get("progress")), items(d.get("queued")), items(d.get("rest")))


def entries(answer: Json) -> tuple[Entry, ...]:
    """`db/browse` with levels=0, directories first, each group by name."""
    found = (
        Entry(
            wire.text(d, "name"),
            wire.text(d, "type") == DIRECTORY,
            wire.number(d, "size"),
            wire.millis(wire.text(d, "modTime")),
        )
        for d in wire.items(answer)
    )
    return tuple(sorted(found, key=lambda entry: (not entry.directory, entry.name.casefold(), entry.name)))


def file_state(d: wire.Object) -> FileState:
    """`db/file`. 2.x leaves a side out that does not exist, 1.19 gives it without a name."""
    here, cluster = wire.obj(d.get("local")), wire.obj(d.get("global"))
    known = bool(wire.text(here, "name"))
    return FileState(
        here=item(here) if known else None,
        cluster=item(cluster) if wire.text(cluster, "name") else None,
        in_sync=known and here.get("version") == cluster.get("version") and not wire.flag(here, "invalid"),
        ignored=wire.flag(here, "ignored"),
        available=tuple(wire.text(row, "id") for row in wire.items(d.get("availability"))),
    )


def pending_devices(answer: Json) -> tuple[PendingDevice, ...]:
    """By time, the oldest first."""
    found = [
        PendingDevice(
            key,
            wire.text(wire.obj(row), "name"),
            wire.text(wire.obj(row), "address"),
            wire.millis(wire.text(wire.obj(row), "time")),
        )
        for key, row in wire.obj(answer).items()
    ]
    return tuple(sorted(found, key=lambda device: (device.at, device.id)))


def pending_folders(answer: Json) -> tuple[PendingFolder, ...]:
    """One for each pair of folder and device, the oldest first."""
    found = [
        PendingFolder(
            folder,
            device,
            wire.text(wire.obj(offer), "label"),
            wire.millis(wire.text(wire.obj(offer), "time")),
            wire.flag(wire.obj(offer), "receiveEncrypted"),
        )
        for folder, row in wire.obj(answer).items()
        for device, offer in wire.obj(wire.obj(row).get("offeredBy")).items()
    ]
    return tuple(sorted(found, key=lambda offer: (offer.at, offer.id, offer.device_id)))


def notices(answer: Json) -> tuple[Notice, ...]:
    """`errors` is null where there are none."""
    rows = wire.items(wire.obj(answer).get("errors"))
    return tuple(Notice(wire.millis(wire.text(row, "when")), wire.text(row, "message")) for row in rows)
