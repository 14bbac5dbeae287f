"""Where everything lies: config, accounts, themes, stores, secrets, logs.

Invariant: with a config directory of one's own (`--config-dir`, portable) nothing is read or written
outside of it; without, the places are the platform's (XDG on Linux). Resolving creates nothing.
"""

from __future__ import annotations

from pathlib import Path

from tui.core.values import dataclass

APP = "teleteam"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one installation for one person."""

    config_dir: Path
    data_dir: Path
    """Stores (cache and desk) of the accounts."""
    state_dir: Path
    """Logs."""
    portable: bool = False

    @classmethod
    def resolve(cls, config_dir: Path | None = None) -> Paths:
        """The places under `config_dir`, or the platform's."""
        if config_dir is not None:
            root = config_dir.expanduser().absolute()
            return cls(root, root / "data", root / "state", portable=True)
        from platformdirs import PlatformDirs

        dirs = PlatformDirs(APP, appauthor=False)
        return cls(Path(dirs.user_config_dir), Path(dirs.user_data_dir), Path(dirs.user_state_dir))

    @property
    def config_file(self) -> Path:
        return self.config_dir / "config.toml"

    @property
    def accounts_file(self) -> Path:
        return self.config_dir / "accounts.toml"

    @property
    def themes_dir(self) -> Path:
        """The person's own themes."""
        return self.config_dir / "themes"

    @property
    def secrets_dir(self) -> Path:
        return self.data_dir / "secrets"

    @property
    def helper_dir(self) -> Path:
        """What the link helper keeps: its socket where there is no runtime directory, allowed hosts."""
        return self.data_dir / "helper"

    @property
    def helper_secrets(self) -> Path:
        """The secrets that both ends of the link helper know, one a line."""
        return self.helper_dir / "secrets"

    @property
    def log_file(self) -> Path:
        return self.state_dir / "teleteam.log"

    def store_dir(self, account_id: str) -> Path:
        """The directory of one account's two databases."""
        return self.data_dir / "accounts" / account_id

    def last_screen(self, account_id: str) -> Path:
        """The picture that the next start shows at once; a copy of what is in `cache.db`."""
        return self.store_dir(account_id) / "cache.db.screen"
