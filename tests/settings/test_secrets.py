"""A token is in one place, and never where it could be read."""

from __future__ import annotations

import stat
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from tui.core.errors import ConfigTrouble
from tui.settings import secrets
from tui.settings.accounts import Account
from tui.settings.paths import Paths
from tui.settings.secrets import NeedsConsent, Place, TokenKeeper, take_env_token

ANNA = Account("a", "https://chat.example.org", "u1", "anna")
TOKEN = "abcdefghijklmnopqrstuvwxyz"


class Ring:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Forgetful(Ring):
    """Takes everything, keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


class Locked(Ring):
    """Waits for a password that nobody types."""

    def __init__(self) -> None:
        super().__init__()
        self.unlocked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.unlocked.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.unlocked.wait()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.resolve(tmp_path / "c")


def test_keyring_first(paths: Paths) -> None:
    ring = Ring()
    keeper = TokenKeeper(paths, ring=lambda: ring)
    assert keeper.save(ANNA, TOKEN) is Place.KEYRING
    assert list(ring.kept) == [("teleteam", "u1@https://chat.example.org")]
    found = keeper.load(ANNA)
    assert found is not None
    assert (found.token, found.place) == (TOKEN, Place.KEYRING)
    keeper.forget(ANNA)
    assert keeper.load(ANNA) is None
    assert not paths.secrets_dir.exists()


def test_g59_without_a_keyring_a_file_with_consent(paths: Paths) -> None:
    keeper = TokenKeeper(paths, ring=lambda: None)
    with pytest.raises(NeedsConsent):
        keeper.save(ANNA, TOKEN)
    assert keeper.save(ANNA, TOKEN, file_allowed=True) is Place.FILE
    (file,) = paths.secrets_dir.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    found = keeper.load(ANNA)
    assert found is not None
    assert (found.token, found.place) == (TOKEN, Place.FILE)
    keeper.forget(ANNA)
    assert list(paths.secrets_dir.iterdir()) == []


def test_consent_is_asked_once_until_the_token_is_forgotten(paths: Paths) -> None:
    keeper = TokenKeeper(paths, ring=lambda: None)
    keeper.save(ANNA, TOKEN, file_allowed=True)
    assert keeper.save(ANNA, "n" * 26) is Place.FILE
    found = keeper.load(ANNA)
    assert found is not None
    assert found.token == "n" * 26
    keeper.forget(ANNA)
    with pytest.raises(NeedsConsent):
        keeper.save(ANNA, TOKEN)


def test_g59_a_locked_keyring_counts_as_absent(paths: Paths) -> None:
    ring = Locked()
    keeper = TokenKeeper(paths, ring=lambda: ring, seconds=0.05)
    assert keeper.load(ANNA) is None
    assert not keeper.has_keyring()
    assert keeper.save(ANNA, TOKEN, file_allowed=True) is Place.FILE
    ring.unlocked.set()


def test_a_keyring_that_forgets_is_none(paths: Paths) -> None:
    keeper = TokenKeeper(paths, ring=Forgetful)
    assert keeper.save(ANNA, TOKEN, file_allowed=True) is Place.FILE


def test_a_file_moves_into_the_keyring(paths: Paths) -> None:
    TokenKeeper(paths, ring=lambda: None).save(ANNA, TOKEN, file_allowed=True)
    ring = Ring()
    assert TokenKeeper(paths, ring=lambda: ring).save(ANNA, TOKEN) is Place.KEYRING
    assert list(paths.secrets_dir.iterdir()) == []


def test_g58_a_readable_secret_file_is_refused(paths: Paths) -> None:
    keeper = TokenKeeper(paths, ring=lambda: None)
    keeper.save(ANNA, TOKEN, file_allowed=True)
    (paths.secrets_dir / "a.token").chmod(0o644)
    with pytest.raises(ConfigTrouble) as caught:
        keeper.load(ANNA)
    assert caught.value.problem == "readable"
    assert TOKEN not in str(caught.value)


def test_the_persons_command(paths: Paths, tmp_path: Path) -> None:
    script = tmp_path / "token"
    script.write_text(f"#!/bin/sh\necho ' {TOKEN} '\necho second line\necho noise >&2\n")
    script.chmod(0o700)
    found = TokenKeeper(paths, token_command=[str(script), "$(id)"], ring=lambda: None).load(ANNA)
    assert found is not None
    assert (found.token, found.place) == (TOKEN, Place.COMMAND)


@pytest.mark.parametrize("command", [["false"], ["true"], ["/does/not/exist"]])
def test_a_command_that_fails_is_told(paths: Paths, command: list[str]) -> None:
    with pytest.raises(ConfigTrouble) as caught:
        TokenKeeper(paths, token_command=command, ring=lambda: None).load(ANNA)
    assert caught.value.key == "commands.token_command"


def test_the_environment_comes_last_and_is_emptied(paths: Paths) -> None:
    environ = {secrets.ENV_TOKEN: f" {TOKEN}\n", "HOME": "/"}
    token = take_env_token(environ)
    assert environ == {"HOME": "/"}
    found = TokenKeeper(paths, env_token=token, ring=lambda: None).load(ANNA)
    assert found is not None
    assert found.place is Place.ENVIRONMENT
    assert take_env_token(environ) == ""


def test_g57_no_repr_shows_the_token(paths: Paths) -> None:
    keeper = TokenKeeper(paths, env_token=TOKEN, ring=lambda: None)
    assert TOKEN not in repr(keeper) + repr(keeper.load(ANNA))


def test_g59_plain_text_backends_are_not_real(monkeypatch: pytest.MonkeyPatch) -> None:
    class PlaintextKeyring(Ring):
        priority = 5

    class Weak(Ring):
        priority = 0.5

    class Good(Ring):
        priority = 5

    backend = ModuleType("keyring.backend")
    rings: list[Ring] = [PlaintextKeyring(), Weak()]
    backend.get_all_keyring = lambda: rings  # type: ignore[attr-defined]
    package = ModuleType("keyring")
    package.backend = backend  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", package)
    monkeypatch.setitem(sys.modules, "keyring.backend", backend)
    assert secrets.real_keyring() is None
    rings.append(Good())
    assert isinstance(secrets.real_keyring(), Good)


def test_g59_without_d_bus_the_real_library_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert TokenKeeper(Paths.resolve(Path("/nowhere"))).has_keyring() is False
