"""Syncthing's JSON → `core.folders`, for 1.12 up to 2.x.

Invariant: a field that a version lacks, or that has another type, becomes its default; nothing here raises.
Absent lists come as null (`"errors": null`), times with nine fractional digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from tui.core.folders import (
    Completion,
    Connection,
    DeviceConfig,
    Dial,
    FileError,
    FolderConfig,
    FolderStatus,
    LastFile,
    Scan,
    SystemStatus,
    Transfer,
)
from tui.core.ids import Millis
from tui.core.models import Json

Object = Mapping[str, Json]
EMPTY: Object = {}


def obj(value: Json) -> Object:
    """`value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else EMPTY


def items(value: Json) -> list[Object]:
    """The objects in a JSON array; null and others give []."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def texts(value: Json) -> tuple[str, ...]:
    """The texts in a JSON array; null and others give ()."""
    return tuple(entry for entry in value if isinstance(entry, str)) if isinstance(value, list) else ()


def text(d: Object, key: str) -> str:
    value = d.get(key)
    return value if isinstance(value, str) else ""


def number(d: Object, key: str) -> int:
    value = d.get(key)
    return int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0


def flag(d: Object, key: str) -> bool:
    return d.get(key) is True


def millis(stamp: str) -> Millis:
    """RFC 3339 with up to nine fractional digits; year 1 and the epoch itself mean never (0)."""
    if not stamp or stamp.startswith(("0001-", "1970-01-01T00:00:00")):
        return 0
    head, dot, rest = stamp.partition(".")
    if dot:
        digits = len(rest) - len(rest.lstrip("0123456789"))
        stamp = f"{head}.{rest[:digits][:6].ljust(6, '0')}{rest[digits:]}"
    try:
        moment = datetime.fromisoformat(stamp.replace("Z", "+00:00"))
    except ValueError:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def folder_config(d: Object) -> FolderConfig:
    return FolderConfig(
        id=text(d, "id"),
        label=text(d, "label"),
        path=text(d, "path"),
        type=text(d, "type") or "sendreceive",
        paused=flag(d, "paused"),
        device_ids=tuple(text(entry, "deviceID") for entry in items(d.get("devices"))),
    )


def device_config(d: Object) -> DeviceConfig:
    return DeviceConfig(
        id=text(d, "deviceID"),
        name=text(d, "name"),
        paused=flag(d, "paused"),
        addresses=texts(d.get("addresses")),
    )


def system_status(d: Object) -> SystemStatus:
    """`GET /rest/system/status`; a dial's `error` is null where somebody took the call."""
    dials = {key: obj(row) for key, row in obj(d.get("lastDialStatus")).items()}
    return SystemStatus(
        text(d, "myID"),
        text(d, "startTime"),
        {key: Dial(millis(text(row, "when")), text(row, "error").strip()) for key, row in dials.items()},
    )


def discovered(answer: Json) -> dict[str, tuple[str, ...]]:
    """`GET /rest/system/discovery`: addresses by device id."""
    return {key: texts(obj(row).get("addresses")) for key, row in obj(answer).items()}


def folder_status(d: Object) -> FolderStatus:
    """`GET /rest/db/status` and `FolderSummary.data.summary`."""
    return FolderStatus(
        state=text(d, "state"),
        error=text(d, "error"),
        errors=number(d, "errors"),
        global_bytes=number(d, "globalBytes"),
        in_sync_bytes=number(d, "inSyncBytes"),
        need_bytes=number(d, "needBytes"),
        need_items=number(d, "needFiles") + number(d, "needDirectories") + number(d, "needSymlinks"),
        need_deletes=number(d, "needDeletes"),
        need_total_items=number(d, "needTotalItems"),
        receive_only_items=number(d, "receiveOnlyTotalItems"),
        watch_error=text(d, "watchError"),
    )


def connection(d: Object) -> Connection:
    return Connection(
        connected=flag(d, "connected"),
        paused=flag(d, "paused"),
        address=text(d, "address"),
        type=text(d, "type"),
        in_bytes=number(d, "inBytesTotal"),
        out_bytes=number(d, "outBytesTotal"),
    )


def completion(d: Object) -> Completion:
    return Completion(
        global_bytes=number(d, "globalBytes"),
        global_items=number(d, "globalItems"),
        need_bytes=number(d, "needBytes"),
        need_items=number(d, "needItems"),
        need_deletes=number(d, "needDeletes"),
        sequence=number(d, "sequence"),
        remote_state=text(d, "remoteState"),
    )


def last_file(d: Object) -> LastFile:
    """The `lastFile` of `GET /rest/stats/folder`; a folder that never received has no name."""
    name = text(d, "filename")
    return LastFile(name, millis(text(d, "at")), flag(d, "deleted")) if name else LastFile()


def file_errors(value: Json) -> tuple[FileError, ...]:
    """`errors` of `GET /rest/folder/errors` or FolderErrors; texts end with a line feed on the wire."""
    return tuple(FileError(text(d, "path"), text(d, "error").strip()) for d in items(value))


def scan(d: Object) -> Scan:
    rate = d.get("rate")
    return Scan(
        number(d, "current"), number(d, "total"), float(rate) if isinstance(rate, (int, float)) else 0.0
    )


def connections(answer: Json) -> dict[str, Connection]:
    """`GET /rest/system/connections` by device id; 1.19 lists the own device too, 2.x does not."""
    return {key: connection(obj(row)) for key, row in obj(obj(answer).get("connections")).items()}


def transfers(files: Json) -> tuple[Transfer, ...]:
    """One folder's part of DownloadProgress, by path."""
    return tuple(
        Transfer(path, number(obj(row), "bytesDone"), number(obj(row), "bytesTotal"))
        for path, row in sorted(obj(files).items())
    )
