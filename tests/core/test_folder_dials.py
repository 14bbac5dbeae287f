"""Which tries belong to which device, and what they say of it."""

from __future__ import annotations

from tests.support.makers import MINUTE, NOON
from tui.core import folder_wire as wire
from tui.core.folder_dials import away, wants_discovery
from tui.core.folder_rules import snapshot
from tui.core.folders import Connection, DeviceConfig, DeviceView, Dial, DialView, FoldersData
from tui.core.models import Json

REFUSED = "dial tcp 10.0.0.1:22000: connect: connection refused"


def data_of(device: DeviceConfig, *, connected: bool = False, **fields: object) -> FoldersData:
    known = {device.id: device, "ME": DeviceConfig("ME")}
    links = {device.id: Connection(connected=connected)}
    return FoldersData(my_id="ME", devices=known, connections=links, **fields)  # type: ignore[arg-type]


def view_of(device: DeviceConfig, *, connected: bool = False, **fields: object) -> DeviceView:
    return snapshot(data_of(device, connected=connected, **fields), NOON).devices[0]


def test_only_its_own_addresses_count() -> None:
    dials = {"tcp://a:1": Dial(NOON, REFUSED), "tcp://old:1": Dial(NOON, "x"), "tcp://b:1": Dial(NOON)}
    view = view_of(DeviceConfig("D", addresses=("tcp://a:1", "tcp://never:1")), dials=dials)
    assert view.dials == (DialView("tcp://a:1", NOON, REFUSED),)
    assert not view.lost


def test_what_discovery_found_counts_for_a_dynamic_device_only() -> None:
    dials, found = {"quic://a:1": Dial(NOON, "timeout")}, {"D": ("quic://a:1",)}
    assert view_of(DeviceConfig("D", addresses=("dynamic",)), dials=dials, discovered=found).dials
    assert not view_of(DeviceConfig("D", addresses=("tcp://b:1",)), dials=dials, discovered=found).dials
    nobody = view_of(DeviceConfig("D", addresses=("dynamic",)), dials=dials)
    assert (nobody.dials, nobody.lost) == ((), True)


def test_connected_and_paused_devices_are_not_explained() -> None:
    dials = {"tcp://a:1": Dial(NOON, REFUSED)}
    device = DeviceConfig("D", addresses=("tcp://a:1", "dynamic"))
    assert not view_of(device, connected=True, dials=dials).dials
    paused = view_of(DeviceConfig("D", paused=True, addresses=device.addresses), dials=dials)
    assert (paused.dials, paused.lost) == ((), False)


def test_a_device_that_answers_and_closes_at_once_has_not_accepted_us() -> None:
    device, dials = DeviceConfig("D", addresses=("tcp://a:1",)), {"tcp://a:1": Dial(NOON)}
    assert view_of(device, dials=dials).hangs_up
    assert view_of(device, dials=dials, last_seen={"D": NOON + 600}).hangs_up
    assert not view_of(device, dials=dials, last_seen={"D": NOON + 30 * MINUTE}).hangs_up  # was here for long


def test_nothing_is_asked_while_all_are_there() -> None:
    dynamic = DeviceConfig("D", addresses=("dynamic",))
    assert away(data_of(dynamic)) == [dynamic]
    assert wants_discovery(data_of(dynamic))
    assert not away(data_of(dynamic, connected=True))
    assert not wants_discovery(data_of(DeviceConfig("D", addresses=("tcp://a:1",))))


def test_the_wire() -> None:
    rows: dict[str, Json] = {
        "a": {"when": "2026-11-23T17:09:34Z", "error": None},
        "b": {"when": 5, "error": ["x"]},
        "c": None,
    }
    found = wire.system_status({"myID": "ME", "lastDialStatus": rows})
    assert found.dials == {"a": Dial(1_795_453_774_000, ""), "b": Dial(), "c": Dial()}
    assert wire.system_status({}).dials == {}
    assert wire.discovered({"D": {"addresses": ["tcp://a:1", 7]}, "E": {}}) == {"D": ("tcp://a:1",), "E": ()}
    assert wire.device_config({"deviceID": "D", "addresses": None}).addresses == ()
