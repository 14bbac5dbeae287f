from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.api_calls import C, api_to
from tests.support.odd_server import answer, reply
from tui.core.errors import Refused


async def test_the_limit_is_asked_for_before_the_first_upload(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    async with api_to(reply({"MaxFileSize": "10"})) as (api, odd):
        for _ in range(2):
            with pytest.raises(Refused):
                await api.upload_file(C, tmp_path / "a")
        assert [seen.target for seen in odd.seen] == ["/api/v4/config/client?format=old"]


async def test_upload_and_download(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    uploaded = reply({"file_infos": [{"id": "f1", "name": "a"}]}, 201)
    async with api_to(reply({"MaxFileSize": "10"}), uploaded, answer(b"data")) as (api, odd):
        info = await api.upload_file(C, tmp_path / "a")
        place = await api.download_file(info.id, info.name, tmp_path)
        assert place == tmp_path / "a (2)"
        assert [seen.method for seen in odd.seen] == ["GET", "POST", "GET"]
