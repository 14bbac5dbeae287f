from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from tests.support import certificates
from tests.support.odd_server import odd_server, reply, silence
from tui.core.errors import ConfigTrouble
from tui.net import tls


def test_a_context_always_verifies(tmp_path: Path) -> None:
    signer = certificates.authority(tmp_path)
    for context in (tls.context(), tls.context(signer.file)):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_an_unusable_file_is_a_setting_to_mend(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigTrouble) as caught:
        tls.context(file)
    assert caught.value.key == "ca_file"


async def test_fingerprint_of_what_is_presented(tmp_path: Path) -> None:
    context = certificates.server(tmp_path, certificates.authority(tmp_path))
    async with odd_server(reply({}), tls=context) as odd:
        assert await tls.fingerprint("127.0.0.1", odd.port) == certificates.fingerprint(tmp_path)
        assert odd.seen == []


async def test_no_fingerprint_where_there_is_no_tls() -> None:
    async with odd_server(silence()) as odd:
        port = odd.port
    assert await tls.fingerprint("127.0.0.1", port) == ""
