"""The only notice that travels from the store and the engine to whoever watches.

Invariant: a Change says *what may have changed*, never the new value; the watcher reads it. Losing or merging
Changes is therefore harmless, and they are published only after COMMIT.
"""

from __future__ import annotations

from enum import StrEnum

from tui.core.ids import ChannelId
from tui.core.values import dataclass


class ChangeKind(StrEnum):
    POSTS = "posts"
    """`channel_id` set; `ids` are post ids ("" in ids = anything in the channel)."""
    CHANNELS = "channels"
    MEMBERSHIPS = "memberships"
    """Read state, mentions, mute: badges. `ids` are channel ids."""
    CATEGORIES = "categories"
    TEAMS = "teams"
    USERS = "users"
    STATUSES = "statuses"
    PREFERENCES = "preferences"
    DRAFTS = "drafts"
    OUTBOX = "outbox"
    THREADS = "threads"
    EMOJI = "emoji"
    CONFIG = "config"
    TYPING = "typing"
    CONNECTION = "connection"
    TRAFFIC = "traffic"
    DIALOG = "dialog"
    """An integration wants a form filled in: take `client.integrations.take_dialog()`."""
    FOLDERS = "folders"
    TRANSFERS = "transfers"
    """A file begins, ends or rests: read `client.files.transfers()`."""
    NOTICE = "notice"
    """Something to say to the person: read `client.notices()`."""
    NOTIFY = "notify"
    """A live post that is for me in person: `ids` are post ids; take `client.notifications.take()`."""
    NEWS = "news"
    """A live post that I want to be told of although it is not for me in person: as NOTIFY."""


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    channel_id: ChannelId = ""
    ids: frozenset[str] = frozenset()
