"""What every command works with: options, places, settings, accounts, output.

Invariant: made once, before a command runs; nothing here touches the network, keyring or store.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import field

from tui.cli.output import Output
from tui.core.errors import UserMistake
from tui.core.values import dataclass
from tui.settings import accounts
from tui.settings.accounts import Account, Accounts
from tui.settings.config import Config
from tui.settings.formats import Formats, zone_of
from tui.settings.i18n import language
from tui.settings.paths import Paths
from tui.settings.secrets import Backend, TokenKeeper, real_keyring
from tui.terminal.last_screen import Shown


@dataclass
class Context:
    """One run of the program."""

    options: argparse.Namespace
    paths: Paths
    config: Config
    env: Mapping[str, str]
    output: Output = field(default_factory=Output)
    env_token: str = field(default="", repr=False)
    hide: Callable[[str], object] = str
    """Keeps a secret out of the log."""
    shown: Shown | None = None
    """The last screen, where it stands on the terminal."""
    keyring: bool = True
    """False = keep tokens in files only (demo)."""

    def accounts(self) -> Accounts:
        """The accounts as they are on the disk now."""
        return accounts.load(self.paths)

    def account(self) -> Account:
        """The chosen account; UserMistake tele.input.no_account or .no_profile."""
        found = self.accounts().get(self.options.profile)
        if found is None:
            profile = self.options.profile
            raise UserMistake("tele.input.no_profile" if profile else "tele.input.no_account", profile)
        return found

    def keeper(self) -> TokenKeeper:
        """Where tokens are kept."""
        return TokenKeeper(
            self.paths,
            token_command=self.config.commands.token_command,
            env_token=self.env_token,
            ring=real_keyring if self.keyring else _no_keyring,
            hide=self.hide,
        )

    def formats(self) -> Formats:
        """How to write figures where no account says more."""
        return Formats(language(), zone_of(self.config.ui.timezone), self.config.ui.time_12h)


def _no_keyring() -> Backend | None:
    return None
