"""The Client: everything the screens and the one-shot commands can ask and do, grouped by noun.

`open_client` is the only wiring of the program. Reads answer at once from the store; verbs return at once, or
a `concurrent.futures.Future` where the outcome is worth waiting for.

Invariant: no verb raises for "offline"; nothing heavy is imported before `start`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future

from tui.client.base import Base, View
from tui.client.care import Care
from tui.client.catch_up import CatchUp
from tui.client.categories import Categories
from tui.client.channels import Channels
from tui.client.clock import SystemClock
from tui.client.commands import Commands
from tui.client.complete import Complete
from tui.client.counters import Counters
from tui.client.drafts import Drafts
from tui.client.emojis import Emojis
from tui.client.files import Files
from tui.client.folders import Folders
from tui.client.hub import Changes, Hub, Listener
from tui.client.instances import InstanceChoice
from tui.client.integrations import Integrations
from tui.client.lane import HeldLine, NetLane, Wires
from tui.client.later import Later
from tui.client.line import LineUse
from tui.client.lookups import Lookups
from tui.client.machines import Machines
from tui.client.meeting_marks import MeetingMarks
from tui.client.meetings import Meetings
from tui.client.notices import Notice, Notices
from tui.client.notifications import Notifications
from tui.client.outbox import Outbox
from tui.client.pairing import Pairing
from tui.client.people import People
from tui.client.posts import Posts
from tui.client.presence import Presence
from tui.client.refresh import Refresh
from tui.client.search import Search
from tui.client.sharing import Sharing
from tui.client.shelf import Shelf
from tui.client.sidebar import Sidebar
from tui.client.support import Support
from tui.client.teams import Teams
from tui.client.threads import Threads
from tui.client.timeline import Timelines
from tui.client.watching import Watching
from tui.client.ways import Ways
from tui.client.wishes import Wishes
from tui.client.wording.errors import reason
from tui.core.changes import ChangeKind
from tui.core.connection import ConnectionState
from tui.core.models import ServerConfig, User
from tui.core.ports import Clock, Traffic
from tui.settings.accounts import Account
from tui.settings.config import Config
from tui.settings.formats import Formats
from tui.settings.paths import Paths
from tui.settings.secrets import TokenKeeper
from tui.store import Store

log = logging.getLogger(__name__)


class Client:
    """One person on one server. Close it when done."""

    def __init__(
        self,
        account: Account,
        store: Store,
        *,
        config: Config | None = None,
        clock: Clock | None = None,
        hub: Hub | None = None,
        lane: NetLane,
        folders: Folders | None = None,
        wish: str = "",
        remote: bool = False,
    ) -> None:
        settings, time = config or Config(), clock or SystemClock()
        self.account = account
        self._store = store
        self._hub = hub or Hub()
        self._lane = lane
        self._notices = Notices(self._hub, time)
        self.line = LineUse(
            self._hub,
            lane,
            lambda: self.traffic().round_trip_ms,
            wish=wish or settings.line.profile,
            remote=remote,
        )
        self._lookups = Lookups(store, account.user_id, settings.ui, account.timezone)
        self.base = Base(
            account=account,
            config=settings,
            store=store,
            hub=self._hub,
            lane=lane,
            lookups=self._lookups,
            clock=time,
            notices=self._notices,
            view=View(),
        )
        self._wire_nouns()
        self.folders = folders or Folders(self._hub, lane, enabled=settings.syncthing.enabled)
        machines = Machines(lane)
        self.pairing = Pairing(self.base, self.folders, self.posts, machines)
        self.sharing = Sharing(self.posts, self.pairing, machines)
        self.shelf = Shelf(self.base, self.folders, self.posts, self.pairing, machines)
        self._unhook = (self._hub.subscribe(self._hear), store.subscribe(self._hub.announce))
        self._say_store_warnings()

    def _wire_nouns(self) -> None:
        base = self.base
        self._wishes = Wishes(base)
        refresh, watching = Refresh(base), Watching(base)
        self.commands = Commands(base, refresh)
        self._counters = Counters(base)
        self._marks = MeetingMarks(base)
        self.teams = Teams(base, self._counters)
        self.sidebar = Sidebar(base, watching, self._counters, self._marks)
        self.channels = Channels(base, self.sidebar, self._counters, self._wishes)
        self.care = Care(base)
        self.support = Support(base, self.teams)
        self.categories = Categories(base)
        self.presence = Presence(base)
        self.posts = Posts(base, Timelines(base), self.commands, self._wishes, refresh)
        self.outbox = Outbox(base)
        self.files = Files(base, self.outbox)
        self.drafts = Drafts(base)
        self.ways = Ways(base)
        self.people = People(base, watching)
        self.threads = Threads(base, refresh)
        self.emojis = Emojis(base, refresh)
        self.integrations = Integrations(base)
        self.later = Later(base, refresh)
        self.complete = Complete(base, self.commands, self.emojis)
        self.search = Search(base, refresh)
        self.catch_up = CatchUp(base, self._counters, self.channels, self.threads, self.search)
        self.meetings = Meetings(base, self.posts.permalink)
        self._marks.find = self.meetings.of
        self.notifications = Notifications(base, watching, self.channels, self.meetings)

    # life

    def start(self) -> None:
        """Goes online. Call it after the first frame is on the screen; does nothing in offline mode."""
        self.outbox.let_go()
        self._lane.start()

    def close(self, timeout: float = 5.0) -> None:
        """Ends the net lane and the store; waits at most `timeout` seconds for the network to let go."""
        self.catch_up.settle()
        self._lane.close(timeout)
        for unhook in self._unhook:
            unhook()
        self._store.close()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with Changes, on whatever thread they come from; the result ends that."""
        return self._hub.subscribe(listener)

    def _hear(self, changes: Changes) -> None:
        """First of all listeners: drops what has become old before anybody reads it."""
        self._lookups.hear(changes)
        self._counters.hear(changes)
        self._marks.hear(changes)
        self.sidebar.hear(changes)
        self.notifications.hear(changes)
        self.line.hear(changes)
        self.files.hear(changes)
        if any(change.kind is ChangeKind.CONNECTION for change in changes) and self.connection().live:
            self._wishes.send()
            self.sidebar.folds.send()

    def _say_store_warnings(self) -> None:
        for warning in self._store.warnings:
            self._notices.say(reason(warning), kind="warning", key=warning, lasting=True)

    # state

    def connection(self) -> ConnectionState:
        return self._lane.state()

    def wake(self) -> None:
        """Reconnect now: a key was pressed, the machine woke up."""
        self._lane.tell(lambda engine: engine.wake())

    def make_way(self) -> None:
        """The person pressed a key: its echo goes before what arrives meanwhile."""
        self.base.store.make_way()

    def traffic(self) -> Traffic:
        """Bytes of this session so far."""
        wires = self._lane.wires
        return wires.api.traffic() if wires else Traffic()

    def me(self) -> User | None:
        """Myself, None before the first contact with the server."""
        return self._lookups.me()

    def server_config(self) -> ServerConfig:
        return self._lookups.config()

    def formats(self) -> Formats:
        """How to write dates, times and sizes for this person."""
        return self._lookups.formats()

    @property
    def read_only(self) -> bool:
        """Another teleteam holds the store: nothing can be sent from here."""
        return bool(self._store.read_only)

    def notices(self) -> tuple[Notice, ...]:
        """Things to tell the person, oldest first."""
        return self._notices.all()

    def notify(self, text: str, *, kind: str = "info", key: str = "") -> None:
        """Adds a notice; `text` must be safe."""
        self._notices.say(text, kind=kind, key=key)

    def dismiss(self, key: str) -> None:
        self._notices.dismiss(key)

    def set_status(self, status: str) -> Future[None]:
        """My presence: online, away, dnd or offline; needs the line."""
        me = self.account.user_id
        return self._lane.ask(lambda api: api.put_status(me, status))

    def signed_in(self, token: str) -> None:
        """A new token for the same person: the engine goes on with it."""
        me = self.account.user_id
        self._lane.tell(lambda engine: engine.signed_in(me, token))


