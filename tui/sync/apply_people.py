"""Writes the events about people, preferences and the server itself into the store.

Invariant: other people's users are stored only where we know them already: a server tells everybody of
everyone.
"""

from __future__ import annotations

from dataclasses import replace

from tui.core.changes import Change, ChangeKind
from tui.core.events import (
    ConfigChanged,
    EmojiAdded,
    NewUser,
    PreferencesChanged,
    PreferencesDeleted,
    StatusChanged,
    UnknownEvent,
    UsersChanged,
    UserUpdated,
)
from tui.core.models import Preference, Status
from tui.sync.batch import Batch

_MOVES_CHANNELS = frozenset({"favorite_channel", "direct_channel_show", "group_channel_show"})
"""Preferences that the server's categories follow, without an event of their own."""


def user_updated(batch: Batch, event: UserUpdated) -> None:
    """Everyone gets a sanitised copy; mine comes with notify_props, once with and once without."""
    user = event.user
    stored = batch.tx.users.get(user.id)
    if stored is None and user.id != batch.me:
        return
    if stored is not None and not user.notify_props:
        user = replace(user, notify_props=stored.notify_props, email=user.email or stored.email)
    batch.tx.users.put([user])


def new_user(_batch: Batch, _event: NewUser) -> None:
    """Somebody joined the server: fetched when they are seen."""


def users_changed(batch: Batch, _event: UsersChanged) -> None:
    batch.after.needs.people = True


def status_changed(batch: Batch, event: StatusChanged) -> None:
    """Comes for myself only; others are polled."""
    batch.tx.statuses.put([Status(event.user_id, event.status)])


def preferences_changed(batch: Batch, event: PreferencesChanged) -> None:
    batch.tx.preferences.put(list(event.preferences))
    _follow(batch, event.preferences)


def preferences_deleted(batch: Batch, event: PreferencesDeleted) -> None:
    batch.tx.preferences.delete(list(event.preferences))
    _follow(batch, event.preferences)


def _follow(batch: Batch, preferences: tuple[Preference, ...]) -> None:
    if any(row.category in _MOVES_CHANNELS for row in preferences):
        batch.after.needs.categories.add("")


def emoji_added(batch: Batch, event: EmojiAdded) -> None:
    batch.after.changes.append(Change(ChangeKind.EMOJI, ids=frozenset({event.name})))


def config_changed(batch: Batch, _event: ConfigChanged) -> None:
    batch.after.needs.config = True


def unknown(_batch: Batch, _event: UnknownEvent) -> None:
    """Logged once by the link; its number counted."""
