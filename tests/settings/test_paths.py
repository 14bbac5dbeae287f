"""Portable mode keeps everything under one directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.settings.paths import Paths


def test_portable_moves_everything(tmp_path: Path) -> None:
    paths = Paths.resolve(tmp_path / "stick")
    places = [paths.config_file, paths.accounts_file, paths.themes_dir, paths.secrets_dir, paths.log_file]
    assert all(place.is_relative_to(tmp_path / "stick") for place in [*places, paths.store_dir("a")])
    assert paths.portable
    assert not (tmp_path / "stick").exists()


def test_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    paths = Paths.resolve()
    assert paths.config_file == tmp_path / "config/teleteam/config.toml"
    assert paths.store_dir("x") == tmp_path / "data/teleteam/accounts/x"
    assert paths.log_file == tmp_path / "state/teleteam/teleteam.log"


def test_d36_no_home_still_resolves(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert Paths.resolve().config_file.name == "config.toml"
