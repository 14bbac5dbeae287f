"""Two people on a real Mattermost: one behind the whole client, one by the bare API.

Invariant: what the client believes is compared with what the server says to a session of its own; the line of
the client goes through a proxy that can be cut, the colleague's does not.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest

from tests.support.api_walk import Account, SystemClock
from tests.support.counting_proxy import CountingProxy
from tests.support.waiting import wait_until
from tui.client.accounts import SignedInAs, sign_in
from tui.client.client import Client, open_client
from tui.core.ids import ChannelId, PostId, TeamId
from tui.core.intervals import Anchor
from tui.core.models import Channel, Membership, Post, PostPage
from tui.core.ports import NewPost
from tui.core.timeline import PostRow, StartRow
from tui.net.mattermost import MattermostApi
from tui.settings.config import Config, Syncthing
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper

T = TypeVar("T")
WITHOUT_FOLDERS = Config(syncthing=Syncthing(enabled=False))
PAGE, WINDOW = 200, 100
EXPECTED = ("URL", "USER", "PASSWORD", "OTHER", "OTHER_PASSWORD")


def accounts() -> tuple[Account, Account]:
    """The two people named by TELETEAM_LIVE_*; skips the test where they are not named."""
    values = [os.environ.get(f"TELETEAM_LIVE_{name}", "") for name in EXPECTED]
    if not all(values):
        pytest.skip("TELETEAM_LIVE_URL, _USER, _PASSWORD, _OTHER and _OTHER_PASSWORD are not all set")
    url, user, password, other, other_password = values
    return Account(url, user, password), Account(url, other, other_password)


class Colleague:
    """Somebody signed in by the bare API, on a loop and thread of their own."""

    def __init__(self, who: Account) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._api = MattermostApi(who.url, clock=SystemClock(), language="en")
        self.me = self.ask(lambda api: api.login(who.name, who.password)).user

    def ask(self, work: Callable[[MattermostApi], Awaitable[T]]) -> T:
        """Asks the server and waits for the answer."""

        async def run() -> T:
            return await work(self._api)

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(60)

    def close(self) -> None:
        self.ask(lambda api: api.logout())
        self.ask(lambda api: api.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def say(self, channel_id: ChannelId, text: str, root_id: PostId = "") -> Post:
        return self.ask(lambda api: api.create_post(NewPost(channel_id, text, root_id=root_id)))

    def history(self, channel_id: ChannelId) -> list[Post]:
        """Everything that is in a channel, oldest first."""
        found: dict[PostId, Post] = {}
        for page in count():
            answer = self._page(channel_id, page)
            found |= {post_id: answer.posts[post_id] for post_id in answer.order}
            if len(answer.order) < PAGE:
                break
        return sorted(found.values(), key=lambda post: (post.create_at, post.id))

    def _page(self, channel_id: ChannelId, page: int) -> PostPage:
        answer = self.ask(lambda api: api.fetch_posts(channel_id, page=page, per_page=PAGE)).value
        assert answer is not None
        return answer

    def channels(self, team_id: TeamId) -> list[Channel]:
        """My channels of a team and my direct ones."""
        return self.ask(lambda api: api.fetch_channels(team_id)).value or []

    def memberships(self, team_id: TeamId) -> dict[ChannelId, Membership]:
        return {row.channel_id: row for row in self.ask(lambda api: api.fetch_memberships(team_id))}


@dataclass
class Walker:
    """A person with the whole client, its store, and a line that can be cut."""

    client: Client
    proxy: CountingProxy
    paths: Paths
    keeper: TokenKeeper
    signed: SignedInAs

    @classmethod
    def begin(cls, who: Account, proxy: CountingProxy, directory: Path) -> Walker:
        """Signs in and comes online."""
        paths = Paths.resolve(directory)
        keeper = TokenKeeper(paths, ring=lambda: None)
        signed = sign_in(
            proxy.url,
            who.name,
            who.password,
            paths=paths,
            config=WITHOUT_FOLDERS,
            keeper=keeper,
            file_allowed=True,
        )
        walker = cls(_opened(signed, paths, keeper), proxy, paths, keeper, signed)
        walker.client.start()
        walker.wait_online()
        return walker

    def open_anew(self) -> None:
        """As after quitting and starting again."""
        self.client.close()
        self.client = _opened(self.signed, self.paths, self.keeper)
        self.client.start()

    def wait_online(self) -> None:
        wait_until(lambda: self.client.connection().kind == "online", timeout=60)

    def go_offline(self) -> None:
        self.proxy.refuse = True
        self.proxy.cut()
        wait_until(lambda: self.client.connection().kind == "offline", timeout=30)

    def go_online(self) -> None:
        self.proxy.refuse = False
        self.client.wake()
        self.wait_online()

    @property
    def square(self) -> Channel:
        """Where everybody may write."""
        team = self.client.teams.current()
        assert team is not None
        found = self.client.channels.by_name(team.id, "town-square")
        assert found is not None
        return found

    def rows(self, channel_id: ChannelId) -> list[PostRow]:
        found = self.client.posts.timeline(channel_id).rows
        return [row for row in found if isinstance(row, PostRow)]

    def texts(self, channel_id: ChannelId) -> list[str]:
        return [row.post.message for row in self.rows(channel_id)]

    def row(self, post_id: PostId, channel_id: ChannelId) -> PostRow | None:
        return next((row for row in self.rows(channel_id) if row.post.id == post_id), None)

    def whole_history(self, channel_id: ChannelId) -> list[Post]:
        """Scrolls up to the beginning, as the timeline does, and gives what was there, oldest first."""
        found: dict[PostId, Post] = {}
        before: Anchor | None = None
        while True:
            view = self.client.posts.timeline(channel_id, limit=WINDOW, before=before)
            found |= {row.post.id: row.post for row in view.rows if isinstance(row, PostRow)}
            if any(isinstance(row, StartRow) for row in view.rows):
                return sorted(found.values(), key=lambda post: (post.create_at, post.id))
            before = view.oldest or before
            if not self._has_more(channel_id, before):
                self.client.posts.load_older(channel_id)
                wait_until(partial(self._has_more, channel_id, before), timeout=30)

    def _has_more(self, channel_id: ChannelId, before: Anchor | None) -> bool:
        rows = self.client.posts.timeline(channel_id, limit=WINDOW, before=before).rows
        return any(isinstance(row, PostRow | StartRow) for row in rows)


def _opened(signed: SignedInAs, paths: Paths, keeper: TokenKeeper) -> Client:
    return open_client(signed.account, paths, WITHOUT_FOLDERS, keeper)
