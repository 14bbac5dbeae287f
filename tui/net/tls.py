"""TLS to the server: the system's trust, or one named certificate file; there is no way to switch it off.

Invariant: a context made here verifies chain and host name and speaks TLS 1.2 or newer. The one connection
without verification (`fingerprint`) sends nothing and only looks at the certificate that was refused.
"""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from pathlib import Path

from tui.core.errors import ConfigTrouble, Insecure

PROBE_SECONDS = 5


def context(ca_file: Path | None = None) -> ssl.SSLContext:
    """A verifying client context. Raises ConfigTrouble("tele.config.value") for an unusable `ca_file`."""
    try:
        made = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except (OSError, ssl.SSLError) as error:
        problem = f"{ca_file}: {type(error).__name__}"
        raise ConfigTrouble("tele.config.value", key="ca_file", problem=problem) from None
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


async def refusal(host: str, port: int, error: ssl.SSLError, *, probe: bool = True) -> Insecure:
    """The error for a certificate or protocol that we refuse: which check failed, and whose certificate."""
    check = getattr(error, "verify_message", "") or (error.reason or "TLS").replace("_", " ").lower()
    print_ = await fingerprint(host, port) if probe else ""
    detail = f"{check}; SHA-256 {print_}" if print_ else check
    return Insecure("tele.insecure.certificate", detail)


async def fingerprint(host: str, port: int) -> str:
    """SHA-256 of the certificate presented there, as colon separated hex; "" where none could be had."""
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            _, writer = await asyncio.open_connection(host, port, ssl=_blind(), server_hostname=host)
    except (OSError, TimeoutError):
        return ""
    presented = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.transport.abort()
    return hashlib.sha256(presented).digest().hex(":").upper() if presented else ""


def _blind() -> ssl.SSLContext:
    """A context that accepts any certificate, so that it can be shown; never used to talk."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    return made
