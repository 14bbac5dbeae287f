"""Off by default; with everything on, no secret and no message reaches the file."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core.errors import Offline
from tui.settings import logs
from tui.settings.paths import Paths

TOKEN = "abcdefghijklmnopqrstuvwxyz"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2lnbmF0dXJl"


@pytest.fixture(autouse=True)
def _root() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def text_of(paths: Paths) -> str:
    return paths.log_file.read_text(encoding="utf-8")


def test_off_by_default(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path / "c")
    logs.setup(paths)
    logging.getLogger("tui.net").warning("something")
    assert not paths.state_dir.exists()


def test_g57_secrets_never_reach_the_file(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path / "c")
    redaction = logs.setup(paths, "debug")
    redaction.hide("my own secret")
    log = logging.getLogger("tui.net")
    log.info("Authorization: Bearer %s", TOKEN)
    log.info('answer {"token": "%s", "x": 1}', TOKEN)
    log.debug("X-API-Key=%s; jwt=%s", TOKEN, JWT)
    log.warning("open https://meet.example.org/Room?jwt=%s#config.x=1", JWT)
    log.warning("here is my own secret in %s", "a text")
    log.error("two\nlines \x1b[31m")
    try:
        secret_value = TOKEN
        raise Offline("dns", secret_value)
    except Offline:
        log.exception("failed")
    text = text_of(paths)
    for secret in (TOKEN, JWT, "my own secret", "\x1b", "config.x"):
        assert secret not in text
    assert "https://meet.example.org/Room" in text
    assert "Offline tele.offline.dns" in text
    assert len(text.splitlines()) == 7


def test_noisy_libraries_are_quiet(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path / "c")
    logs.setup(paths, "debug")
    for name in logs.NOISY:
        logging.getLogger(f"{name}.client").debug("> Authorization: secret")
    logging.getLogger("tui.x").debug("one line")
    assert len(text_of(paths).splitlines()) == 1


def test_the_file_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "BYTES", 2000)
    paths = Paths.resolve(tmp_path / "c")
    logs.setup(paths, "info")
    for number in range(300):
        logging.getLogger("tui.x").info("line %d", number)
    files = list(paths.state_dir.iterdir())
    assert len(files) == logs.FILES
    assert all(file.stat().st_size <= 2000 for file in files)


def test_describe_has_places_but_no_values() -> None:
    def inner(secret: str) -> None:
        raise ValueError(secret)

    try:
        inner(TOKEN)
    except ValueError as error:
        text = logs.describe(error)
    assert text.startswith("ValueError")
    assert "test_logs.py" in text
    assert TOKEN not in text
    assert logs.describe(None) == ""
