"""What the pretended Syncthing knows: folders, devices, and the event rings of its subscribers.

Invariant: each set of event names is a subscription of its own, with ids from 1 and at most 1000 events,
made at its first request: nothing older is in it. Shapes of Syncthing 1.19.2 (contract/syncthing).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tui.demo.records import Wire

NEVER = "0001-01-01T00:00:00Z"
RING = 1000
NOT_BY_DEFAULT = frozenset({"LocalChangeDetected", "RemoteChangeDetected"})


def timestamp(now_ms: int) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class Device:
    id: str
    name: str
    connected: bool = False
    paused: bool = False
    address: str = ""
    last_seen: int = 0
    in_bytes: int = 0
    out_bytes: int = 0
    started_at: int = 0
    addresses: tuple[str, ...] = ("dynamic",)
    dial_error: str = ""
    """How the last try to reach it went, while it is away."""

    def config(self) -> Wire:
        return {
            "deviceID": self.id,
            "name": self.name,
            "addresses": list(self.addresses),
            "compression": "metadata",
            "certName": "",
            "introducer": False,
            "skipIntroductionRemovals": False,
            "introducedBy": "",
            "paused": self.paused,
            "allowedNetworks": [],
            "autoAcceptFolders": False,
            "maxSendKbps": 0,
            "maxRecvKbps": 0,
            "ignoredFolders": [],
            "maxRequestKiB": 0,
            "untrusted": False,
            "remoteGUIPort": 0,
        }

    def connection(self, now: int) -> Wire:
        return {
            "at": timestamp(now) if self.connected else NEVER,
            "inBytesTotal": self.in_bytes,
            "outBytesTotal": self.out_bytes,
            "startedAt": timestamp(self.started_at) if self.connected else NEVER,
            "connected": self.connected,
            "paused": self.paused,
            "address": self.address if self.connected else "",
            "clientVersion": "v1.19.2-ds1" if self.connected else "",
            "type": "tcp-client" if self.connected else "",
            "crypto": "TLS1.3-TLS_AES_128_GCM_SHA256" if self.connected else "",
        }


@dataclass(slots=True)
class Folder:
    id: str
    label: str
    path: str
    type: str = "sendreceive"
    devices: list[str] = field(default_factory=list)
    """Remote device ids."""
    paused: bool = False
    state: str = "idle"
    state_changed: int = 0
    error: str = ""
    files: int = 0
    directories: int = 3
    bytes: int = 0
    need_files: int = 0
    need_bytes: int = 0
    errors: list[tuple[str, str]] = field(default_factory=list)
    """(path, text) of items that failed."""
    local_additions: int = 0
    ignores: list[str] = field(default_factory=list)
    remote_need: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Per device: items and bytes it still needs."""
    last_file: str = ""
    last_file_at: int = 0
    last_scan: int = 0
    sequence: int = 1

    def config(self, own_id: str) -> Wire:
        devices = [own_id, *self.devices]
        return {
            "id": self.id,
            "label": self.label,
            "filesystemType": "basic",
            "path": self.path,
            "type": self.type,
            "devices": [{"deviceID": i, "introducedBy": "", "encryptionPassword": ""} for i in devices],
            "rescanIntervalS": 3600,
            "fsWatcherEnabled": True,
            "fsWatcherDelayS": 10,
            "ignorePerms": False,
            "autoNormalize": True,
            "minDiskFree": {"value": 1, "unit": "%"},
            "versioning": {
                "type": "",
                "params": {},
                "cleanupIntervalS": 3600,
                "fsPath": "",
                "fsType": "basic",
            },
            "order": "random",
            "ignoreDelete": False,
            "maxConflicts": 10,
            "paused": self.paused,
            "markerName": ".stfolder",
        }

    def status(self) -> Wire:
        """`GET /rest/db/status`; of a paused folder all is 0."""
        if self.paused:
            blank: Wire = dict.fromkeys(self._counts(), 0)
            return {**blank, "ignorePatterns": False, "invalid": "", "state": "", "stateChanged": NEVER}
        out: Wire = dict(self._counts())
        out |= {"ignorePatterns": False, "invalid": "", "state": self.state}
        out["stateChanged"] = timestamp(self.state_changed)
        if self.error:
            out["error"] = self.error
        if self.type == "receiveonly":
            out |= {
                "receiveOnlyTotalItems": self.local_additions,
                "receiveOnlyChangedFiles": self.local_additions,
            }
        return out

    def _counts(self) -> dict[str, int]:
        total = self.files + self.directories
        return {
            "errors": len(self.errors),
            "globalBytes": self.bytes,
            "globalDeleted": 0,
            "globalDirectories": self.directories,
            "globalFiles": self.files,
            "globalSymlinks": 0,
            "globalTotalItems": total,
            "inSyncBytes": self.bytes - self.need_bytes,
            "inSyncFiles": self.files - self.need_files,
            "localBytes": self.bytes - self.need_bytes,
            "localDeleted": 0,
            "localDirectories": self.directories,
            "localFiles": self.files - self.need_files,
            "localSymlinks": 0,
            "localTotalItems": total - self.need_files,
            "needBytes": self.need_bytes,
            "needDeletes": 0,
            "needDirectories": 0,
            "needFiles": self.need_files,
            "needSymlinks": 0,
            "needTotalItems": self.need_files,
            "pullErrors": len(self.errors),
            "sequence": self.sequence,
            "version": self.sequence,
        }

    def completion(self, device_id: str = "") -> Wire:
        """How far a device (or this one) is."""
        own = (self.need_files, self.need_bytes)
        items, size = self.remote_need.get(device_id, (0, 0)) if device_id else own
        share = 100.0 if not self.bytes else 100.0 * (1 - size / self.bytes)
        return {
            "completion": share,
            "globalBytes": self.bytes,
            "globalItems": self.files + self.directories,
            "needBytes": size,
            "needDeletes": 0,
            "needItems": items,
            "sequence": self.sequence,
        }


def total(rows: list[Wire]) -> Wire:
    """Completion over several folders; over none it is 0, as on the real one."""
    size = sum(row["globalBytes"] for row in rows)
    need = sum(row["needBytes"] for row in rows)
    share = (100.0 * (1 - need / size) if size else 100.0) if rows else 0.0
    keys = ("globalBytes", "globalItems", "needBytes", "needDeletes", "needItems")
    return {"completion": share, **{key: sum(row[key] for row in rows) for key in keys}, "sequence": 0}


@dataclass(slots=True)
class Ring:
    """One subscription."""

    names: frozenset[str]
    """Empty = the default mask."""
    events: deque[Wire] = field(default_factory=lambda: deque(maxlen=RING))
    last_id: int = 0

    def takes(self, name: str) -> bool:
        return name in self.names if self.names else name not in NOT_BY_DEFAULT

    def add(self, event: Wire) -> None:
        self.last_id += 1
        self.events.append({"id": self.last_id, **event})

    def after(self, since: int, limit: int) -> list[Wire]:
        found = [event for event in self.events if event["id"] > since]
        return found[-limit:] if limit else found


class Events:
    """All subscriptions of one process life."""

    def __init__(self) -> None:
        self._rings: dict[frozenset[str], Ring] = {}
        self._global_id = 0

    def ring(self, mask: str) -> Ring:
        names = frozenset(name for name in mask.split(",") if name)
        return self._rings.setdefault(names, Ring(names))

    def add(self, name: str, data: object, now: int) -> None:
        self._global_id += 1
        event = {"globalID": self._global_id, "time": timestamp(now), "type": name, "data": data}
        for ring in self._rings.values():
            if ring.takes(name):
                ring.add(event)
