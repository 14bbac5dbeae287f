"""Recorded answers of a real Syncthing 1.19.2 (`tests/contracts/syncthing`): one state per file."""

from __future__ import annotations

import json
from pathlib import Path

from tui.core import folder_wire as wire
from tui.core.folders import FolderConfig, FolderStatus

HERE = Path(__file__).parents[1] / "contracts" / "syncthing"
FOLDER = "projekte-telearbeit"
ALICE = "RXUDE7N-H37JQVP-NBLUN4E-4HYPRV3-2P45G3C-3FKGPE2-RBL3UHW-T7ESQAS"
BOB = "DJVUQGA-LEKNQMJ-PZA3DW4-RH7UNWO-VHSWGGO-TUDWTB7-ELRCGDT-5JNQSQP"


def recording(name: str) -> wire.Object:
    return wire.obj(json.loads((HERE / f"{name}.json").read_text()))


def answers(name: str, path: str) -> list[wire.Object]:
    """The object answers to GETs whose path contains `path`, in order."""
    rows = wire.items(recording(name).get("exchanges"))
    return [wire.obj(row.get("response")) for row in rows if path in wire.text(row, "path")]


def statuses(name: str) -> list[FolderStatus]:
    return [wire.folder_status(d) for d in answers(name, "/rest/db/status")]


def events(name: str, key: str) -> list[wire.Object]:
    return wire.items(recording(name).get(key))


def config(**values: object) -> FolderConfig:
    """The recorded folder, shared with both machines."""
    fields: dict[str, object] = {"id": FOLDER, "label": "Projekte", "device_ids": (ALICE, BOB), **values}
    return FolderConfig(**fields)  # type: ignore[arg-type]
