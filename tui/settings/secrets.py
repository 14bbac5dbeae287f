"""Keeps the access token: keyring, a command of the person's, a 0600 file, or the environment.

Invariant: a token is in one place, never in a log, argv, repr or error, and never in a keyring backend that
is not a real one (priority below 1, such as keyrings.alt's plain text). A keyring that does not answer
within three seconds, because it waits on a display that nobody sees, counts as absent.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, MutableMapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from tui.core.errors import ConfigTrouble
from tui.core.values import dataclass
from tui.settings.accounts import Account
from tui.settings.files import check_trusted, write_private
from tui.settings.paths import Paths

SERVICE = "teleteam"
ENV_TOKEN = "TELETEAM_TOKEN"  # noqa: S105 - the variable's name
KEYRING_SECONDS = 3.0
COMMAND_SECONDS = 30.0

T = TypeVar("T")


class Place(StrEnum):
    """Where a token is."""

    KEYRING = "keyring"
    FILE = "file"
    COMMAND = "command"
    ENVIRONMENT = "environment"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Secret:
    """A token and where it came from."""

    token: str
    place: Place

    def __repr__(self) -> str:
        return f"Secret({self.place.value})"


class Backend(Protocol):
    """The part of `keyring.backend.KeyringBackend` that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class NeedsConsent(Exception):
    """No keyring here: the token can only be kept in a 0600 file, if the person agrees."""


def take_env_token(environ: MutableMapping[str, str]) -> str:
    """TELETEAM_TOKEN, removed from the environment so that no child inherits it; "" where it is not set."""
    return environ.pop(ENV_TOKEN, "").strip()


def real_keyring() -> Backend | None:
    """The best real backend of `keyring`, None where there is none; imports keyring, which takes a while."""
    try:
        from keyring import backend

        found = [ring for ring in backend.get_all_keyring() if _is_real(ring)]
    except Exception:  # noqa: BLE001 - any plug-in of the machine may fail in any way here
        return None
    return max(found, key=lambda ring: float(ring.priority), default=None)


def _is_real(ring: object) -> bool:
    """Priority of at least 1, and neither plain text nor a chain that might end there."""
    kind = type(ring)
    if "Plaintext" in kind.__name__ or kind.__module__.startswith(
        ("keyrings.alt", "keyring.backends.chainer")
    ):
        return False
    return float(getattr(ring, "priority", 0)) >= 1


class TokenKeeper:
    """Finds, keeps and forgets the tokens of the accounts."""

    def __init__(
        self,
        paths: Paths,
        *,
        token_command: Sequence[str] = (),
        env_token: str = "",
        ring: Callable[[], Backend | None] = real_keyring,
        seconds: float = KEYRING_SECONDS,
        hide: Callable[[str], object] = str,
    ) -> None:
        """`hide` is told every token, so that the log leaves it out."""
        self._paths = paths
        self._command = tuple(token_command)
        self._env_token = env_token
        self._find_ring = ring
        self._seconds = seconds
        self._hide = hide
        self._ring: Backend | None = None
        self._ring_asked = False

    def __repr__(self) -> str:
        return "TokenKeeper()"

    def load(self, account: Account) -> Secret | None:
        """The account's token; the command first, then file, keyring and environment. May take 3 s (30 s)."""
        found = self._find(account)
        if found is not None:
            self._hide(found.token)
        return found

    def _find(self, account: Account) -> Secret | None:
        if self._command:
            return Secret(self._run_command(), Place.COMMAND)
        if token := self._from_file(account):
            return Secret(token, Place.FILE)
        if token := self._from_ring(account):
            return Secret(token, Place.KEYRING)
        return Secret(self._env_token, Place.ENVIRONMENT) if self._env_token else None

    def save(self, account: Account, token: str, *, file_allowed: bool = False) -> Place:
        """Keeps `token` in the keyring, else in a 0600 file; NeedsConsent where only the file is left.

        A file that is there from the sign-in before has had its consent.
        """
        self._hide(token)
        ring = self._backend()
        if ring is not None and self._put_in_ring(ring, account, token):
            self._file(account).unlink(missing_ok=True)
            return Place.KEYRING
        if not (file_allowed or self._file(account).exists()):
            raise NeedsConsent
        write_private(self._file(account), token + "\n")
        return Place.FILE

    def forget(self, account: Account) -> None:
        """Removes the token from file and keyring."""
        self._file(account).unlink(missing_ok=True)
        ring = self._backend()
        if ring is not None:
            self._timed(lambda: ring.delete_password(SERVICE, self._name(account)))

    def has_keyring(self) -> bool:
        """Whether a real keyring answers here."""
        return self._backend() is not None

    def _name(self, account: Account) -> str:
        """The keyring's user name: server and person."""
        return f"{account.user_id or account.username}@{account.url}"

    def _file(self, account: Account) -> Path:
        return self._paths.secrets_dir / f"{account.id}.token"

    def _from_file(self, account: Account) -> str:
        file = self._file(account)
        if not file.exists():
            return ""
        check_trusted(file, secret=True)
        return file.read_text(encoding="utf-8").strip()

    def _from_ring(self, account: Account) -> str:
        ring = self._backend()
        if ring is None:
            return ""
        return self._timed(lambda: ring.get_password(SERVICE, self._name(account))) or ""

    def _put_in_ring(self, ring: Backend, account: Account, token: str) -> bool:
        """Whether the keyring gives back what was put in."""

        def put() -> bool:
            ring.set_password(SERVICE, self._name(account), token)
            return ring.get_password(SERVICE, self._name(account)) == token

        return self._timed(put) or False

    def _backend(self) -> Backend | None:
        """The real keyring, looked for once."""
        if not self._ring_asked:
            self._ring_asked = True
            self._ring = self._timed(self._find_ring)
        return self._ring

    def _timed(self, work: Callable[[], T]) -> T | None:
        """The result of `work`, None if it fails or hangs; a keyring that hung is not asked again."""
        results: list[T] = []

        def run() -> None:
            try:
                results.append(work())
            except Exception:  # noqa: BLE001 - a keyring plug-in may fail in any way; None says so
                return

        thread = threading.Thread(target=run, name="keyring", daemon=True)
        thread.start()
        thread.join(self._seconds)
        if thread.is_alive():
            self._ring, self._ring_asked = None, True
        return results[0] if results else None

    def _run_command(self) -> str:
        """The first line that the person's command prints; ConfigTrouble where it fails."""
        try:
            done = subprocess.run(  # noqa: S603 - an argv list from the person's own, trusted config
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=COMMAND_SECONDS,
                check=True,
                env={key: value for key, value in os.environ.items() if key != ENV_TOKEN},
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise self._command_trouble(type(error).__name__) from None
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        token = lines[0].strip() if lines else ""
        if not token:
            raise self._command_trouble("empty")
        return token

    def _command_trouble(self, problem: str) -> ConfigTrouble:
        return ConfigTrouble(
            "tele.config.command",
            f"commands.token_command: {problem}",
            file=str(self._paths.config_file),
            key="commands.token_command",
            problem=problem,
        )
