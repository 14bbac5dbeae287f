"""Signs for the states of folders and devices; the words are the client's.

Invariant: every member of the enumerations of `core.folders` has a sign, so that no state is colour alone.
"""

from __future__ import annotations

from tui.core.folders import DeviceState, FolderState, Light

FOLDER_SIGNS: dict[FolderState, tuple[str, str]] = {
    FolderState.PAUSED: ("=", "muted"),
    FolderState.UNKNOWN: ("?", "muted"),
    FolderState.STOPPED: ("!", "error"),
    FolderState.SCANNING: ("◌", "accent"),
    FolderState.SCAN_WAITING: ("◌", "muted"),
    FolderState.SYNC_WAITING: ("◌", "muted"),
    FolderState.SYNC_PREPARING: ("◌", "accent"),
    FolderState.SYNCING: ("↕", "accent"),
    FolderState.CLEANING: ("◌", "accent"),
    FolderState.CLEAN_WAITING: ("◌", "muted"),
    FolderState.STARTING: ("◌", "muted"),
    FolderState.OUT_OF_SYNC: ("!", "warning"),
    FolderState.FAILED_ITEMS: ("!", "error"),
    FolderState.LOCAL_ADDITIONS: ("+", "warning"),
    FolderState.UNEXPECTED_ITEMS: ("+", "warning"),
    FolderState.UNSHARED: ("·", "muted"),
    FolderState.UP_TO_DATE: ("✓", "success"),
}
"""Sign and role of the Look."""

DEVICE_SIGNS: dict[DeviceState, tuple[str, str]] = {
    DeviceState.UNKNOWN: ("?", "muted"),
    DeviceState.PAUSED: ("=", "muted"),
    DeviceState.UP_TO_DATE: ("●", "success"),
    DeviceState.SYNCING: ("↕", "accent"),
    DeviceState.DISCONNECTED: ("○", "muted"),
    DeviceState.INACTIVE: ("○", "muted"),
}

LIGHT_SIGNS: dict[Light, tuple[str, str]] = {
    Light.NONE: ("?", "muted"),
    Light.OK: ("✓", "success"),
    Light.SYNC: ("↕", "accent"),
    Light.ATTENTION: ("!", "error"),
    Light.PAUSED: ("=", "muted"),
}
