"""What nearly every view needs and that seldom changes: preferences, server config, people, names.

Invariant: read from the store once, dropped before anybody hears of the change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date

from tui.client.hub import Changes
from tui.client.memo import Memo, MemoMap
from tui.core.changes import ChangeKind
from tui.core.ids import Millis, UserId
from tui.core.models import OutboxItem, ServerConfig, Status, User
from tui.core.names import display_name, name_setting, setting_is_known
from tui.core.preferences import Preferences
from tui.core.unread import crt_enabled
from tui.settings.config import Ui
from tui.settings.formats import Formats, zone_of
from tui.settings.i18n import language
from tui.store import Store

DEFAULT_MAX_POST_SIZE = 16383


class Lookups:
    """Memoised reads over one store."""

    def __init__(self, store: Store, me: UserId, ui: Ui, timezone: str = "") -> None:
        self._store = store
        self._ui = ui
        self._timezone = timezone
        self.me_id = me
        self._preferences = Memo(lambda: Preferences.of(store.preferences.all()))
        self._config = Memo(store.config.get)
        self._outbox = Memo(store.outbox.all)
        self._formats = Memo(self._read_formats)
        self._users: MemoMap[UserId, User] = MemoMap(store.users.many)
        self._named: MemoMap[str, User] = MemoMap(self._read_named)
        self._statuses: MemoMap[UserId, Status] = MemoMap(store.statuses.many)

    def preferences(self) -> Preferences:
        return self._preferences.get()

    def config(self) -> ServerConfig:
        return self._config.get()

    def outbox(self) -> tuple[OutboxItem, ...]:
        """Everything that is queued, in order."""
        return self._outbox.get()

    def me(self) -> User | None:
        return self.users((self.me_id,)).get(self.me_id)

    def users(self, ids: Iterable[UserId]) -> Mapping[UserId, User]:
        return self._users.many(ids)

    def users_named(self, usernames: Iterable[str]) -> Mapping[str, User]:
        """People by user name."""
        return self._named.many(usernames)

    def statuses(self, ids: Iterable[UserId]) -> Mapping[UserId, Status]:
        return self._statuses.many(ids)

    def crt(self) -> bool:
        """Whether collapsed reply threads are on."""
        return crt_enabled(self.config(), self.preferences())

    def name_setting(self) -> str:
        return name_setting(self.preferences(), self.config())

    def names_settled(self) -> bool:
        """False in the first seconds of a first start, when names may still become other ones."""
        return setting_is_known(self.preferences(), self.config())

    def name(self, user_id: UserId) -> str:
        """Display name; "" where the person is not known yet. Hostile text."""
        user = self.users((user_id,)).get(user_id)
        return display_name(user, self.name_setting()) if user else ""

    def max_post_size(self) -> int:
        """Longest message in code points; 16383 where the server does not say."""
        return self.config().number("MaxPostSize", DEFAULT_MAX_POST_SIZE) or DEFAULT_MAX_POST_SIZE

    def formats(self) -> Formats:
        """How to write dates, sizes and times for this person."""
        return self._formats.get()

    def day_of(self, at: Millis) -> date:
        """The day on which `at` falls for this person."""
        return self._formats.get().day_of(at)

    def hear(self, changes: Changes) -> None:
        """Drops what `changes` have made old; call it before anybody else hears of them."""
        for change in changes:
            match change.kind:
                case ChangeKind.PREFERENCES:
                    self._preferences.drop()
                case ChangeKind.CONFIG:
                    self._config.drop()
                case ChangeKind.OUTBOX:
                    self._outbox.drop()
                case ChangeKind.USERS:
                    self._users.drop(change.ids)
                    self._named.drop()
                case ChangeKind.STATUSES:
                    self._statuses.drop(change.ids)
                case _:
                    pass

    def _read_named(self, names: list[str]) -> Mapping[str, User]:
        found = {name: self._store.users.by_name(name) for name in names}
        return {name: user for name, user in found.items() if user is not None}

    def _read_formats(self) -> Formats:
        """Zone: the setting, then the Mattermost profile (as stored, else as at sign-in), then the machine's.

        Read once: days and hours on one screen must mean the same zone.
        """
        me = self.me()
        zone = zone_of(self._ui.timezone, me.timezone if me else self._timezone, os.environ.get("TZ", ""))
        return Formats(language(), zone, self._ui.time_12h)
