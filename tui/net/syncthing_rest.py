"""The wire to Syncthing's REST API: loopback, a unix socket or pinned TLS.

Invariant: the key goes in the X-API-Key header only, never in a URL, a log or an error; proxies and redirects
are never followed; on a host with several users it is not sent to a port that another user holds.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from tui.core.errors import BadAnswer, FoldersTrouble, Offline, Refused
from tui.core.folders import FoldersLink
from tui.core.models import Json
from tui.core.wire import decode
from tui.net.syncthing_place import Place, listener_uid

READ_TIMEOUT = 20.0
CONNECT_TIMEOUT = 3.0
MOST_BYTES = 16 * 2**20
"""Of one answer: `db/need` without paging was 8.8 MB for 20,000 files; we always page."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SyncthingRest:
    """One pooled client for one Place."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._client = httpx.AsyncClient(
            base_url=place.url,
            transport=httpx.AsyncHTTPTransport(uds=place.socket or None, verify=_verify(place)),
            headers={"X-API-Key": place.key},
            timeout=httpx.Timeout(READ_TIMEOUT, connect=CONNECT_TIMEOUT),
            trust_env=False,
            follow_redirects=False,
        )
        self._checked = bool(place.socket)

    async def close(self) -> None:
        await self._client.aclose()

    async def get(
        self, path: str, params: Mapping[str, str] | None = None, timeout: float = READ_TIMEOUT
    ) -> Json:
        return decode(await self._send("GET", path, params, timeout=timeout) or b"null")

    async def get_or_none(self, path: str, params: Mapping[str, str] | None = None) -> Json:
        """None where this version lacks the endpoint or the object is not there."""
        try:
            return await self.get(path, params)
        except Refused:
            return None

    async def act(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: Json = None,
        timeout: float = READ_TIMEOUT,
    ) -> Json:
        """Changes something; the answer's JSON, None where it is empty."""
        return decode(await self._send(method, path, params, body, timeout) or b"null")

    async def _send(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        body: Json = None,
        timeout: float = READ_TIMEOUT,
    ) -> bytes:
        self._check_listener()
        limits = httpx.Timeout(timeout, connect=CONNECT_TIMEOUT)
        request = self._client.build_request(
            method, path, params=dict(params or {}), json=body, timeout=limits
        )
        try:
            answer = await self._client.send(request, stream=True)
            try:
                content = await _read(answer)
            finally:
                await answer.aclose()
        except httpx.HTTPError as error:
            raise _trouble(error, self._place) from None
        if answer.status_code == 200:
            return content
        raise _refusal(answer.status_code, content[:200].decode("utf-8", "replace"), path)

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


async def _read(answer: httpx.Response) -> bytes:
    """The whole body, at most MOST_BYTES."""
    content = bytearray()
    async for chunk in answer.aiter_bytes():
        content += chunk
        if len(content) > MOST_BYTES:
            raise BadAnswer("tele.answer.large")
    return bytes(content)


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
