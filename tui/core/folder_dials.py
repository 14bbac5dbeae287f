"""Why a device is not reached: the addresses that were tried for it, joined with how each try went.

Invariant: pure; the error texts are Syncthing's own and are made safe where they are shown. `lastDialStatus`
is kept by address and not by device, and an old entry stays in it: only addresses of the device count.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.folders import DeviceConfig, DeviceView, DialView, FoldersData

DYNAMIC = "dynamic"
HANG_UP_MS = 10_000
"""So soon after the call was taken the device was seen last: it closed at once."""


def away(data: FoldersData) -> list[DeviceConfig]:
    """Remote devices that Syncthing tries to reach in vain."""
    return [
        device
        for device in data.devices.values()
        if device.id != data.my_id and not device.paused and not _connected(data, device.id)
    ]


def wants_discovery(data: FoldersData) -> bool:
    """Whether discovery could say where a device is that is away."""
    return any(DYNAMIC in device.addresses for device in away(data))


def with_dials(view: DeviceView, data: FoldersData) -> DeviceView:
    """`view` with why it is not reached; as it was for a device that is connected or paused."""
    device = data.devices[view.id]
    if device.paused or view.id not in data.connections or _connected(data, view.id):
        return view
    fixed = [address for address in device.addresses if address != DYNAMIC]
    found = data.discovered.get(view.id, ()) if DYNAMIC in device.addresses else ()
    tried = [
        DialView(address, data.dials[address].when, data.dials[address].error)
        for address in dict.fromkeys((*fixed, *found))
        if address in data.dials
    ]
    taken = [dial for dial in tried if not dial.error]
    return replace(
        view,
        dials=tuple(tried),
        hangs_up=any(_closed_at_once(dial, view) for dial in taken),
        lost=DYNAMIC in device.addresses and not fixed and not found,
    )


def _closed_at_once(dial: DialView, view: DeviceView) -> bool:
    return dial.when > 0 and (not view.last_seen or abs(view.last_seen - dial.when) <= HANG_UP_MS)


def _connected(data: FoldersData, device_id: str) -> bool:
    row = data.connections.get(device_id)
    return row is not None and row.connected
