"""Shared folders and devices as Syncthing's REST API describes them, and what the panel shows of them.

Invariant: values only. The rules that turn the first half into the second are in `core.folder_rules`, the
events that change it in `core.folder_events`. Labels, names, paths and error texts are remote text: they go
through `core.safe_text` before they are shown. Times are milliseconds since the epoch, 0 = never.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from tui.core.ids import Millis
from tui.core.values import dataclass


class FolderState(StrEnum):
    """What the panel says of one folder; names follow Syncthing's own web page."""

    PAUSED = "paused"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    SCANNING = "scanning"
    SCAN_WAITING = "scan-waiting"
    SYNC_WAITING = "sync-waiting"
    SYNC_PREPARING = "sync-preparing"
    SYNCING = "syncing"
    CLEANING = "cleaning"
    CLEAN_WAITING = "clean-waiting"
    STARTING = "starting"
    OUT_OF_SYNC = "out-of-sync"
    FAILED_ITEMS = "failed-items"
    LOCAL_ADDITIONS = "local-additions"
    UNEXPECTED_ITEMS = "unexpected-items"
    UNSHARED = "unshared"
    UP_TO_DATE = "up-to-date"


class DeviceState(StrEnum):
    UNKNOWN = "unknown"
    PAUSED = "paused"
    UP_TO_DATE = "up-to-date"
    SYNCING = "syncing"
    DISCONNECTED = "disconnected"
    INACTIVE = "inactive"


class Light(StrEnum):
    """One sign for all of it, by the rule of the official web page."""

    NONE = "none"
    OK = "ok"
    SYNC = "sync"
    ATTENTION = "attention"
    PAUSED = "paused"


class FoldersLink(StrEnum):
    """Whether we reach a Syncthing, and if not, why."""

    STARTING = "starting"
    OK = "ok"
    ABSENT = "absent"
    """No config.xml in any of the known places."""
    UNREADABLE = "unreadable"
    DISABLED = "disabled"
    """`<gui enabled="false">`: there is no REST API."""
    NOT_RUNNING = "not-running"
    TIMEOUT = "timeout"
    WRONG_KEY = "wrong-key"
    HOST_CHECK = "host-check"
    OTHER_PROGRAM = "other-program"
    """Something else answers on that port."""
    FOREIGN = "foreign"
    """Another user of this host holds the port; our key was not sent."""
    CERTIFICATE = "certificate"
    TOO_OLD = "too-old"
    OFF = "off"
    """Switched off in the settings."""


@dataclass(frozen=True, slots=True)
class FolderConfig:
    """One entry of `GET /rest/config` → folders."""

    id: str
    label: str = ""
    path: str = ""
    type: str = "sendreceive"
    paused: bool = False
    device_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceConfig:
    """One entry of `GET /rest/config` → devices."""

    id: str
    name: str = ""
    paused: bool = False
    addresses: tuple[str, ...] = ()
    """As configured; "dynamic" = where discovery says."""


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """`GET /rest/db/status`, or the `summary` of a FolderSummary event. Counts are items, sizes bytes."""

    state: str = ""
    error: str = ""
    errors: int = 0
    global_bytes: int = 0
    in_sync_bytes: int = 0
    need_bytes: int = 0
    need_items: int = 0
    need_deletes: int = 0
    need_total_items: int = 0
    receive_only_items: int = 0
    watch_error: str = ""


@dataclass(frozen=True, slots=True)
class Scan:
    """Last FolderScanProgress: bytes hashed of bytes to hash, bytes per second."""

    current: int
    total: int
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Connection:
    """One row of `GET /rest/system/connections`."""

    connected: bool = False
    paused: bool = False
    address: str = ""
    type: str = ""
    in_bytes: int = 0
    out_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """How far one device is with one folder (`GET /rest/db/completion`, FolderCompletion)."""

    global_bytes: int = 0
    global_items: int = 0
    need_bytes: int = 0
    need_items: int = 0
    need_deletes: int = 0
    sequence: int = 0
    remote_state: str = ""


@dataclass(frozen=True, slots=True)
class LastFile:
    """Last file *received* in a folder."""

    name: str = ""
    at: Millis = 0
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class FileError:
    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """A file that is being fetched (DownloadProgress); bytes."""

    path: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class DiskChange:
    """One LocalChangeDetected or RemoteChangeDetected. `by` is the short ID of who wrote it last."""

    folder_id: str
    path: str
    action: str = ""
    """added, modified or deleted"""
    by: str = ""
    at: Millis = 0
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict copy: the *loser's* content. `winner`: short ID of who wrote the file beside it."""

    path: str
    original: str
    winner: str = ""
    made: str = ""
    """YYYYMMDD-HHMMSS, local time of the machine that made the copy."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Bytes per second."""

    received: float = 0.0
    sent: float = 0.0


@dataclass(frozen=True, slots=True)
class Dial:
    """The last try to reach one address; `error` "" = somebody took the call."""

    when: Millis = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """`GET /rest/system/status`."""

    my_id: str = ""
    start_time: str = ""
    """Changes with every restart."""
    dials: Mapping[str, Dial] = field(default_factory=dict)
    """Address → how the last try went (`lastDialStatus`)."""


