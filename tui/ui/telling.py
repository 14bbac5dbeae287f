"""Tells of new messages outside of the picture: a notification, and the count in the window's title.

Invariant: the UI's loop never waits for it (where the person sits is asked, and the desktop's helper runs, on
a thread of its own), and the title is written only when it differs from the one that stands there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from tui.client.notifications import Notification
from tui.core.changes import ChangeKind
from tui.terminal import abilities
from tui.terminal.abilities import Abilities
from tui.terminal.notify import APP, by_hook, notify
from tui.terminal.programs import Programs, RealPrograms
from tui.terminal.title import restore_title, save_title, set_title
from tui.ui.bridge import Changed
from tui.ui.shared import Shared

T = TypeVar("T")
log = logging.getLogger(__name__)
_COUNTING = (ChangeKind.MEMBERSHIPS, ChangeKind.CHANNELS, ChangeKind.TEAMS, ChangeKind.CONFIG)


class Teller:
    """Used on the UI's loop; `send` gives one sequence to the terminal."""

    def __init__(
        self,
        shared: Shared,
        send: Callable[[str], bool],
        *,
        say: Callable[[str], None] | None = None,
        programs: Programs | None = None,
    ) -> None:
        self._shared = shared
        self._send = send
        self._programs = programs
        self._say = say
        self._wishes = shared.config.notifications
        self._wanted = self._wishes.mode != "off" or bool(self._wishes.hook)
        self.all_keys = False
        """Whether every key of the keyboard is known to arrive here."""
        self._able: Abilities | None = None
        """What the terminal can, for titles; None = not known yet, or it is over."""
        self._title = ""
        self._later: asyncio.TimerHandle | None = None
        self._over = False

    def begin(self) -> None:
        if self._wanted:
            self._shared.client.notifications.begin()
        self._in_background(self._look_around, self._begin_title)

    def end(self) -> None:
        """Gives the terminal its title back."""
        self._over = True
        if self._later is not None:
            self._later.cancel()
        if self._able is not None:
            self._send(restore_title(self._able))
            self._able = None

    def key_pressed(self) -> None:
        self._shared.client.notifications.key_pressed()

    def changed(self, changed: Changed) -> None:
        """Looks for what is to be told."""
        if changed.has(ChangeKind.NOTIFY, ChangeKind.NEWS) and self._wanted:
            self._tell()
        if changed.has(*_COUNTING):
            self._write_title()

    def _tell(self) -> None:
        """What may be told now; comes again for what is held back."""
        self._later = None
        notifications = self._shared.client.notifications
        told = notifications.take()
        if told is not None:
            self._say_here(told)
            if told.outside:
                self._in_background(lambda: self._notify(told), self._ring)
        due = notifications.due_in()
        if due is not None:
            self._later = asyncio.get_running_loop().call_later(due, self._tell)

    def _say_here(self, told: Notification) -> None:
        """In the app: what is for me in person, as one calm line."""
        if self._say is not None and told.calls and self._wishes.in_app and self._wishes.mode != "off":
            self._say(told.title)

    def _notify(self, told: Notification) -> str:
        """Blocks for some seconds."""
        session, programs = self._shared.where(), self._programs or RealPrograms()
        if self._wishes.hook and not by_hook(self._wishes.hook, _facts(told), session, programs):
            log.warning("the hook for notifications failed")
        able = abilities.detect(session.env, session)
        return notify(
            told.title,
            told.body,
            session,
            able,
            mode=self._wishes.mode,
            bell=told.calls,
            programs=programs,
        )

    def _ring(self, sequence: str) -> None:
        if sequence:
            self._send(sequence)

    def _look_around(self) -> Abilities:
        session = self._shared.where()
        return abilities.detect(session.env, session)

    def _begin_title(self, able: Abilities) -> None:
        self.all_keys = able.kitty_keys
        if able.quiet:
            return
        self._able = able
        if sequence := save_title(able):
            self._send(sequence)
        self._write_title()

    def _write_title(self) -> None:
        if self._able is None:
            return
        count = self._shared.client.sidebar.total().mentions
        title = f"({count}) {APP}" if count else APP
        if title != self._title:
            self._title = title
            self._send(set_title(title, self._able))

    def _in_background(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Runs `work` on a thread that keeps nobody from leaving, and `then` here with what it gave."""
        loop = asyncio.get_running_loop()

        def arrive(result: T) -> None:
            if not self._over:
                then(result)

        def run() -> None:
            result = work()
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(arrive, result)

        threading.Thread(target=run, name="telling", daemon=True).start()


def _facts(told: Notification) -> str:
    """One JSON object on one line."""
    return json.dumps(dict(told.facts), ensure_ascii=False, separators=(",", ":"))
