"""States in words: the line, what waits in the outbox, shared folders and devices.

Invariant: a state is never told by colour or sign alone; these are the words beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.client.wording.errors import reason
from tui.core.connection import ConnectionState
from tui.core.folders import DeviceState, FoldersLink, FolderState
from tui.core.ids import Millis
from tui.core.models import OutboxItem
from tui.settings.formats import Formats
from tui.settings.i18n import N_, Later, _, ngettext


def connection_short(state: ConnectionState, now: Millis, formats: Formats) -> str:
    """For the status line; names the seconds to the next try."""
    match state.kind:
        case "online":
            return _("online")
        case "catching_up":
            return _("catching up …")
        case "connecting":
            return _("connecting …")
        case "signed_out":
            return _("signed out")
        case "stopped":
            return _("offline")
        case _:
            return _offline_short(state, now, formats)


def _offline_short(state: ConnectionState, now: Millis, formats: Formats) -> str:
    since = formats.time(state.since) if state.since else ""
    text = _("offline since {time}").format(time=since) if since else _("offline")
    left = max(0, (state.next_try_at - now + 999) // 1000)
    if not state.next_try_at:
        return text
    again = ngettext("next try in {n} s", "next try in {n} s", left).format(n=left)
    return f"{text}, {again}"


def connection_long(state: ConnectionState) -> str:
    """Why, and what to do; "" where all is well."""
    if state.kind in ("online", "catching_up") or (state.kind == "connecting" and not state.cause):
        return ""
    if state.kind == "signed_out":
        return reason(state.cause or "api.context.session_expired.app_error", state.detail)
    return reason(state.cause or "tele.offline.closed", state.detail)


def outbox_state(item: OutboxItem, online: bool) -> str:
    """One queued item in a few words."""
    match item.state:
        case "sending":
            return _("is being sent …")
        case "unsure":
            return (
                _("checking whether it arrived …")
                if online
                else _("may have arrived; is checked when online")
            )
        case "parked":
            return _("not sent: {reason}").format(reason=reason(item.reason))
        case _:
            return _("waits its turn") if online else _("waits for the line")


_KINDS: Mapping[str, Later] = {
    "post": N_("message"),
    "edit": N_("edit"),
    "delete": N_("deletion"),
    "react": N_("reaction"),
    "unreact": N_("reaction taken back"),
    "pin": N_("pin"),
    "unpin": N_("unpin"),
}


def outbox_kind(item: OutboxItem) -> str:
    """What it is."""
    return str(_KINDS.get(item.kind, N_("command")))


_FOLDER: Mapping[FolderState, Later] = {
    FolderState.PAUSED: N_("Paused"),
    FolderState.UNKNOWN: N_("Unknown"),
    FolderState.STOPPED: N_("Stopped"),
    FolderState.SCANNING: N_("Scanning"),
    FolderState.SCAN_WAITING: N_("Waiting to scan"),
    FolderState.SYNC_WAITING: N_("Waiting to sync"),
    FolderState.SYNC_PREPARING: N_("Preparing to sync"),
    FolderState.SYNCING: N_("Syncing"),
    FolderState.CLEANING: N_("Cleaning versions"),
    FolderState.CLEAN_WAITING: N_("Waiting to clean"),
    FolderState.STARTING: N_("Starting"),
    FolderState.OUT_OF_SYNC: N_("Out of sync"),
    FolderState.FAILED_ITEMS: N_("Failed items"),
    FolderState.LOCAL_ADDITIONS: N_("Local additions"),
    FolderState.UNEXPECTED_ITEMS: N_("Unexpected items"),
    FolderState.UNSHARED: N_("Unshared"),
    FolderState.UP_TO_DATE: N_("Up to date"),
}
_DEVICE: Mapping[DeviceState, Later] = {
    DeviceState.UNKNOWN: N_("Unknown"),
    DeviceState.PAUSED: N_("Paused"),
    DeviceState.UP_TO_DATE: N_("Up to date"),
    DeviceState.SYNCING: N_("Syncing"),
    DeviceState.DISCONNECTED: N_("Disconnected"),
    DeviceState.INACTIVE: N_("Away for long"),
}
_LINK: Mapping[FoldersLink, Later] = {
    FoldersLink.STARTING: N_("Looking for Syncthing …"),
    FoldersLink.ABSENT: N_(
        "Syncthing was not found here. Install it, or name its config.xml in the settings (syncthing.config)."
    ),
    FoldersLink.UNREADABLE: N_("Syncthing's config.xml cannot be read: {detail}"),
    FoldersLink.DISABLED: N_("Syncthing's interface is switched off in its settings (GUI)."),
    FoldersLink.NOT_RUNNING: N_("Syncthing is not running. Start it; this panel notices by itself."),
    FoldersLink.TIMEOUT: N_("Syncthing does not answer. It may be very busy."),
    FoldersLink.WRONG_KEY: N_("Syncthing does not take the key from its config.xml. Restart Syncthing."),
    FoldersLink.HOST_CHECK: N_("Syncthing refuses this address (host check). Use the one of its settings."),
    FoldersLink.OTHER_PROGRAM: N_("Another program answers at Syncthing's address."),
    FoldersLink.FOREIGN: N_("Another user of this computer uses Syncthing's port; your key was not sent."),
    FoldersLink.CERTIFICATE: N_("Syncthing's certificate is not the one of its config directory."),
    FoldersLink.TOO_OLD: N_("This Syncthing is too old ({detail}). 1.12 or newer is needed."),
    FoldersLink.OFF: N_("Shared folders are switched off in the settings (syncthing.enabled)."),
}


def folder_state(state: FolderState) -> str:
    """A folder's state, in Syncthing's own words where it has them."""
    return str(_FOLDER[state])


def device_state(state: DeviceState) -> str:
    return str(_DEVICE[state])


def folders_link(link: FoldersLink, detail: str = "") -> str:
    """Why there is no Syncthing to show; "" where there is one."""
    text = _LINK.get(link)
    return str(text).format(detail=detail) if text else ""


def presence(status: str) -> str:
    """A person's presence in one word; "" where it is not known."""
    known = {
        "online": N_("online"),
        "away": N_("away"),
        "dnd": N_("do not disturb"),
        "offline": N_("offline"),
        "ooo": N_("out of office"),
    }
    return str(known[status]) if status in known else ""


def typing(names: tuple[str, ...]) -> str:
    """Who types; "" for nobody. The names must be safe already."""
    if not names:
        return ""
    if len(names) > 3:
        return _("Several people are typing …")
    listed = ", ".join(names)
    return ngettext("{names} is typing …", "{names} are typing …", len(names)).format(names=listed)
