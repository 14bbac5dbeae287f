"""Judges an answer: what Mattermost says, and what only pretends to be Mattermost.

Invariant: decisions rest on the stable error `id`, never on a translated message; an answer without such an
id is never taken for Mattermost's word (a proxy's 401 does not sign anybody out).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from urllib.parse import urlsplit

from tui.core.errors import (
    BadAnswer,
    NotSupported,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    SignInRefused,
    TeleteamError,
    Throttled,
)
from tui.core.fields import decode, text
from tui.core.models import Json
from tui.core.safe_text import safe_line
from tui.core.values import dataclass
from tui.net.address import Address, same_origin

SESSION_DEAD = frozenset(
    {
        "api.context.session_expired.app_error",
        "api.context.invalid_token.error",
        "api.context.token_provided.app_error",
    }
)
MISSING_ROUTE = "api.context.404.app_error"
LONGEST_WAIT = 300.0
"""Seconds; a server that asks for more than this is asked again then."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer. `value` is None for 304 and for empty bodies; `token` is set by a sign-in."""

    status: int
    value: Json = field(repr=False)
    etag: str = ""
    version: str = ""
    """`X-Version-Id`: major.minor.patch.build.config-hash.licensed."""
    token: str = field(default="", repr=False)


def judged(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    address: Address,
    *,
    login: bool = False,
    token: str = "",
    plugin: bool = False,
) -> Answer:
    """The answer, or the leaf of `core.errors` that it means. `token` is what must not be repeated.

    `plugin`: what answers is a plugin of the server: it refuses in plain text without an id, and may say
    "OK" without JSON (`value` is that text then).
    """
    if status == 304 or 200 <= status < 300:
        return _said(status, headers, body) if plugin else _good(status, headers, body)
    if plugin and (400 <= status <= 404 or status == 500) and _is_plain(headers):
        raise (NotSupported if status == 404 else Refused)("tele.refused.plugin", status=status)
    raise _failure(status, headers, body, address, login=login, token=token)


def _is_plain(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").startswith("text/plain")


def _said(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    """A plugin's good answer: JSON, or a short text."""
    if _is_plain(headers):
        try:
            return _good(status, headers, body)
        except BadAnswer:
            return Answer(status, safe_line(body[:_LONGEST].decode(errors="replace"), _LONGEST))
    return _good(status, headers, body)


def _good(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    if "html" in headers.get("content-type", ""):
        raise BadAnswer("tele.answer.portal", f"HTML with status {status}")
    return Answer(
        status,
        decode(body) if body else None,
        etag=headers.get("etag", ""),
        version=headers.get("x-version-id", ""),
        token=headers.get("token", ""),
    )


def _failure(
    status: int, headers: Mapping[str, str], body: bytes, address: Address, *, login: bool, token: str
) -> TeleteamError:
    if 300 <= status < 400:
        return _redirect(headers, address)
    if status == 429:
        return Throttled(retry_after(headers))
    if status == 407:
        return Offline("proxy", "407")
    if status == 511:
        return BadAnswer("tele.answer.portal", "511")
    error_id, message = _error(body, token)
    if status >= 500 and status != 501:
        return ServerTrouble(error_id, message, status=status)
    if status == 413:
        return Refused(error_id or "tele.refused.too_large", message, status=status)
    if not error_id:
        return BadAnswer("tele.answer.portal", f"status {status} without an error id", status=status)
    return _refusal(status, error_id, message, login=login)


def _refusal(status: int, error_id: str, message: str, *, login: bool) -> TeleteamError:
    if login and status in (400, 401, 403):
        return SignInRefused(error_id, message, status=status)
    if status == 401 and error_id in SESSION_DEAD:
        return SignedOut(error_id, status=status)
    if error_id == MISSING_ROUTE:
        return NotSupported(error_id, status=status)
    return Refused(error_id, message, status=status)


def _redirect(headers: Mapping[str, str], address: Address) -> BadAnswer:
    location = headers.get("location", "")
    if same_origin(address, location):
        return BadAnswer("tele.answer.redirect", safe_line(urlsplit(location).path, _LONGEST))
    return BadAnswer("tele.answer.portal", _host(location))


def _host(location: str) -> str:
    try:
        return safe_line(urlsplit(location).hostname or "", _LONGEST)
    except ValueError:
        return ""


def _error(body: bytes, token: str) -> tuple[str, str]:
    """Id and message of Mattermost's error object; ("", "") where it is none."""
    try:
        found = decode(body)
    except BadAnswer:
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    message = text(found, "message")
    harmless = not token or token not in message
    return safe_line(text(found, "id"), _LONGEST), safe_line(message, _LONGEST) if harmless else ""


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait after a 429: `Retry-After`, else `X-RateLimit-Reset`, else 1."""
    wait = number(headers, "retry-after")
    if wait is None:
        wait = number(headers, "x-ratelimit-reset")
    return min(LONGEST_WAIT, max(0.1, 1.0 if wait is None else wait))


def number(headers: Mapping[str, str], name: str) -> float | None:
    """A header's value as a finite number, None where it is absent or none."""
    value = headers.get(name, "")
    return float(value) if value.isascii() and value.isdigit() and len(value) < 12 else None
