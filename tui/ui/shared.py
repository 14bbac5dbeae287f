"""What the panels are given: the client, the settings, how to write a time, what time it is.

Invariant: built once in `ui.run`; nothing in this room keeps a second copy of it or reads a global.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from pathlib import Path

from tui.client.client import Client
from tui.core.ids import Millis
from tui.core.line_profile import LineProfile
from tui.core.values import dataclass
from tui.settings.accounts import Accounts
from tui.settings.config import Config
from tui.settings.formats import Formats
from tui.settings.keymap import Action, Keymap
from tui.terminal.session import Session


@dataclass(frozen=True, slots=True)
class Shared:
    client: Client
    config: Config
    formats: Formats
    now: Callable[[], Millis]
    where: Callable[[], Session]
    """Where the person sits now; may take a second inside tmux, so ask in a worker."""
    helper_file: Path | None = None
    """Where the secrets of the link helper are."""
    remote: bool = False
    """The screen is far away: no hurry with derived figures."""

    theme_of: Callable[[LineProfile], str] | None = None
    """Where the theme follows the line; None = the person chose one."""

    accounts: Callable[[], Accounts] = Accounts
    """All accounts of this computer, this one among them."""

    def helper_secrets(self) -> tuple[str, ...]:
        """The secrets that the person's own computers know us by."""
        from tui.terminal.bridge_places import read_secrets

        return read_secrets(self.helper_file) if self.helper_file is not None else ()

    @property
    def keymap(self) -> Keymap:
        return self.config.keymap

    def footer_actions(self, context: str, without: Set[str] = frozenset()) -> list[Action]:
        """The actions that the footer shows while `context` has the focus, its own before the app's."""
        panel = self.keymap.of("panel") if context == "inbox" else ()
        both = (*panel, *self.keymap.of(context), *self.keymap.of("app"))
        return [action for action in both if action.footer and action.id not in without]
