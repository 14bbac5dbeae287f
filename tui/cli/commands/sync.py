"""`teleteam sync`: the shared folders and devices of the local Syncthing; needs no account.

Invariant: a folder that is not up to date is never reported as such, and --wait ends with 0 only when all
are.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from tui.cli.context import Context
from tui.cli.exits import Exit
from tui.client.clock import SystemClock
from tui.client.instances import InstanceChoice
from tui.client.wording.folders import dial, several, unreached
from tui.client.wording.states import device_state, folder_state, folders_link
from tui.core.folders import DeviceView, FoldersLink, FoldersSnapshot, FolderState, FolderView
from tui.core.ids import Millis
from tui.core.safe_text import safe_line
from tui.settings.formats import Formats
from tui.settings.i18n import _, language, ngettext

FIRST_SECONDS = 20.0
"""Longest wait for Syncthing's first answer."""
_SETTLED = frozenset(
    {FolderState.UP_TO_DATE, FolderState.PAUSED, FolderState.UNSHARED, FolderState.LOCAL_ADDITIONS}
)
_LATER = frozenset({FoldersLink.NOT_RUNNING, FoldersLink.TIMEOUT, FoldersLink.STARTING})


def run(context: Context) -> int:
    """Prints the state once, or with --wait when everything is up to date."""
    wait = context.options.wait
    snapshot = snapshot_of(context, wait)
    if snapshot.link is not FoldersLink.OK:
        context.output.note(folders_link(snapshot.link, safe_line(snapshot.detail)))
        return Exit.OFFLINE if snapshot.link in _LATER else Exit.FAILED
    if words := several(snapshot):
        context.output.note(words)
    _print(context, snapshot)
    return Exit.FAILED if wait is not None and not _is_settled(snapshot) else Exit.DONE


def snapshot_of(context: Context, wait: float | None = None) -> FoldersSnapshot:
    """The state now; with `wait` (seconds, < 0 = no limit) when everything is up to date."""
    return asyncio.run(_watch(context, wait))


async def _watch(context: Context, wait: float | None) -> FoldersSnapshot:
    """The first snapshot with an answer; with `wait` the first that is settled, or the newest after that
    time.
    """
    from tui.client.wiring import folder_watch

    newest = FoldersSnapshot()
    answered, settled = asyncio.Event(), asyncio.Event()

    def take(snapshot: FoldersSnapshot) -> None:
        nonlocal newest
        newest = snapshot
        found = snapshot.searched or snapshot.link is not FoldersLink.OK
        if found and snapshot.link is not FoldersLink.STARTING:
            answered.set()
        if snapshot.link is FoldersLink.OK and _is_settled(snapshot):
            settled.set()

    choice = InstanceChoice(context.config.syncthing.config, context.paths.state_dir)
    watch = asyncio.create_task(folder_watch(context.config, SystemClock(), take, choice).run_forever())
    try:
        await asyncio.wait_for(answered.wait(), FIRST_SECONDS)
        if wait is not None and newest.link is FoldersLink.OK:
            await asyncio.wait_for(settled.wait(), None if wait < 0 else wait)
    except TimeoutError:
        return newest
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)
    return newest


def _is_settled(snapshot: FoldersSnapshot) -> bool:
    return all(folder.state in _SETTLED for folder in snapshot.folders)


def _print(context: Context, snapshot: FoldersSnapshot) -> None:
    if context.options.json:
        for folder in snapshot.folders:
            context.output.record(_folder_row(folder))
        for device in snapshot.devices:
            context.output.record(_device_row(device))
        return
    formats = Formats(language())
    context.output.table([_folder_line(folder, formats) for folder in snapshot.folders])
    context.output.table([_device_line(device) for device in snapshot.devices])


def completion(folder: FolderView) -> float:
    """Per cent of the bytes that are here; below 100 while anything is missing."""
    if not folder.need_items and not folder.need_bytes:
        return 100.0
    if not folder.global_bytes:
        return 99.0
    return min(99.0, float(100 * (folder.global_bytes - folder.need_bytes) // folder.global_bytes))


def _folder_row(folder: FolderView) -> dict[str, object]:
    return {
        "id": folder.id,
        "label": folder.title,
        "state": folder.state.value,
        "error": folder.error,
        "completion": completion(folder),
        "needBytes": folder.need_bytes,
        "needItems": folder.need_items,
        "errors": folder.failed_items,
        "conflicts": folder.conflicts,
    }


def _device_row(device: DeviceView) -> dict[str, object]:
    return {
        "deviceID": device.id,
        "name": device.name,
        "state": device.state.value,
        "completion": device.percent,
        "type": device.connection,
        "lastDialStatus": {
            d.address: {"when": _stamp(d.when), "error": d.error or None} for d in device.dials
        },
    }


def _stamp(moment: Millis) -> str | None:
    return datetime.fromtimestamp(moment / 1000, UTC).isoformat().replace("+00:00", "Z") if moment else None


def _device_line(device: DeviceView) -> tuple[str, str, str]:
    """Why a device is not reached stands beside it, Syncthing's own words where there are no better ones."""
    words = unreached(device)
    raw = next((d.error for d in device.dials if d.error), "")
    if raw and not any(dial(d.error) for d in device.dials) and not device.hangs_up:
        words = f"{words}: {safe_line(raw, 200)}"
    return device.name, device_state(device.state), words


def _folder_line(folder: FolderView, formats: Formats) -> tuple[str, str, str]:
    notes = [folder.error] if folder.error else []
    if folder.need_bytes:
        notes.append(_("{size} missing").format(size=formats.size(folder.need_bytes)))
    if folder.failed_items:
        notes.append(
            ngettext("{n} failed item", "{n} failed items", folder.failed_items).format(n=folder.failed_items)
        )
    if folder.conflicts:
        notes.append(ngettext("{n} conflict", "{n} conflicts", folder.conflicts).format(n=folder.conflicts))
    percent = "" if folder.percent is None else f" {formats.percent(folder.percent)}"
    return folder.title, folder_state(folder.state) + percent, ", ".join(notes)