@dataclass(frozen=True, slots=True)
class FoldersData:
    """Everything known about one Syncthing; `core.folder_events` makes the next one from an event."""

    my_id: str = ""
    version: str = ""
    start_time: str = ""
    folders: Mapping[str, FolderConfig] = field(default_factory=dict)
    devices: Mapping[str, DeviceConfig] = field(default_factory=dict)
    statuses: Mapping[str, FolderStatus] = field(default_factory=dict)
    scans: Mapping[str, Scan] = field(default_factory=dict)
    connections: Mapping[str, Connection] = field(default_factory=dict)
    completions: Mapping[tuple[str, str], Completion] = field(default_factory=dict)
    """Keyed by (device id, folder id)."""
    errors: Mapping[str, tuple[FileError, ...]] = field(default_factory=dict)
    last_files: Mapping[str, LastFile] = field(default_factory=dict)
    last_seen: Mapping[str, Millis] = field(default_factory=dict)
    rates: Mapping[str, Rates] = field(default_factory=dict)
    total_rates: Rates = Rates()
    conflicts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Folder id → relative paths of conflict copies."""
    transfers: Mapping[str, tuple[Transfer, ...]] = field(default_factory=dict)
    """Folder id → files on their way here."""
    changes: tuple[DiskChange, ...] = ()
    """Newest first, at most `folder_events.MOST_CHANGES`."""
    folder_rates: Mapping[str, float] = field(default_factory=dict)
    """Bytes per second at which what a folder lacks shrinks."""
    pending_devices: Mapping[str, str] = field(default_factory=dict)
    """Device id → name it gives itself."""
    pending_folders: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(device id, folder id) → label."""
    dials: Mapping[str, Dial] = field(default_factory=dict)
    """Address → how the last try went, of all devices together."""
    discovered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Device id → addresses that discovery has found."""
    notices: int = 0
    restart_required: bool = False


@dataclass(frozen=True, slots=True)
class FolderView:
    """One folder as the panel shows it."""

    id: str
    title: str
    state: FolderState
    percent: int | None = None
    """Of the running sync or scan, else None."""
    need_items: int = 0
    need_bytes: int = 0
    failed_items: int = 0
    error: str = ""
    """Why it is stopped, in Syncthing's words."""
    errors: tuple[FileError, ...] = ()
    waits_for: tuple[str, ...] = ()
    """Names of devices that have what is missing but are away."""
    local_additions: int = 0
    conflicts: int = 0
    last_file: LastFile = LastFile()
    seconds_left: int | None = None
    shared_with: int = 0
    type: str = "sendreceive"
    path: str = ""
    watch_error: str = ""
    global_bytes: int = 0
    rate: float = 0.0
    """Bytes per second of the running sync or scan, 0 = not known yet."""
    transfers: tuple[Transfer, ...] = ()
    conflict_copies: tuple[Conflict, ...] = ()
    not_accepted: tuple[str, ...] = ()
    """Names of devices that have not taken this folder yet; their "100 %" means nothing."""


@dataclass(frozen=True, slots=True)
class DialView:
    """One address of a device that is away, and how the last try went; `error` in Syncthing's words."""

    address: str
    when: Millis = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One remote device as the panel shows it."""

    id: str
    name: str
    state: DeviceState
    percent: int = 100
    used: bool = True
    """False = no folder of ours is shared with it."""
    relayed: bool = False
    connection: str = ""
    """tcp, quic, relay or ""."""
    rates: Rates = Rates()
    last_seen: Millis = 0
    need_bytes: int = 0
    need_items: int = 0
    address: str = ""
    paused: bool = False
    not_accepted: tuple[str, ...] = ()
    """Titles of folders that it has not taken yet."""
    dials: tuple[DialView, ...] = ()
    """Why it is not reached: each address that was tried. Empty while it is connected or paused."""
    hangs_up: bool = False
    """It answers and closes at once, as a device does that has not accepted this one."""
    lost: bool = False
    """It is looked for by discovery, which knows no address of it."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A recent change, with names. `who` "" = a device that is not known here; `mine` = made on this one."""

    folder: str
    path: str
    action: str
    who: str = ""
    mine: bool = False
    at: Millis = 0


@dataclass(frozen=True, slots=True)
class FoldersSnapshot:
    """What `client.folders.snapshot()` gives: enough to draw the panel without a further question."""

    link: FoldersLink = FoldersLink.STARTING
    detail: str = ""
    """A short technical note to `link`, safe to show (never the key)."""
    light: Light = Light.NONE
    folders: tuple[FolderView, ...] = ()
    devices: tuple[DeviceView, ...] = ()
    rates: Rates = Rates()
    pending_devices: tuple[tuple[str, str], ...] = ()
    pending_folders: tuple[tuple[str, str, str], ...] = ()
    """(device id, folder id, label)."""
    my_id: str = ""
    version: str = ""
    changes: tuple[ChangeView, ...] = ()
    notices: int = 0
    restart_required: bool = False
    searched: bool = False
    """Every folder has been searched for conflict copies."""
    home: str = ""
    """The config.xml of the Syncthing that is shown, where several run here."""
    instances: tuple[str, ...] = ()
    """The config.xml of each that runs here; empty unless there are several and none is named."""
    names: tuple[tuple[str, str], ...] = ()
    """(short ID, name) of every device, this one too: who a conflict is about."""
