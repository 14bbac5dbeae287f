"""What the pretended Syncthing does and lists when a folder is acted on.

Invariant: shapes and traps of Syncthing 1.19.2 (contract/syncthing): revert is silent for other types, a bad
pattern is 200 and saved, lists are empty rather than missing. Browsing shows the folder's few real files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.demo.folders import Folder, timestamp
from tui.demo.http1 import Request
from tui.demo.records import Wire
from tui.demo.syncthing_config import defaults

if TYPE_CHECKING:
    from tui.demo.syncthing import DemoSyncthing

HIDDEN = frozenset({".stfolder", ".stversions", ".stignore"})


class NotHere(Exception):
    """404 "No such object in the index"."""


def _kind(path: Path) -> str:
    return "FILE_INFO_TYPE_DIRECTORY" if path.is_dir() else "FILE_INFO_TYPE_FILE"


def browse(me: DemoSyncthing, request: Request) -> list[Wire]:
    """`GET /rest/db/browse`, one level."""
    root = Path(me.folder(request).path)
    here = root / request.query.get("prefix", "")
    if not here.resolve().is_relative_to(root.resolve()) or not here.is_dir():
        return []
    return [
        {
            "name": path.name,
            "modTime": timestamp(int(path.stat().st_mtime * 1000)),
            "size": path.stat().st_size if path.is_file() else 128,
            "type": _kind(path),
        }
        for path in sorted(here.iterdir())
        if path.name not in HIDDEN
    ]


def one_file(me: DemoSyncthing, request: Request) -> Wire:
    """`GET /rest/db/file`: everything that lies here is the newest."""
    folder = me.folder(request)
    root, name = Path(folder.path), request.query.get("file", "")
    path = root / name
    if not name or not path.resolve().is_relative_to(root.resolve()) or not path.exists():
        raise NotHere
    item = _item(name, path.stat().st_size, timestamp(int(path.stat().st_mtime * 1000)), kind=_kind(path))
    having = [i for i in folder.devices if me.devices[i].connected]
    return {
        "availability": [{"id": i, "fromTemporary": False} for i in having],
        "global": item,
        "local": item,
        "mtime": {"err": None, "value": {"real": item["modified"], "virtual": item["modified"]}},
    }


def _item(
    name: str, size: int, modified: str, *, by: str = "ANNAAAA", kind: str = "FILE_INFO_TYPE_FILE"
) -> Wire:
    return {
        "deleted": False,
        "ignored": False,
        "invalid": False,
        "localFlags": 0,
        "modified": modified,
        "modifiedBy": by,
        "mustRescan": False,
        "name": name,
        "noPermissions": False,
        "numBlocks": None,
        "permissions": "0644",
        "sequence": 1,
        "size": size,
        "type": kind,
        "version": [f"{by}:1795452847"],
    }


def need(me: DemoSyncthing, request: Request) -> Wire:
    """`GET /rest/db/need`."""
    folder = me.folder(request)
    size = folder.need_bytes // max(1, folder.need_files)
    when = timestamp(me.now())
    rest = [_item(path, size, when, by="BENAAAA") for path, _text in folder.errors]
    return {"page": 1, "perpage": 100, "progress": [], "queued": [], "rest": rest}


def local_changes(me: DemoSyncthing, request: Request) -> Wire:
    """`GET /rest/db/localchanged`."""
    folder, when = me.folder(request), timestamp(me.now())
    files = [_item(f"Eigene Vorlage {n + 1}.odt", 24_000, when) for n in range(folder.local_additions)]
    return {"files": files, "page": 1, "perpage": 100}


def ignores(me: DemoSyncthing, request: Request) -> Wire:
    """`GET /rest/db/ignores`."""
    return _ignores(me.folder(request))


def _ignores(folder: Folder) -> Wire:
    wrong = next((line for line in folder.ignores if line.startswith("[") and "]" not in line), "")
    error = (
        f'invalid pattern "{wrong}" in ignore file: parse error: unexpected end of input' if wrong else None
    )
    return {"error": error, "expanded": None, "ignore": folder.ignores or None}


def put_ignores(me: DemoSyncthing, request: Request) -> object:
    """`POST /rest/db/ignores`: saved, right or wrong; a wrong one stops the folder."""
    folder = me.folder(request)
    body = msgspec.json.decode(request.body or b"{}")
    lines = body.get("ignore") if isinstance(body, dict) else None
    folder.ignores = [str(line) for line in lines] if isinstance(lines, list) else []
    answer = _ignores(folder)
    if answer["error"]:
        me.change_state(folder, "error", f"loading ignores: {answer['error']}")
    elif folder.error.startswith("loading ignores"):
        me.change_state(folder, "idle")
    return answer


def versions(me: DemoSyncthing, request: Request) -> Wire:
    """`GET /rest/folder/versions`."""
    folder = me.folder(request)
    when = me.now() - 26 * 3_600_000
    return {
        folder.last_file or "Angebot.txt": [
            {"versionTime": timestamp(when), "modTime": timestamp(when - 3_600_000), "size": 48_200}
        ]
    }


def restore(me: DemoSyncthing, request: Request) -> object:
    """`POST /rest/folder/versions`: {} = all are back."""
    me.folder(request)
    return {}


def revert(me: DemoSyncthing, request: Request) -> object:
    """`POST /rest/db/revert`."""
    folder = me.folders.get(request.query.get("folder", ""))
    if folder is not None and folder.type == "receiveonly":
        folder.local_additions = 0
        me.summarise(folder)
    return None


def override(me: DemoSyncthing, request: Request) -> object:
    """`POST /rest/db/override`."""
    folder = me.folders.get(request.query.get("folder", ""))
    if folder is not None and folder.type == "sendonly":
        folder.need_files = folder.need_bytes = 0
        me.summarise(folder)
    return None


Handler = Callable[["DemoSyncthing", Request], object]
LISTS: dict[str, Handler] = {
    "/rest/db/browse": browse,
    "/rest/db/file": one_file,
    "/rest/db/need": need,
    "/rest/db/localchanged": local_changes,
    "/rest/db/ignores": ignores,
    "/rest/folder/versions": versions,
    "/rest/config/defaults/folder": lambda me, _request: defaults(me),
}
ACTS: dict[str, Handler] = {
    "/rest/db/ignores": put_ignores,
    "/rest/db/revert": revert,
    "/rest/db/override": override,
    "/rest/folder/versions": restore,
}
