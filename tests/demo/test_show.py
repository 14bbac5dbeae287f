"""The whole demo."""

from __future__ import annotations

import threading
from pathlib import Path

import httpx

from tui.demo.show import LOGIN, PASSWORD, Demo


def test_starts_signs_in_and_leaves_nothing_behind() -> None:
    threads = threading.active_count()
    demo = Demo(pace=0.01)
    url = demo.start()
    directory = Path(demo.syncthing.directory)
    body = {"login_id": LOGIN, "password": PASSWORD}
    assert httpx.post(url + "/api/v4/users/login", json=body, trust_env=False).status_code == 200
    assert url.startswith("http://127.0.0.1:")
    demo.stop()
    assert not directory.exists()
    assert threading.active_count() == threads


def test_without_a_pace_nobody_acts(tmp_path: Path) -> None:
    demo = Demo(pace=0, directory=tmp_path)
    demo.start()
    count = len(demo.server.world.posts)
    httpx.get(demo.url + "/api/v4/system/ping", trust_env=False)
    assert len(demo.server.world.posts) == count
    demo.stop()
