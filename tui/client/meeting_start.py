"""Starting a meeting: by the server's Jitsi plugin, by its command in a thread, or as a message of ours.

Invariant: a meeting is started at once or not at all, never queued; no server is used that neither the team
nor the person has named. What was started is looked for (socket first, then REST) before anybody may join.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import field
from typing import Any

from tui.client.base import Base
from tui.client.lane import Wires
from tui.client.wording import meetings as words
from tui.core.attachments import Action, attachments_of
from tui.core.errors import TeleteamError, UserMistake
from tui.core.ids import ChannelId, PostId
from tui.core.jitsi_links import new_room_name, room_base
from tui.core.links import check_url
from tui.core.meetings import TOPIC_PROP
from tui.core.models import Post, Target
from tui.core.outbox import CID_PROP
from tui.core.ports import NewPost, ServerApi
from tui.core.safe_text import safe_line
from tui.core.values import dataclass

LOOK = 20
"""So many of the newest posts are looked at for our own."""
LOOK_EVERY, FETCH_EVERY, PATIENCE = 0.2, 3.0, 10.0
"""Seconds between looks into the store and at the server, and until we stop looking."""
LONGEST_TOPIC = 120


@dataclass(frozen=True, slots=True)
class Started:
    """What became of it. `post`: the meeting's; None = not seen yet, or `question` waits."""

    post: Post | None = field(default=None, repr=False)
    question: Post | None = field(default=None, repr=False)
    """The plugin wants to know how to name the room: a message only for me, with buttons."""
    choices: tuple[Action, ...] = ()


class Starter:
    """Starts one meeting in `target`."""

    def __init__(self, base: Base, target: Target) -> None:
        self._base = base
        self._target = target

    def start(self, topic: str) -> Future[Started]:
        """Starts it. The future fails with a leaf of `core.errors`: UserMistake("tele.meeting.no_server")
        where there is neither a plugin nor a server in the settings, Refused where the server says no.
        """
        wanted = safe_line(topic, LONGEST_TOPIC).strip()
        return self._run(lambda wires: self._start(wires, wanted))

    def press(self, question: Post, choice: Action) -> Future[Started]:
        """Answers the plugin's question."""
        return self._run(lambda wires: self._press(wires, question, choice))

    def _run(self, work: Callable[[Wires], Coroutine[Any, Any, Started]]) -> Future[Started]:
        """Raises UserMistake("tele.offline.meeting") without a line."""
        base = self._base
        if not base.lane.state().live and not base.store.read_only:
            raise UserMistake("tele.offline.meeting")
        return base.lane.run(work)

    async def _start(self, wires: Wires, topic: str) -> Started:
        known = self._known(wires)
        scheme = await wires.api.fetch_meeting_naming()
        if not scheme:
            return Started(await self._announce(wires.api, topic))
        asks = scheme == "ask"
        if self._target.root_id or (asks and topic):
            # Asked in a thread, the plugin would forget the thread: a topic makes it not ask.
            await self._command(wires.api, topic or (words.untitled() if asks else ""))
        elif not (room := await wires.api.start_meeting(self._target.channel_id, topic)):
            return await self._question(wires, known)
        else:
            return Started(await self._await(wires, known, room))
        return Started(await self._await(wires, known))

    async def _press(self, wires: Wires, question: Post, choice: Action) -> Started:
        known = self._known(wires)
        await wires.api.press_action(question.id, choice.id, cookie=choice.cookie)
        return Started(await self._await(wires, known))

    async def _command(self, api: ServerApi, topic: str) -> None:
        """`/jitsi start …`: the word "start" keeps a topic from being taken for a sub-command."""
        target = self._target
        channel = self._base.store.channels.get(target.channel_id)
        team_id = (channel.team_id if channel else "") or self._base.view.team_id
        await api.execute_command(target.channel_id, f"/jitsi start {topic}".strip(), team_id, target.root_id)

    async def _announce(self, api: ServerApi, topic: str) -> Post:
        """A room with an unguessable name on the person's own server, as a message for every client."""
        link = room_base(self._server(), new_room_name(secrets.token_bytes(16)))
        clock, target = self._base.clock, self._target
        return await api.create_post(
            NewPost(
                target.channel_id,
                words.announcement(link, topic),
                root_id=target.root_id,
                props={CID_PROP: clock.new_id(), **({TOPIC_PROP: topic} if topic else {})},
                pending_post_id=f"{self._base.me}:{clock.now()}",
            )
        )

    def _server(self) -> str:
        """The server of the settings; it must be https, without anything that belongs to a single room."""
        named = self._base.config.jitsi.base_url
        if not named:
            raise UserMistake("tele.meeting.no_server")
        try:
            url = check_url(named).url
        except UserMistake:
            url = ""
        if not url.startswith("https://") or "?" in url or "#" in url:
            raise UserMistake("tele.meeting.bad_server")
        return url

    # what comes of it
    def _known(self, wires: Wires) -> frozenset[PostId]:
        """What is there already, so that what is new stands out."""
        posts = self._base.store.posts.newest(self._target.channel_id, LOOK)
        return frozenset(post.id for post in (*posts, *self._whispers(wires)))

    def _whispers(self, wires: Wires) -> tuple[Post, ...]:
        return () if self._base.store.read_only else wires.engine.ephemerals(self._target.channel_id)

    async def _await(self, wires: Wires, known: frozenset[PostId], room: str = "") -> Post | None:
        """My own new meeting, from the store or else from the server; None = not seen in time."""
        clock, channel_id = self._base.clock, self._target.channel_id
        begun = asked = clock.monotonic()
        while clock.monotonic() - begun < PATIENCE:
            found = self._mine(self._base.store.posts.newest(channel_id, LOOK), known, room)
            if found is None and clock.monotonic() - asked >= FETCH_EVERY:
                asked = clock.monotonic()
                found = self._mine(await _fetched(wires.api, channel_id), known, room)
            if found is not None:
                return found
            await clock.sleep(LOOK_EVERY)
        return None

    def _mine(self, posts: tuple[Post, ...], known: frozenset[PostId], room: str) -> Post | None:
        fresh = (post for post in posts if post.id not in known and post.type == "custom_jitsi")
        mine = (post for post in fresh if post.user_id == self._base.me)
        return next((post for post in mine if room in ("", post.props.get("meeting_id"))), None)

    async def _question(self, wires: Wires, known: frozenset[PostId]) -> Started:
        """The message with buttons; nothing where it does not come."""
        clock = self._base.clock
        begun = clock.monotonic()
        while clock.monotonic() - begun < PATIENCE:
            for post in self._whispers(wires):
                choices = () if post.id in known else _buttons(post)
                if choices:
                    return Started(question=post, choices=choices)
            await clock.sleep(LOOK_EVERY)
        return Started()


async def _fetched(api: ServerApi, channel_id: ChannelId) -> tuple[Post, ...]:
    """The newest posts by REST: the socket may be slow or gone. Nothing where that fails, too."""
    try:
        page = (await api.fetch_posts(channel_id, per_page=LOOK)).value
    except TeleteamError:
        return ()
    return tuple(page.posts.values()) if page else ()


def _buttons(post: Post) -> tuple[Action, ...]:
    """What can be pressed in a message."""
    found = (action for attachment in attachments_of(post) for action in attachment.actions)
    return tuple(action for action in found if action.id and action.type == "button" and not action.disabled)
