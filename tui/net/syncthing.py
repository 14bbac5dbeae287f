"""Syncthing's REST API over loopback, a unix socket or pinned TLS.

Invariant: the key goes in the X-API-Key header only, never in a URL, a log or an error; proxies and redirects
are never followed; on a host with several users it is not sent to a port that another user holds.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from tui.core import folder_wire as fw
from tui.core.errors import FoldersTrouble, Offline, Refused
from tui.core.folders import (
    Completion,
    Connection,
    DeviceConfig,
    FileError,
    FolderConfig,
    FoldersLink,
    FolderStatus,
    LastFile,
    SystemStatus,
)
from tui.core.ids import Millis
from tui.core.models import Json
from tui.core.ports import FolderEvent
from tui.core.wire import decode
from tui.net.syncthing_files import find_conflicts
from tui.net.syncthing_place import Place, listener_uid

READ_TIMEOUT = 20.0
SCAN_TIMEOUT = 3600.0
"""`POST /rest/db/scan` answers when the scan ends: 36 s for 9 GB."""
ERRORS_SHOWN = 50
SECRET_EVENTS = frozenset({"ConfigSaved"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SyncthingApi:
    """Implements `core.ports.FolderApi`."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client = httpx.AsyncClient(
            base_url=place.url,
            transport=httpx.AsyncHTTPTransport(uds=place.socket or None, verify=_verify(place)),
            headers={"X-API-Key": place.key},
            timeout=httpx.Timeout(READ_TIMEOUT, connect=3.0),
            trust_env=False,
            follow_redirects=False,
        )
        self._checked = bool(place.socket)

    async def close(self) -> None:
        await self._client.aclose()

    async def fetch_version(self) -> str:
        version = fw.text(fw.obj(await self._get("/rest/system/version")), "version")
        if not version:
            raise FoldersTrouble(FoldersLink.OTHER_PROGRAM, self._place.url)
        return version.removeprefix("v").partition("-")[0]

    async def fetch_system_status(self) -> SystemStatus:
        d = fw.obj(await self._get("/rest/system/status"))
        return SystemStatus(fw.text(d, "myID"), fw.text(d, "startTime"))

    async def fetch_config(self) -> tuple[list[FolderConfig], list[DeviceConfig]]:
        """From the two lists and not from `/rest/config`, which would carry the key and the password hash."""
        folders = fw.items(await self._get("/rest/config/folders"))
        devices = fw.items(await self._get("/rest/config/devices"))
        return [fw.folder_config(d) for d in folders], [fw.device_config(d) for d in devices]

    async def fetch_restart_required(self) -> bool:
        return fw.flag(fw.obj(await self._get_or_none("/rest/config/restart-required")), "requiresRestart")

    async def fetch_connections(self) -> dict[str, Connection]:
        return fw.connections(await self._get("/rest/system/connections"))

    async def fetch_folder_status(self, folder_id: str) -> FolderStatus:
        return fw.folder_status(fw.obj(await self._get("/rest/db/status", {"folder": folder_id})))

    async def fetch_completion(self, device_id: str, folder_id: str) -> Completion:
        """404 for a paused folder becomes an empty completion."""
        params = {"device": device_id, "folder": folder_id}
        return fw.completion(fw.obj(await self._get_or_none("/rest/db/completion", params)))

    async def fetch_folder_errors(self, folder_id: str) -> tuple[FileError, ...]:
        params = {"folder": folder_id, "page": "1", "perpage": str(ERRORS_SHOWN)}
        return fw.file_errors(fw.obj(await self._get_or_none("/rest/folder/errors", params)).get("errors"))

    async def fetch_last_files(self) -> dict[str, LastFile]:
        d = fw.obj(await self._get("/rest/stats/folder"))
        return {key: fw.last_file(fw.obj(fw.obj(row).get("lastFile"))) for key, row in d.items()}

    async def fetch_last_seen(self) -> dict[str, Millis]:
        d = fw.obj(await self._get("/rest/stats/device"))
        return {key: fw.millis(fw.text(fw.obj(row), "lastSeen")) for key, row in d.items()}

    async def fetch_pending_devices(self) -> dict[str, str]:
        d = fw.obj(await self._get_or_none("/rest/cluster/pending/devices"))
        return {key: fw.text(fw.obj(row), "name") for key, row in d.items()}

    async def fetch_pending_folders(self) -> dict[tuple[str, str], str]:
        d = fw.obj(await self._get_or_none("/rest/cluster/pending/folders"))
        return {
            (device, folder): fw.text(fw.obj(offer), "label")
            for folder, row in d.items()
            for device, offer in fw.obj(fw.obj(row).get("offeredBy")).items()
        }

    async def fetch_notice_count(self) -> int:
        return len(fw.items(fw.obj(await self._get("/rest/system/error")).get("errors")))

    async def fetch_events(self, mask: str, since: int, seconds: int, limit: int = 0) -> list[FolderEvent]:
        params = {"events": mask, "since": str(since), "timeout": str(seconds)}
        if limit:
            params["limit"] = str(limit)
        answer = await self._get("/rest/events", params, timeout=seconds + 15.0)
        return [_event(d) for d in fw.items(answer)]

    async def rescan(self, folder_id: str = "") -> None:
        params = {"folder": folder_id} if folder_id else {}
        await self._send("POST", "/rest/db/scan", params, SCAN_TIMEOUT)

    async def find_conflicts(self, path: str) -> frozenset[str]:
        return await find_conflicts(path)

    async def _get(
        self, path: str, params: Mapping[str, str] | None = None, timeout: float = READ_TIMEOUT
    ) -> Json:
        return decode(await self._send("GET", path, params or {}, timeout) or b"null")

    async def _get_or_none(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        """None where this version lacks the endpoint or the object is not there."""
        try:
            return await self._get(path, params)
        except Refused:
            return None

    async def _send(self, method: str, path: str, params: Mapping[str, str], timeout: float) -> bytes:
        self._check_listener()
        try:
            answer = await self._client.request(
                method, path, params=dict(params), timeout=httpx.Timeout(timeout, connect=3.0)
            )
        except httpx.HTTPError as error:
            raise _trouble(error, self._place) from None
        if answer.status_code == 200:
            return answer.content
        raise _refusal(answer.status_code, answer.text[:200], path)

    def _check_listener(self) -> None:
        """Once per life: the loopback port must belong to us or root, else our key would go to a stranger."""
        if self._checked:
            return
        url = urlsplit(self._place.url)
        if url.hostname in LOOPBACK and os.getuid() != 0:
            uid = listener_uid(url.port or 0)
            if uid is not None and uid not in {os.getuid(), 0}:
                raise FoldersTrouble(FoldersLink.FOREIGN, self._place.url)
        elif url.hostname not in LOOPBACK and url.scheme != "https":
            raise FoldersTrouble(FoldersLink.FOREIGN, self._place.url)
        self._checked = True


def _verify(place: Place) -> ssl.SSLContext | bool:
    """Pins Syncthing's own self-signed certificate; its only name is the host's: not compared."""
    if place.certificate is None:
        return True
    try:
        context = ssl.create_default_context(cafile=str(place.certificate))
    except (OSError, ssl.SSLError):
        raise FoldersTrouble(FoldersLink.CERTIFICATE, str(place.certificate)) from None
    context.check_hostname = False
    return context


def _event(d: fw.Object) -> FolderEvent:
    kind = fw.text(d, "type")
    return FolderEvent(fw.number(d, "id"), kind, {} if kind in SECRET_EVENTS else fw.obj(d.get("data")))


def _trouble(error: httpx.HTTPError, place: Place) -> Exception:
    if isinstance(error, httpx.ConnectTimeout):
        return FoldersTrouble(FoldersLink.TIMEOUT, place.url)
    if isinstance(error, httpx.ConnectError):
        kind = FoldersLink.CERTIFICATE if "CERTIFICATE_VERIFY" in str(error) else FoldersLink.NOT_RUNNING
        return FoldersTrouble(kind, place.url)
    if isinstance(error, httpx.TimeoutException):
        return FoldersTrouble(FoldersLink.TIMEOUT, place.url)
    return Offline("closed", place.url)


def _refusal(status: int, body: str, path: str) -> Exception:
    """401 and 403 are about the key or the Host header; a 404 on the version is another program."""
    if status == 403 and "Host check" in body:
        return FoldersTrouble(FoldersLink.HOST_CHECK)
    if status in {401, 403}:
        return FoldersTrouble(FoldersLink.WRONG_KEY)
    if status in {301, 302, 307, 308} or (status == 404 and path == "/rest/system/version"):
        return FoldersTrouble(FoldersLink.OTHER_PROGRAM)
    return Refused("tele.folders.refused", body.strip(), status=status)