def open_client(
    account: Account,
    paths: Paths,
    config: Config,
    keeper: TokenKeeper,
    *,
    clock: Clock | None = None,
    offline: bool = False,
    token: str = "",
    held: HeldLine | None = None,
    wish: str = "",
    remote: bool = False,
) -> Client:
    """Opens the store of `account` and prepares the net lane; call `start()` to go online.

    `token` saves asking the keeper, `held` (of signing in) another connection. `wish` thin or rich overrides
    the settings, `remote` is where the person sits. Raises StoreTrouble("tele.store.owner") for a store that
    is not ours.
    """
    time = clock or SystemClock()
    days = {"off": 0, "days": config.cache.days}.get(config.cache.mode)
    store = Store.open(paths.store_dir(account.id), clock=time, keep_days=days)
    hub = Hub()
    folders: list[Folders] = []
    clients: list[Client] = []

    def wire() -> Wires:
        from tui.client.wiring import connect

        return connect(
            account,
            config,
            keeper,
            store,
            time,
            token=token,
            publish=hub.announce,
            folders=folders[0],
            ours=(paths.config_dir, paths.data_dir, paths.state_dir),
            api=held.api if held else None,
            profile=clients[0].line.profile,
        )

    lane = NetLane(wire, offline=offline, publish=hub.announce, runner=held.runner if held else None)
    choice = InstanceChoice(config.syncthing.config, paths.state_dir)
    folders.append(Folders(hub, lane, enabled=config.syncthing.enabled, choice=choice))
    clients.append(
        Client(
            account,
            store,
            config=config,
            clock=time,
            hub=hub,
            lane=lane,
            folders=folders[0],
            wish=wish,
            remote=remote,
        )
    )
    return clients[0]
