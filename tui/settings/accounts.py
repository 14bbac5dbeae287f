"""The accounts on this machine: which server, which person, which team last; never a secret.

Invariant: the file is replaced as a whole and stays 0600; a broken or loosened file is a ConfigTrouble and is
not overwritten by accident. An account's id names its directory and its profile, and never changes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from tui.core.errors import ConfigTrouble
from tui.core.values import dataclass
from tui.settings.files import check_trusted, write_private
from tui.settings.paths import Paths

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")
_SAVED = ("url", "user_id", "username", "team", "locale", "timezone")
_OTHER = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Account:
    """One person on one server."""

    id: str
    url: str
    """Base URL of the server, with subpath, without a slash at the end."""
    user_id: str = ""
    username: str = ""
    team: str = ""
    """Name of the default team, for `~channel`."""
    locale: str = ""
    """Language of the Mattermost profile, as it was at sign-in."""
    timezone: str = ""
    """Its time zone (IANA name), likewise."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """All of them; `default` is the id that is used without `--profile`."""

    by_id: Mapping[str, Account] = field(default_factory=lambda: MappingProxyType({}))
    default: str = ""

    def get(self, profile: str = "") -> Account | None:
        """The account `profile`, or the default one; None where there is none."""
        return self.by_id.get(profile or self.default)

    def find(self, url: str, user_id: str) -> Account | None:
        """The account of that person on that server."""
        return next((a for a in self.by_id.values() if (a.url, a.user_id) == (url, user_id)), None)

    def with_account(self, account: Account, *, default: bool = False) -> Accounts:
        """With `account` added or replaced; the first one becomes the default."""
        chosen = account.id if default or not self.default else self.default
        return Accounts(MappingProxyType({**self.by_id, account.id: account}), chosen)

    def without(self, ident: str) -> Accounts:
        """With the account `ident` gone."""
        left = {key: value for key, value in self.by_id.items() if key != ident}
        default = self.default if self.default in left else next(iter(left), "")
        return Accounts(MappingProxyType(left), default)

    def remembering(self, account: Account, *, team: str = "", locale: str = "") -> Accounts:
        """With the default team or the language of `account` noted."""
        changed = replace(account, team=team or account.team, locale=locale or account.locale)
        return self.with_account(changed)


def new_id(accounts: Accounts, url: str, username: str) -> str:
    """A free id made of host and user name: chat.example.org-anna."""
    parts = urlsplit(url)
    base = _OTHER.sub("-", f"{parts.hostname or 'server'}-{username}".lower()).strip("-._")[:60] or "account"
    taken = (f"{base}-{n}" for n in range(2, 1000))
    return base if base not in accounts.by_id else next(i for i in taken if i not in accounts.by_id)


def load(paths: Paths) -> Accounts:
    """What `accounts.toml` says; empty where there is none."""
    file = paths.accounts_file
    if not file.exists():
        return Accounts()
    check_trusted(file)
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise _trouble(paths, "", type(error).__name__) from None
    table = values.get("accounts", {})
    if not isinstance(table, dict):
        raise _trouble(paths, "accounts", "[accounts]")
    found = {ident: _account(paths, ident, row) for ident, row in table.items()}
    default = values.get("default", "")
    return Accounts(MappingProxyType(found), default if default in found else next(iter(found), ""))


def _account(paths: Paths, ident: str, row: Any) -> Account:
    if not _ID.match(ident) or not isinstance(row, dict):
        raise _trouble(paths, f"accounts.{ident}", "a-z 0-9 . _ -")
    texts = {name: row.get(name, "") for name in _SAVED}
    for name, value in texts.items():
        if not isinstance(value, str) or not value.isprintable():
            raise _trouble(paths, f"accounts.{ident}.{name}", '"…"')
    if not texts["url"].startswith(("https://", "http://")):
        raise _trouble(paths, f"accounts.{ident}.url", "https://…")
    return Account(ident, **texts)


def _trouble(paths: Paths, key: str, problem: str) -> ConfigTrouble:
    file = str(paths.accounts_file)
    kind = "tele.config.value" if key else "tele.config.syntax"
    return ConfigTrouble(kind, f"{file}: {key} {problem}".strip(), file=file, key=key, problem=problem)


def save(paths: Paths, accounts: Accounts) -> None:
    """Writes `accounts.toml`, 0600."""
    lines = [f"default = {_quoted(accounts.default)}"]
    for account in accounts.by_id.values():
        lines += ["", f"[accounts.{_quoted(account.id)}]"]
        lines += [f"{name} = {_quoted(getattr(account, name))}" for name in _SAVED]
    write_private(paths.accounts_file, "\n".join(lines) + "\n")


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'
