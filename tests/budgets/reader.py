"""A person at the real client, without a screen: reads what the screen would read when something changes.

What is shown decides what is fetched (people, presence, member counts), so a budget that leaves the reading
out would be too kind to us.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.budgets.world import LOGIN, PASSWORD
from tests.support.waiting import wait_until
from tui.client.accounts import SignedInAs, sign_in
from tui.client.client import Client, open_client
from tui.core.changes import Change
from tui.core.models import Target
from tui.core.ports import Clock
from tui.core.timeline import PostRow
from tui.settings.accounts import Account
from tui.settings.config import Config, Syncthing
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

SIDEBAR_LINES = 33
"""What a terminal of 36 lines shows of the sidebar, with a line for each team and each title."""


@dataclass
class Home:
    """Where one person's settings and stores lie."""

    directory: Path
    login: str = LOGIN
    password: str = PASSWORD
    config: Config = field(default_factory=lambda: Config(syncthing=Syncthing(enabled=False)))

    @property
    def paths(self) -> Paths:
        return Paths.resolve(self.directory)

    @property
    def keeper(self) -> TokenKeeper:
        return TokenKeeper(self.paths, ring=lambda: None)

    def sign_in(self, url: str) -> Account:
        """Signs in by password; the token is kept in a file."""
        return self._sign_in(url, hold=False).account

    def sign_in_and_open(self, url: str) -> Client:
        """As the screen does it: what has signed in goes on with the same connection."""
        signed = self._sign_in(url, hold=True)
        return open_client(
            signed.account, self.paths, self.config, self.keeper, token=signed.token, held=signed.held
        )

    def _sign_in(self, url: str, *, hold: bool) -> SignedInAs:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return sign_in(
            url,
            self.login,
            self.password,
            paths=self.paths,
            config=self.config,
            keeper=self.keeper,
            file_allowed=True,
            hold=hold,
        )

    def open(self, account: Account, *, clock: Clock | None = None, offline: bool = False) -> Client:
        return open_client(account, self.paths, self.config, self.keeper, clock=clock, offline=offline)


class Reader:
    """Looks at one channel; `changed` holds what has changed since it was last read."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.channel_id = ""
        self._changed = threading.Event()
        self._changed.set()
        client.subscribe(self._hear)

    def _hear(self, _: tuple[Change, ...]) -> None:
        self._changed.set()

    def read(self) -> None:
        """What the screen reads: sidebar, header, messages, badges, status line."""
        if not self._changed.is_set():
            return
        self._changed.clear()
        client, team = self.client, self.client.teams.current()
        client.me()
        client.connection()
        client.traffic()
        if team is None:
            return
        if not self.channel_id:
            self.open(client.channels.last(team.id))
        sections = client.sidebar.sections(team.id)
        lines = [row.channel_id for section in sections for row in section.rows]
        client.sidebar.seen(lines[: SIDEBAR_LINES - len(sections) - len(client.teams.all())])
        if channel := client.channels.get(self.channel_id):
            client.channels.title(channel.id)
            client.people.watch([client.channels.partner(channel.id)], "header")
            if channel.type != "D":
                client.channels.member_count(channel.id)
        client.posts.timeline(self.channel_id)

    def open(self, channel_id: str) -> None:
        """Goes to a channel, as the screen does."""
        self.channel_id = channel_id
        if channel_id:
            self.client.channels.open(channel_id)

    def open_named(self, name: str) -> None:
        """Goes to a channel of the open team by its URL name."""
        team = self.client.teams.current()
        channel = self.client.channels.by_name(team.id, name) if team else None
        assert channel is not None, name
        self.open(channel.id)

    @property
    def posts(self) -> list[PostRow]:
        """The messages on show, oldest first."""
        view = self.client.posts.timeline(self.channel_id)
        return [row for row in view.rows if isinstance(row, PostRow)]

    def shows(self, text: str) -> bool:
        return any(row.post.message == text and row.pending is None for row in self.posts)

    def names_everybody(self) -> bool:
        """Whether there are messages, and the name of every writer is known."""
        found = self.posts
        return bool(found) and all(self.client.people.name(row.post.user_id) for row in found)

    def is_online(self) -> bool:
        return self.client.connection().kind == "online"

    def is_ready(self) -> bool:
        """Live, and the first channel stands there with its people."""
        return self.is_online() and self.names_everybody()

    def wait(self, probe: Callable[[], object], *, timeout: float = 30.0) -> None:
        """Reads on until `probe` holds."""

        def look() -> object:
            self.read()
            return probe()

        wait_until(look, timeout=timeout)

    def send(self, text: str) -> None:
        self.client.posts.send(Target(self.channel_id), text)


@contextmanager
def reading(client: Client) -> Iterator[Reader]:
    """Goes online with a reader and closes the client at the end."""
    client.start()
    try:
        yield Reader(client)
    finally:
        client.close()
