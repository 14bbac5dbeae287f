"""What a server can do, told by its client config: things that older ones, or ones without a licence, lack.

Invariant: what a config does not promise is absent; nothing is tried to find out.
Source: the API reference (minimum server versions) and mattermost-facts §15.
"""

from __future__ import annotations

from tui.core.models import ServerConfig
from tui.core.values import dataclass

REMINDERS_SINCE = (7, 2)
EDIT_HISTORY_SINCE = (7, 8)
TIMED_STATUS_SINCE = (6, 0)


@dataclass(frozen=True, slots=True)
class Features:
    """False = this server has no such thing."""

    priority: bool = False
    """Messages may be marked as important or urgent."""
    acknowledgements: bool = False
    """Their author may ask the readers to acknowledge them."""
    scheduled: bool = False
    """Messages may be left with the server to be sent later."""
    reminders: bool = False
    edit_history: bool = False
    groups: bool = False
    """People are gathered in groups that may be mentioned."""
    timed_status: bool = False
    """"Do not disturb" ends by itself."""


def features_of(config: ServerConfig) -> Features:
    """The features that `config` promises."""
    version = version_of(config)
    priority = config.flag("PostPriority")
    return Features(
        priority=priority,
        acknowledgements=priority and config.flag("PostAcknowledgements"),
        scheduled=config.flag("ScheduledPosts"),
        reminders=version >= REMINDERS_SINCE,
        edit_history=version >= EDIT_HISTORY_SINCE,
        groups=config.flag("EnableCustomGroups"),
        timed_status=version >= TIMED_STATUS_SINCE or config.flag("FeatureFlagTimedDND"),
    )


def version_of(config: ServerConfig) -> tuple[int, int]:
    """Major and minor number; (0, 0) where the server does not say."""
    parts = config.text("Version").split(".")
    numbers = [int(part) for part in parts[:2] if part.isascii() and part.isdigit()]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, 0)
