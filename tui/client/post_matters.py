"""What a person may ask about one message, or do to it, that needs the line: part of `Posts`.

Invariant: the store learns what the server has said before the future is done.
"""

from __future__ import annotations

from concurrent.futures import Future

from tui.client.base import Base
from tui.client.lane import Wires
from tui.client.refresh import Refresh
from tui.core.errors import NotSupported
from tui.core.features import features_of
from tui.core.ids import ChannelId, PostId
from tui.core.models import Post
from tui.core.ports import ServerApi


class PostMatters:
    _base: Base
    _refresh: Refresh

    def reach(self, post_id: PostId) -> Future[ChannelId]:
        """Brings a message with what stands around it into the store; its channel."""

        async def fetch(wires: Wires) -> ChannelId:
            return await wires.engine.show_post(post_id)

        return self._base.lane.run(fetch)

    def edit_history(self, post_id: PostId) -> Future[list[Post]]:
        """Earlier versions of a message of mine, the newest first; fails with NotSupported on old servers."""
        supported = features_of(self._base.lookups.config()).edit_history

        async def fetch(api: ServerApi) -> list[Post]:
            if not supported:
                raise NotSupported("tele.unsupported.edit_history")
            return await api.fetch_edit_history(post_id)

        return self._base.lane.ask(fetch)

    def acknowledge(self, post: Post) -> Future[None]:
        """Says that I have taken note of a message that asks for it; once more takes it back."""
        me, now = self._base.me, self._base.clock.now()
        done = any(user_id == me for user_id, _at in post.acknowledged)

        async def tell(api: ServerApi) -> None:
            await api.acknowledge_post(me, post.id, not done)
            self._base.change(lambda tx: tx.posts.acknowledge(post.id, me, 0 if done else now))

        return self._base.lane.ask(tell)

    def _ask_for_saved(self, missing: frozenset[PostId]) -> None:
        """All I have saved in one question, instead of one a message."""

        async def fetch(api: ServerApi) -> None:
            page = await api.fetch_saved()
            self._base.change(lambda tx: tx.posts.put(page.posts.values()))

        if missing:
            self._refresh.ask("saved", fetch)
