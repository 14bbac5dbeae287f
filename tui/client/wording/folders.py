"""Shared folders in words: what is wrong and what to do about it, who changed what, what a conflict is.

Invariant: Syncthing's own text stands beside ours, for whoever searches for it; names are made safe by the
caller.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.core.folders import ChangeView, Conflict, DeviceView, FoldersSnapshot, Light
from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.settings.i18n import N_, Later, _, ngettext

_PROBLEMS: tuple[tuple[str, Later], ...] = (
    (
        "folder marker missing",
        N_("The folder's mark (.stfolder) is gone. Is the drive mounted? Mount it, then rescan."),
    ),
    ("folder path missing", N_("The folder's directory is gone. Is the drive mounted? Then rescan.")),
    ("invalid pattern", N_("A pattern of the ignore list is wrong. Open the list and correct it.")),
    ("loading ignores", N_("The ignore list (.stignore) cannot be read. Open it and look.")),
    ("insufficient space", N_("There is too little space on the disk. Make room, then rescan.")),
    ("no space left", N_("The disk is full. Make room, then rescan.")),
    ("no connected device has", N_("Nobody who has this file is connected. It comes when they are back.")),
    ("permission denied", N_("Syncthing may not read or write this. Check who owns it.")),
    ("read-only file system", N_("The drive is mounted read-only.")),
    ("connection closed", N_("The connection broke off. Syncthing tries again by itself.")),
    ("file name too long", N_("The name is too long for this disk. Somebody has to rename it.")),
    ("folder is paused", N_("The folder is paused. Resume it first.")),
    ("no such folder", N_("This folder is not there any more.")),
    (
        "folder has no versioner",
        N_("Older versions are not kept in this folder (see its Syncthing settings)."),
    ),
)


def problem(text: str) -> str:
    """What one of Syncthing's error texts means and what to do; "" where we know no better words."""
    low = text.casefold()
    return next((str(words) for part, words in _PROBLEMS if part in low), "")


@dataclass(frozen=True, slots=True)
class _Call:
    """What a failed dial means: in a word, and with what to do."""

    part: str
    short: Later
    words: Later


_CALLS: tuple[_Call, ...] = (
    _Call(
        "connection refused",
        N_("no Syncthing answers there"),
        N_("The machine is on, but no Syncthing answers at this address: it is off, or on another port."),
    ),
    _Call(
        "unexpected device id",
        N_("another device answers there"),
        N_("Another device answers at this address. Correct the address or the device ID."),
    ),
    _Call(
        "no such host",
        N_("its name is not found"),
        N_("Nobody knows this name. Is it spelt right, and are network and VPN on?"),
    ),
    _Call(
        "no route to host",
        N_("no way leads there"),
        N_("No way leads to this address. Are network and VPN on, here and there?"),
    ),
    _Call(
        "unreachable",
        N_("no way leads there"),
        N_("No way leads to this address. Are network and VPN on, here and there?"),
    ),
    _Call(
        "timeout",
        N_("does not answer"),
        N_("Nothing answers at this address. The machine is off or asleep, or a firewall lies between."),
    ),
    _Call(
        "deadline exceeded",
        N_("does not answer"),
        N_("Nothing answers at this address. The machine is off or asleep, or a firewall lies between."),
    ),
    _Call(
        "not found",
        N_("not at its relay"),
        N_("It is not connected to this relay now. Is it switched on and online?"),
    ),
    _Call(
        "tls",
        N_("something else answers there"),
        N_("What answers at this address is no Syncthing. A proxy may lie between, or the port is wrong."),
    ),
)


def _call(error: str) -> _Call | None:
    low = error.casefold()
    return next((call for call in _CALLS if call.part in low), None)


def dial(error: str) -> str:
    """What one failed try to reach a device means and what to do; "" where we know no better words."""
    found = _call(error)
    return str(found.words) if found else ""


def unreached(view: DeviceView) -> str:
    """Why a device is not reached, in a few words; "" while it is, or while nothing is known."""
    if view.hangs_up:
        return _("answers, but has not accepted this device yet")
    failed = [d.error for d in view.dials if d.error]
    found = next(filter(None, map(_call, failed)), None)
    if found is not None:
        return str(found.short)
    if failed:
        return _("not reached")
    return _("its address is not known") if view.lost else ""


_LIGHTS: Mapping[Light, Later] = {
    Light.OK: N_("Everything is up to date"),
    Light.SYNC: N_("Syncing"),
    Light.ATTENTION: N_("Needs you"),
    Light.PAUSED: N_("Everything is paused"),
    Light.NONE: N_("Looking for Syncthing …"),
}


def light(snapshot: FoldersSnapshot) -> str:
    """The one light in words."""
    return str(_LIGHTS[snapshot.light])


def reasons(snapshot: FoldersSnapshot) -> list[str]:
    """What else wants a look: notices and a restart that Syncthing wishes for."""
    found = []
    if snapshot.notices:
        text = ngettext("{n} notice of Syncthing", "{n} notices of Syncthing", snapshot.notices)
        found.append(text.format(n=snapshot.notices))
    if snapshot.restart_required:
        found.append(_("Syncthing wants to be restarted for its settings to count."))
    return found


def several(snapshot: FoldersSnapshot) -> str:
    """That several Syncthings run here, and which one is shown; "" where it is one."""
    if not snapshot.instances:
        return ""
    return _("{n} Syncthings run here; shown: {path}").format(
        n=len(snapshot.instances), path=safe_line(snapshot.home, 200)
    )


def change(row: ChangeView) -> str:
    """Who did what to a file; `row.who` must be safe."""
    who = _("you") if row.mine else row.who or _("somebody")
    if row.action == "deleted":
        return _("deleted by {who}").format(who=who)
    if row.action == "added":
        return _("added by {who}").format(who=who)
    return _("changed by {who}").format(who=who)


def overwritten(conflict: Conflict, names: Mapping[str, str]) -> str:
    """Who overwrote whom: the ID in the copy's name is the *winner's*; the copy holds the other text."""
    winner = names.get(conflict.winner, "")
    if winner:
        return _("overwritten by {name}; the older text lies beside it").format(name=winner)
    return _("overwritten by an unknown device; the older text lies beside it")


def conflict_day(conflict: Conflict) -> str:
    """`2026-11-23 17:01` of the copy's name, in the time of the machine that made it."""
    made = conflict.made
    return f"{made[:4]}-{made[4:6]}-{made[6:8]} {made[9:11]}:{made[11:13]}" if len(made) == 15 else ""


_TYPES: Mapping[str, Later] = {
    "sendreceive": N_("sends and receives"),
    "sendonly": N_("sends only"),
    "receiveonly": N_("receives only"),
    "receiveencrypted": N_("keeps encrypted data for others"),
}


def folder_type(kind: str) -> str:
    """How a folder takes part; the API's own word where it is new."""
    return str(_TYPES.get(kind, kind))


_KINDS: Mapping[str, Later] = {
    "tcp": N_("direct"),
    "quic": N_("direct (QUIC)"),
    "relay": N_("over a relay: slow"),
}


def connection(kind: str) -> str:
    """How a device is reached; "" where it is not."""
    return str(_KINDS.get(kind, kind)) if kind else ""
