"""The REST API of a real Syncthing: key, TLS pin, unix socket; and of what only pretends to be one."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.programs import need
from tests.support.syncthing import Instance, create, free_port
from tests.support.waiting import until
from tui.core.errors import FoldersTrouble, Refused
from tui.core.folder_events import EVENT_MASK, apply
from tui.core.folders import FoldersData
from tui.core.models import Json
from tui.net import syncthing_rest
from tui.net.syncthing import SyncthingApi
from tui.net.syncthing_place import Place, read_place

pytestmark = pytest.mark.timeout(90)
needs_syncthing = pytest.mark.syncthing


def serve(instance: Instance) -> subprocess.Popen[bytes]:
    """Started as it is configured: `Instance.start` waits for an answer by TCP, which may not come."""
    home = f"--home={instance.home}"
    words = [need("syncthing"), "serve", home, "--no-browser", "--no-restart", "--no-upgrade"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@needs_syncthing
async def test_reads_everything_the_panel_needs(one: Instance, api: SyncthingApi) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", await api.fetch_version())
    assert (await api.fetch_system_status()).my_id == one.device_id
    folders, devices = await api.fetch_config()
    assert (folders, [d.id for d in devices]) == ([], [one.device_id])
    assert await api.fetch_restart_required() is False
    assert await api.fetch_last_files() == {}
    assert await api.fetch_pending_devices() == {}
    assert await api.fetch_pending_folders() == {}
    assert isinstance(await api.fetch_notice_count(), int)


@needs_syncthing
async def test_why_a_device_is_not_reached(one: Instance, api: SyncthingApi) -> None:
    nobody = f"tcp://127.0.0.1:{free_port()}"
    ident = "P56IOI7-MZJNU2Y-IQGDREY-DM2MGTI-MGL3BXN-PQ6W5BM-TBBZ4TJ-XZWICQ2"
    one.call("POST", "/rest/config/devices", {"deviceID": ident, "name": "carol", "addresses": [nobody]})
    try:
        (_folders, devices), found = await api.fetch_config(), await api.fetch_discovered()
        assert (nobody,) in [d.addresses for d in devices]
        assert found == {}  # the search is switched off here
        for _ in range(200):
            dials = (await api.fetch_system_status()).dials
            if nobody in dials:
                break
            await asyncio.sleep(0.1)
        assert "connection refused" in dials[nobody].error
        assert dials[nobody].when > 0
    finally:
        one.call("DELETE", f"/rest/config/devices/{ident}")


@needs_syncthing
async def test_trap_config_saved_never_brings_the_key(one: Instance, api: SyncthingApi) -> None:
    await api.fetch_events(EVENT_MASK, 0, 0, limit=1)
    one.call("PATCH", "/rest/config/options", {"progressUpdateIntervalS": 4})
    events = await api.fetch_events(EVENT_MASK, 0, 10)
    saved = [event for event in events if event.type == "ConfigSaved"]
    assert saved
    assert all(event.data == {} for event in saved)


@needs_syncthing
async def test_wrong_key_and_unknown_folder(one: Instance, api: SyncthingApi) -> None:
    stranger = SyncthingApi(Place(f"http://127.0.0.1:{one.gui_port}", "falsch"))
    with pytest.raises(FoldersTrouble) as caught:
        await stranger.fetch_version()
    await stranger.close()
    assert caught.value.link == "wrong-key"
    with pytest.raises(Refused):
        await api.fetch_folder_status("gibtsnicht")
    assert (await api.fetch_completion(one.device_id, "gibtsnicht")).global_bytes == 0


@needs_syncthing
async def test_unix_socket(tmp_path: Path) -> None:
    instance = create("sock", tmp_path)
    path = tmp_path / "gui.sock"
    text = instance.config.read_text()
    instance.config.write_text(re.sub(r"<address>127[^<]*</address>", f"<address>{path}</address>", text))
    process = serve(instance)
    try:
        await until(path.exists, timeout=30)
        api = SyncthingApi(read_place(instance.config))
        assert await api.fetch_version()
        await api.close()
    finally:
        process.terminate()
        process.wait(timeout=20)


@needs_syncthing
async def test_tls_is_pinned_to_the_certificate_beside_the_config(tmp_path: Path) -> None:
    instance = create("tls", tmp_path)
    text = instance.config.read_text().replace('tls="false"', 'tls="true"')
    instance.config.write_text(text)
    process = serve(instance)
    try:
        await until(lambda: _version_or_none(instance), timeout=30)
        assert await _answers(instance)
        other = create("other", tmp_path)
        certificate = other.home / "https-cert.pem"
        if not certificate.exists():
            certificate = other.home / "cert.pem"
        liar = SyncthingApi(
            Place(f"https://127.0.0.1:{instance.gui_port}", instance.key, certificate=certificate)
        )
        with pytest.raises(FoldersTrouble) as caught:
            await liar.fetch_version()
        await liar.close()
        assert caught.value.link == "certificate"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _version_or_none(instance: Instance) -> bool:
    return (instance.home / "https-cert.pem").exists()


async def _answers(instance: Instance) -> str:
    for _ in range(100):
        with suppress(FoldersTrouble):  # still starting, or the certificate is not whole yet
            api = SyncthingApi(read_place(instance.config))
            try:
                return await api.fetch_version()
            finally:
                await api.close()
        await asyncio.sleep(0.1)
    raise AssertionError("never answered")


async def test_c32_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server = await asyncio.start_server(_answer(b"200 OK", b'{"version":"v1.19.2-ds1"}'), "127.0.0.1", 0)
    async with server:
        api = SyncthingApi(Place(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "k"))
        assert await api.fetch_version() == "1.19.2"
        await api.close()


@pytest.mark.parametrize(
    ("status", "body", "link"),
    [
        (b"404 Not Found", b"nothing here", "other-program"),
        (b"307 Temporary Redirect", b"", "other-program"),
        (b"403 Forbidden", b"Host check error\n", "host-check"),
        (b"403 Forbidden", b"Forbidden\n", "wrong-key"),
        (b"401 Unauthorized", b"Not Authorized\n", "wrong-key"),
        (b"200 OK", b"{}", "other-program"),
    ],
)
async def test_what_is_no_usable_syncthing_says_why(status: bytes, body: bytes, link: str) -> None:
    server = await asyncio.start_server(_answer(status, body), "127.0.0.1", 0)
    async with server:
        api = SyncthingApi(Place(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", "geheim"))
        with pytest.raises(FoldersTrouble) as caught:
            await api.fetch_version()
        await api.close()
    assert caught.value.link == link
    assert "geheim" not in repr(caught.value)


async def test_nothing_listens() -> None:
    api = SyncthingApi(Place("http://127.0.0.1:9", "geheim"))
    with pytest.raises(FoldersTrouble) as caught:
        await api.fetch_version()
    await api.close()
    assert caught.value.link == "not-running"


async def test_plain_http_to_another_host_is_refused_before_the_key_leaves() -> None:
    api = SyncthingApi(Place("http://192.0.2.1:8384", "geheim"))
    with pytest.raises(FoldersTrouble) as caught:
        await api.fetch_version()
    await api.close()
    assert caught.value.link == "foreign"


async def test_another_users_port_never_gets_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.getuid", lambda: 1000)
    monkeypatch.setattr(syncthing_rest, "listener_uid", lambda port: 4711)
    api = SyncthingApi(Place("http://127.0.0.1:9", "geheim"))
    with pytest.raises(FoldersTrouble) as caught:
        await api.fetch_version()
    await api.close()
    assert caught.value.link == "foreign"


def _answer(
    status: bytes, body: bytes
) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 " + status + b"\r\nContent-Length: " + str(len(body)).encode()
        writer.write(head + b"\r\nConnection: close\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    return serve


OTHER = "P56IOI7-MZJNU2Y-IQGDREY-DM2MGTI-MGL3BXN-PQ6W5BM-TBBZ4TJ-XZWICQ2"
FILE_2X: dict[str, Json] = {
    "name": "a/plan.txt",
    "size": 7,
    "modified": "2026-11-23T17:01:31.123456789+01:00",
    "modifiedBy": "P56IOI7",
    "type": "FILE_INFO_TYPE_FILE",
    "version": ["P56IOI7:1"],
    "deleted": False,
    "blocksHash": "AA==",
    "previousBlocksHash": "",
    "platform": {},
}
IN_2X: dict[str, Json] = {
    "/rest/system/version": {
        "version": "v2.1.3",
        "codename": "Hafnium Hornet",
        "longVersion": "syncthing v2.1.3",
    },
    "/rest/system/status": {
        "myID": OTHER,
        "startTime": "2026-11-23T17:00:00.123456789Z",
        "guiAddressUsed": "127.0.0.1:8384",
        "discoveryEnabled": True,
        "discoveryStatus": {},
        "lastDialStatus": {
            "tcp://a:1": {"when": "2026-11-23T17:09:34.5Z", "error": "i/o timeout", "ok": False}
        },
    },
    "/rest/system/discovery": {OTHER: {"addresses": ["tcp://a:1"]}},
    "/rest/system/connections": {
        "connections": {
            OTHER: {
                "connected": True,
                "type": "relay-client",
                "isLocal": False,
                "inBytesTotal": 5,
                "primary": {"type": "relay-client"},
                "secondary": [{"type": "quic-client"}],
            }
        },
        "total": {},
    },
    "/rest/config/folders": [
        {
            "id": "f",
            "label": "F",
            "path": "/f",
            "group": "Büro",
            "devices": [{"deviceID": OTHER}],
            "paused": False,
        }
    ],
    "/rest/config/devices": [{"deviceID": OTHER, "name": "nas", "group": "", "numConnections": 0}],
    "/rest/config/restart-required": {"requiresRestart": True},
    "/rest/db/status": {
        "state": "starting",
        "error": "",
        "watchError": "",
        "receiveOnlyTotalItems": 0,
        "needTotalItems": 3,
        "remoteSequence": {OTHER: 12},
        "errors": 0,
    },
    "/rest/db/completion": {"completion": 100, "globalItems": 3, "sequence": 9, "remoteState": "notSharing"},
    "/rest/folder/errors": {"folder": "f", "errors": [], "page": 1, "perpage": 50},
    "/rest/stats/folder": {
        "f": {"lastScan": "2026-11-23T17:01:31Z", "lastFile": {"filename": "x", "at": ""}}
    },
    "/rest/stats/device": {OTHER: {"lastSeen": "2026-11-23T17:01:31Z", "lastConnectionDurationS": 3.5}},
    "/rest/cluster/pending/devices": {OTHER: {"time": "2026-11-23T17:01:31Z", "name": "c", "address": "a:1"}},
    "/rest/cluster/pending/folders": {
        "g": {
            "offeredBy": {
                OTHER: {"time": "", "label": "G", "receiveEncrypted": False, "remoteEncrypted": False}
            }
        }
    },
    "/rest/system/error": {"errors": [{"when": "2026-11-23T17:01:31Z", "message": "m", "level": 2}]},
    "/rest/db/need": {"progress": [FILE_2X], "queued": [], "rest": [], "page": 1, "perpage": 100},
    "/rest/db/remoteneed": {"files": [{**FILE_2X, "numBlocks": 1}], "page": 1, "perpage": 100},
    "/rest/db/localchanged": {"files": [FILE_2X], "page": 1, "perpage": 100},
    "/rest/db/browse": [
        {"name": "a", "modTime": "2026-11-23T17:01:31Z", "size": 1, "type": "FILE_INFO_TYPE_DIRECTORY"}
    ],
    "/rest/db/file": {
        "local": FILE_2X,
        "global": FILE_2X,
        "availability": [{"id": OTHER, "fromTemporary": False}],
    },
    "/rest/db/ignores": {"ignore": ["*.tmp"], "expanded": ["*.tmp"], "error": None},
    "/rest/folder/versions": {"a": [{"versionTime": "2026-11-23T17:01:31Z", "modTime": "", "size": 2}]},
    "/rest/events": [
        {
            "id": 1,
            "globalID": 1,
            "time": "2026-11-23T17:01:31.123456789Z",
            "type": "DownloadProgress",
            "data": {
                "f": {
                    "x": {"total": 3, "pulled": 1, "copiedFromElsewhere": 1, "bytesDone": 1, "bytesTotal": 3}
                }
            },
        },
        {"id": 2, "type": "UpgradeRestartScheduled", "data": None},
    ],
}


class Of2x(SyncthingApi):
    """Answers in the documented shapes of 2.1: read in its source, not recorded."""

    async def _send(self, method: str, path: str, *_rest: object, **_more: object) -> bytes:
        assert method == "GET"
        return json.dumps(IN_2X[path]).encode()


async def test_every_endpoint_in_the_shapes_of_2x() -> None:
    api = Of2x(Place("http://127.0.0.1:9", "k"))
    assert await api.fetch_version() == "2.1.3"
    status = await api.fetch_system_status()
    assert (status.my_id, status.dials["tcp://a:1"].error) == (OTHER, "i/o timeout")
    assert await api.fetch_discovered() == {OTHER: ("tcp://a:1",)}
    assert (await api.fetch_connections())[OTHER].type == "relay-client"
    (folder,), (device,) = await api.fetch_config()
    assert (folder.label, folder.device_ids, device.name, device.addresses) == ("F", (OTHER,), "nas", ())
    assert await api.fetch_restart_required()
    found = await api.fetch_folder_status("f")
    assert (found.state, found.need_total_items, found.error) == ("starting", 3, "")
    assert (await api.fetch_completion(OTHER, "f")).remote_state == "notSharing"
    assert await api.fetch_folder_errors("f") == ()
    assert (await api.fetch_last_files())["f"].name == "x"
    assert (await api.fetch_last_seen())[OTHER] > 0
    assert await api.fetch_pending_devices() == {OTHER: "c"}
    assert await api.fetch_pending_folders() == {(OTHER, "g"): "G"}
    assert await api.fetch_notice_count() == len(await api.fetch_notices()) == 1
    assert [i.name for i in (await api.fetch_need("f")).progress] == ["a/plan.txt"]
    assert [i.size for i in await api.fetch_remote_need("f", OTHER)] == [7]
    assert [i.modified_by for i in await api.fetch_local_changes("f")] == ["P56IOI7"]
    assert [(e.name, e.directory) for e in await api.browse("f")] == [("a", True)]
    file = await api.fetch_file("f", "a/plan.txt")
    assert (file.in_sync, file.available) == (True, (OTHER,))
    assert (await api.fetch_ignores("f")).lines == ("*.tmp",)
    assert [v.path for v in await api.fetch_versions("f")] == ["a"]
    first, second = await api.fetch_events(EVENT_MASK, 0, 0)
    assert (first.id, second.data) == (1, {})
    moving = apply(FoldersData(), first.type, first.data)[0]
    assert (moving.transfers["f"][0].done, moving.transfers["f"][0].total) == (1, 3)
    assert apply(moving, second.type, second.data)[0] == moving
    await api.close()
