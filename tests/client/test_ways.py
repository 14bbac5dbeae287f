"""The way that was taken last for each host, from each kind of place."""

from __future__ import annotations

from pathlib import Path

from tests.client.desk import Desk
from tests.support.waiting import wait_until
from tui.client.ways import KEY


def test_it_is_kept_by_place_and_host(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "store")
    try:
        ways = desk.client.ways
        ways.remember("ssh", "a.example", "text")
        wait_until(lambda: ways.last("ssh", "a.example") == "text")
        assert ways.last("x2go", "a.example") == ""
        assert desk.store.kept.get(KEY) == '{"ssh a.example":"text"}'
    finally:
        desk.client.close()
