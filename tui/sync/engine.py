"""The engine: owner of every task that keeps the local store and the server in step.

Invariant: `run()` ends only when `stop()` is called; whatever a server answers becomes a `ConnectionState`,
and nothing that is stored or queued is given up. Methods without `async` may be called from any thread and
return at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar

from tui.core.changes import Change
from tui.core.connection import ConnectionState
from tui.core.dialogs import IntegrationDialog
from tui.core.errors import Refused, SignInRefused, TeleteamError
from tui.core.ids import ChannelId, PostId, TeamId, UserId
from tui.core.line_profile import RICH, LineProfile
from tui.core.models import Json, Post, Target
from tui.core.ports import Clock, EventStream, ServerApi
from tui.store import Store
from tui.sync import marks
from tui.sync.batch import Aftermath, Needs
from tui.sync.connection import Connection, forever
from tui.sync.context import Context
from tui.sync.delivery import Delivery
from tui.sync.history import History
from tui.sync.lane import Lane
from tui.sync.line import Line
from tui.sync.memory import Memory
from tui.sync.needs import Backfill
from tui.sync.outbox import Sender
from tui.sync.prefetch import Prefetch
from tui.sync.presence import Presence
from tui.sync.rest import Rest
from tui.sync.tasks import at_most, first_of, together
from tui.sync.view import View
from tui.sync.whispers import Whispers
from tui.sync.workspace import Workspace

T = TypeVar("T")
Publish = Callable[[tuple[Change, ...]], None]
FIRST_SIGHT = 0.5
"""Seconds that a first start waits for a channel to be chosen."""
GOODBYE = 2.0
"""Seconds to tell the server what was read, when we stop."""


class Engine:
    """Keeps one account in step. `publish` gets the Changes that concern no stored row (CONNECTION, TYPING,
    ephemeral POSTS); the store publishes all others itself. It is called on the net lane.

    `profile`: how much may cross the line; it can be changed while working.
    """

    def __init__(
        self,
        api: ServerApi,
        stream: Callable[[], EventStream],
        store: Store,
        clock: Clock,
        *,
        me: UserId,
        publish: Publish,
        profile: LineProfile = RICH,
    ) -> None:
        self._api = api
        self._lane = Lane()
        self._stopped = asyncio.Event()
        self._line = Line(clock, publish, profile)
        context = self._context = Context(api, store, clock, me, self._line, Memory(), publish)
        self._workspace = Workspace(context)
        self._backfill = Backfill(context, self._workspace)
        self._history = History(context, self._backfill)
        self._presence = Presence(context, self._ask_socket)
        self._view = View(context)
        self._whispers = Whispers()
        self._sender = Sender(context, Delivery(context))
        self._rest = Rest(context, self._workspace, self._backfill)
        self._prefetch = Prefetch(context, self._workspace, self._history, self._backfill)
        self._connection = Connection(context, stream, fill_gap=self._fill_gap, handle=self._handle)
        self._line.on_online = self._came_online
        self._typed_at: dict[Target, float] = {}

    # life

    async def run(self) -> None:
        """Works until `stop()`; run it once, on the net lane's loop. A read-only store is left to its owner:
        then only `submit` works."""
        memory, store = self._context.memory, self._context.store
        memory.generation = marks.number(store, marks.GENERATION)
        memory.heard = marks.read_heard(store)
        memory.known_users.update(store.users.all_ids())
        memory.counters_told(store.channels.all())
        teams = store.marks.under(marks.team_generation(""))
        memory.loaded_teams = frozenset(key.removeprefix(marks.team_generation("")) for key in teams)
        self._lane.start()
        try:
            await first_of(self._stopped.wait(), self._work())
            if self._line.online:
                await self._view.tell(GOODBYE)
        finally:
            self._line.set("stopped")
            self._lane.end()

    async def _work(self) -> None:
        if self._context.store.read_only:
            self._line.set("stopped")
            await self._stopped.wait()
            return
        rest = self._context.clock.sleep
        await together(
            self._connection.run_forever(),
            forever("outbox", self._sender.run_forever, rest),
            forever("backfill", self._backfill.run_forever, rest),
            forever("presence", self._presence.run_forever, rest),
            forever("view", self._view.run_forever, rest),
            forever("rest", self._rest.run_forever, rest),
            forever("prefetch", self._prefetch.run_forever, rest),
        )

    def stop(self) -> None:
        """Ends `run()`: closes the socket; what is queued stays queued on disk."""
        self._lane.post(self._stopped.set)

    def submit(self, work: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
        """Runs a coroutine of the caller (`lambda: api.search_posts(…)`) on the net lane."""
        return self._lane.submit(lambda: self._reporting(work))

    async def _reporting(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        try:
            return await work()
        except TeleteamError as error:
            self._line.report(error)
            raise

    # the line

    @property
    def state(self) -> ConnectionState:
        return self._line.state

    def wake(self) -> None:
        """Reconnect now: a key was pressed, the machine woke up, the network changed."""
        self._lane.post(self._connection.wake)

    def signed_in(self, user_id: UserId, token: str) -> None:
        """A new token for the same person. Raises SignInRefused("tele.signin.other_user") for another one."""
        if user_id != self._context.me:
            raise SignInRefused("tele.signin.other_user")
        self._lane.post(lambda: self._take_token(token))

    def _take_token(self, token: str) -> None:
        self._api.set_token(token)
        self._connection.signed_in()

    async def _ask_socket(self, action: str, data: dict[str, Json]) -> Mapping[str, Json] | None:
        link = self._connection.link
        return await link.ask(action, data) if link is not None and self._line.online else None

    @property
    def profile(self) -> LineProfile:
        return self._line.profile

    def set_profile(self, profile: LineProfile) -> None:
        """From now on so much may cross the line."""
        self._lane.post(lambda: self._take_profile(profile))

    def _take_profile(self, profile: LineProfile) -> None:
        self._line.profile = profile
        if self._connection.link is not None:
            self._connection.link.profile_changed()
        self._presence.profile_changed()
        if self._line.online:
            self._prefetch.ring()

    # what the person looks at

    def select_team(self, team_id: TeamId) -> None:
        self._lane.post(lambda: self._select(team_id))

    def _select(self, team_id: TeamId) -> None:
        self._workspace.team_id = team_id
        self._spawn(lambda: self._load_team(team_id))

    async def _load_team(self, team_id: TeamId) -> None:
        """While a gap is being filled, the team on screen comes with everything else."""
        await self._line.wait_online()
        shown = team_id == self._workspace.team_id
        if shown and not self._workspace.is_fresh(team_id):
            self._backfill.add(await self._workspace.load_team(team_id))

    def open_channel(self, channel_id: ChannelId) -> None:
        """The channel is on screen now: refresh it, mark it viewed (debounced), leave the one before."""
        self._spawn(lambda: self._open(channel_id))

    async def _open(self, channel_id: ChannelId) -> None:
        await self._view.open(channel_id)
        if channel_id and self._line.state.live:
            await self._history.guarded(channel_id, self._history.refresh, "refresh")

    def leave_view(self) -> None:
        """No channel is on screen."""
        self._spawn(lambda: self._view.open(""))

    def open_thread(self, root_id: PostId) -> None:
        """A thread is on screen: fetch it as a whole. "" = closed."""
        if root_id:
            self._spawn(lambda: self._history.thread(root_id))

    def explore(self, on: bool) -> None:
        """From now on what is on screen does not count as read, or does so again."""
        self._spawn(lambda: self._view.explore(on))

    async def show_post(self, post_id: PostId) -> ChannelId:
        """Fetches a post with what stands around it; its channel. Raises what the requests raise."""
        return await self._history.around(post_id)

    def set_visible_users(self, user_ids: Iterable[UserId]) -> None:
        """Whose presence is on screen; it is polled once a minute."""
        wanted = frozenset(user_ids)
        self._lane.post(lambda: self._presence.set_visible(wanted))

    # history

    def load_older(self, channel_id: ChannelId) -> None:
        """Another page of history below what is known."""
        self._spawn(lambda: self._history.guarded(channel_id, self._history.older, "older"))

    def close_gap(self, channel_id: ChannelId, before: PostId) -> None:
        """Fetches what lies before the post `before`, the newer edge of a gap row."""
        self._spawn(
            lambda: self._history.guarded(
                channel_id, lambda one: self._history.close_gap(one, before), f"gap {before}"
            )
        )

    def loading(self, channel_id: ChannelId) -> bool:
        """Whether history of this channel is under way."""
        return self._history.is_busy(channel_id)

    # read state

    def mark_viewed(self, channel_id: ChannelId) -> None:
        """Everything in the channel is read; the server is told soon."""
        self._spawn(lambda: self._view.read(channel_id))

    def mark_unread(self, post_id: PostId) -> None:
        """From this post on everything is unread; waits for the line."""
        self._spawn(lambda: self._mark_unread(post_id))

    async def _mark_unread(self, post_id: PostId) -> None:
        await self._line.wait_online()
        await self._view.mark_unread(post_id)

    # people

    def need_users(self, user_ids: Iterable[UserId]) -> None:
        """These people are shown: fetch those we do not know."""
        wanted = frozenset(user_ids)
        self._lane.post(lambda: self._backfill.users(wanted))

    def need_channel(self, channel_id: ChannelId) -> None:
        """This channel was mentioned: fetch it and my place in it."""
        self._lane.post(lambda: self._backfill.add(Needs(channels={channel_id})))

    def typing(self, channel_id: ChannelId, root_id: PostId = "") -> tuple[UserId, ...]:
        """Who types there now."""
        return self._presence.typing(channel_id, root_id)

    def send_typing(self, target: Target) -> None:
        """I am typing; passed on as often as the server wants to hear it."""
        self._spawn(lambda: self._send_typing(target))

    async def _send_typing(self, target: Target) -> None:
        config, now = self._context.store.config.get(), self._context.clock.monotonic()
        every = config.number("TimeBetweenUserTypingUpdatesMilliseconds", 5000) / 1000
        early = now - self._typed_at.get(target, float("-inf")) < every
        wanted = config.flag("EnableUserTypingMessages", True) and self._line.online
        link = self._connection.link
        if early or link is None or not wanted:
            return
        self._typed_at = {target: now}
        where: dict[str, Json] = {"channel_id": target.channel_id, "parent_id": target.root_id}
        await link.request("user_typing", where)

    def ephemerals(self, channel_id: ChannelId) -> tuple[Post, ...]:
        """Messages only for me, which no server keeps; oldest first, at most 50 a channel."""
        return self._whispers.of(channel_id)

    def take_dialog(self) -> IntegrationDialog | None:
        """The form that an integration wants filled in, once."""
        return self._whispers.take_dialog()

    # sending

    def outbox_changed(self) -> None:
        """Something was queued, retried or discarded."""
        self._lane.post(self._sender.changed)

    # inside

    async def _fill_gap(self) -> None:
        """Everything that may have been missed, while new events wait. Raises what the requests raise."""
        self._presence.forget_typing()
        link = self._connection.link
        await self._workspace.begin_gap(link.version if link else "")
        self._line.set("catching_up")
        needs = Needs()
        await together(self._fetch_workspace(needs), self._refresh_focus())
        if not self._context.memory.known_users - {self._context.me}:
            await self._first_sight()
        seen = needs.users | {self._context.me} | self._backfill.take_users()
        await self._workspace.fetch_people(Needs(users=seen, usernames=needs.usernames))
        self._rest.put_off()
        self._backfill.add(Needs(threads=needs.threads))

    async def _fetch_workspace(self, needs: Needs) -> None:
        needs.add(await self._workspace.fetch())

    async def _first_sight(self) -> None:
        """Nobody is known yet: whoever looks on chooses a channel now, and all names come in one answer."""
        if await at_most(FIRST_SIGHT, self._view.chosen.wait()):
            await self._refresh_focus()

    async def _refresh_focus(self) -> None:
        try:
            if self._view.focus:
                await self._history.refresh(self._view.focus)
        except Refused:
            """Not my channel any more: the memberships will say so."""

    def _came_online(self) -> None:
        self._sender.changed()
        self._presence.ask_again()
        self._rest.ring()
        self._prefetch.ring()
        if (focus := self._view.focus) and not self._history.is_fresh(focus):
            self._spawn(lambda: self._history.guarded(focus, self._history.refresh, "refresh"))

    def _handle(self, after: Aftermath) -> None:
        """Passes on what a batch of events left to be done."""
        self._backfill.add(after.needs)
        if after.typing:
            self._presence.typed(after.typing)
        if after.wrote:
            self._presence.wrote(after.wrote)
        if after.own:
            self._spawn(lambda: self._sender.confirm(after.own))
        self._view.saw(after.seen)
        changes = (*self._whispers.put(after.ephemerals), *self._whispers.withdraw(after.withdrawn))
        changes += self._whispers.ask(after.dialogs) if after.dialogs else ()
        if changes or after.changes:
            self._context.publish((*changes, *after.changes))

    def _spawn(self, work: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Begins something nobody waits for; its failure is the line's affair."""

        async def quietly() -> None:
            try:
                await work()
            except TeleteamError as error:
                self._line.report(error)

        self._lane.submit(quietly)
