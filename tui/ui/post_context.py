"""Puts together what drawing messages asks of the client.

Invariant: everything here is a read that answers at once; the Markdown context is made once per change of my
own profile, not per message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tui.client.client import Client
from tui.client.wording.states import outbox_state
from tui.core.markdown import MarkdownContext
from tui.core.models import Json, OutboxItem, Post, User
from tui.ui.shared import Shared
from tui.ui.widgets.post_sources import PostSources

TO_ALL = ("@channel", "@all", "@here")


class PostContext:
    """Answers for one client."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._client: Client = shared.client
        self._mine: tuple[User | None, MarkdownContext] | None = None
        self._known: dict[str, bool] = {}

    def forget_people(self) -> None:
        """Somebody new may be known."""
        self._known.clear()

    def sources(self) -> PostSources:
        return PostSources(
            formats=self._shared.formats,
            now=self._shared.now,
            context=self.markdown,
            meeting=self._client.meetings.of,
            shown_name=self.shown_name,
            person=self._client.people.name,
            thread=self._client.threads.get,
            me=self._client.account.user_id,
            queue_words=self.queue_words,
            card=self._client.pairing.view,
            whereabouts=self._client.shelf.whereabouts,
        )

    def markdown(self, post: Post) -> MarkdownContext:
        """Who I am and whom the message may name."""
        me = self._client.me()
        if self._mine is None or self._mine[0] != me:
            self._mine = (me, self._of_me(me))
        context = self._mine[1]
        mentions = _channel_names(post.props)
        custom = frozenset(post.emojis)
        if not mentions and not custom:
            return context
        return replace(context, channel_mentions=mentions, custom_emojis=custom)

    def shown_name(self, username: str) -> str:
        """How the person with that user name is called here."""
        user = self._client.people.by_name(username)
        return self._client.people.name(user.id) if user else username

    def queue_words(self, item: OutboxItem) -> str:
        return outbox_state(item, self._client.connection().live)

    def _of_me(self, me: User | None) -> MarkdownContext:
        known = self._is_known
        if me is None:
            return MarkdownContext(usernames=known)
        props = me.notify_props
        keys = [key.strip() for key in props.get("mention_keys", "").split(",") if key.strip()]
        keys += TO_ALL if props.get("channel", "true") == "true" else ()
        first = me.first_name if props.get("first_name") == "true" else ""
        return MarkdownContext(known, me=me.username, mention_keys=tuple(keys), first_name=first)

    def _is_known(self, username: str) -> bool:
        if username not in self._known:
            self._known[username] = self._client.people.by_name(username) is not None
        return self._known[username]


def _channel_names(props: Mapping[str, Json]) -> dict[str, str]:
    """URL name to display name of the channels that the message names."""
    held = props.get("channel_mentions")
    if not isinstance(held, dict):
        return {}
    names: dict[str, str] = {}
    for name, data in held.items():
        title = data.get("display_name") if isinstance(data, dict) else None
        names[name] = title if isinstance(title, str) else name
    return names
