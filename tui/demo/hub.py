"""The websocket side: who is connected, what each connection gets, and how it is resumed.

Invariant: `seq` counts every event of a connection from 0 (hello); a closed connection keeps its last 128
events and up to 256 new ones for a resume. Rules of recordings 14–16, 68–70; mattermost-facts §12.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from tui.demo.faults import Faults
from tui.demo.records import Status, Wire

if TYPE_CHECKING:
    from tui.demo.world import Happening, World

HISTORY = 128
QUEUE = 256
SERVER_VERSION = "5.37.0..dd0bd349c9849c87e8719b1c0de5bf81.false"


@dataclass(slots=True, eq=False)
class Connection:
    """One websocket, or what is left of it after it closed (`send` None)."""

    id: str
    user_id: str
    token: str
    send: Callable[[str], None] | None
    drop: Callable[[], None] | None = None
    """Cuts the line without a close frame."""
    seq: int = 0
    """Number of the next event."""
    history: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=HISTORY))
    waiting: list[Happening] = field(default_factory=list)
    doubled: bool = False
    """Gets every event twice (5.37 after a failed resume)."""


class Hub:
    """All connections. Lives on the server's thread."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults
        self.open: list[Connection] = []
        self.parked: dict[str, Connection] = {}

    # connecting
    def connect(
        self, user_id: str, token: str, send: Callable[[str], None], drop: Callable[[], None]
    ) -> Connection:
        """A fresh connection: hello, then perhaps status_change."""
        return self.greet(Connection(self.world.new_id(), user_id, token, send, drop))

    def greet(self, connection: Connection, between: Callable[[], None] = lambda: None) -> Connection:
        """Hello, then `between` (the reply to a challenge), then perhaps status_change."""
        self.open.append(connection)
        self._hello(connection)
        between()
        self._set_online(connection.user_id)
        return connection

    def resume(
        self,
        user_id: str,
        token: str,
        old_id: str,
        number: int,
        send: Callable[[str], None],
        drop: Callable[[], None],
    ) -> Connection:
        """Goes on with a closed connection, or starts a new one with hello when events were lost."""
        old = None if self.faults.forget_connections else self._take_old(old_id)
        if old is None or old.user_id != user_id:
            return self.connect(user_id, token, send, drop)
        old.send, old.drop, old.token = send, drop, token
        held = [row for row in old.history if row[0] >= number]
        self.open.append(old)
        fresh = number != old.seq and not (held and held[0][0] == number)
        if fresh:
            self._start_again(old)
        else:
            for _, text in held:
                send(text)
        waiting, old.waiting = old.waiting, []
        for happening in waiting:
            self._deliver(old, happening)
        if fresh and self.faults.double_hello:
            self._hello(old)
            old.doubled = True
        self._set_online(user_id)
        return old

    def _take_old(self, old_id: str) -> Connection | None:
        """The connection of that id, cut off if it still looks open (the client knows better)."""
        for connection in self.open:
            if connection.id == old_id:
                self._cut(connection)
                break
        return self.parked.pop(old_id, None)

    def _start_again(self, connection: Connection) -> None:
        connection.id = self.world.new_id()
        connection.seq = 0
        connection.history.clear()
        self._hello(connection)

    def _hello(self, connection: Connection) -> None:
        data = {"connection_id": connection.id, "server_version": SERVER_VERSION}
        self._number(connection, "hello", data, broadcast(user_id=connection.user_id))

    def closed(self, connection: Connection) -> None:
        """The line is gone; the connection waits to be resumed."""
        if connection in self.open:
            self.open.remove(connection)
            connection.send = connection.drop = None
            if not connection.doubled:
                self.parked[connection.id] = connection
            self._set_offline(connection.user_id)

    def _set_online(self, user_id: str) -> None:
        row = self.world.statuses.setdefault(user_id, Status())
        row.last_activity_at = self.world.now()
        if row.status in ("offline", "away") and not row.manual:
            row.status = "online"
            self.tell_status(user_id)

    def _set_offline(self, user_id: str) -> None:
        row = self.world.statuses[user_id]
        if not row.manual and all(other.user_id != user_id for other in self.open):
            row.status = "offline"
            self.tell_status(user_id)

    def tell_status(self, user_id: str) -> None:
        """status_change goes to the person alone."""
        status = self.world.statuses[user_id].status
        self.world.emit("status_change", {"status": status, "user_id": user_id}, user=user_id)

    # sending
    def publish(self, happening: Happening) -> None:
        """Sends one event to everybody it concerns."""
        for connection in [*self.open, *self.parked.values()]:
            if self.concerns(connection.user_id, happening):
                self._deliver(connection, happening)

    def concerns(self, user_id: str, happening: Happening) -> bool:
        if user_id in happening.omit:
            return False
        if happening.user_id:
            return user_id == happening.user_id
        if happening.channel_id:
            channel = self.world.channels.get(happening.channel_id)
            return channel is not None and user_id in channel.members
        if happening.team_id:
            team = self.world.teams.get(happening.team_id)
            return team is not None and user_id in team.members
        return True

    def _deliver(self, connection: Connection, happening: Happening) -> None:
        if connection.send is None:
            connection.waiting.append(happening)
            if len(connection.waiting) > QUEUE:
                self.parked.pop(connection.id, None)
            return
        if self.faults.lost_events > 0:
            self.faults.lost_events -= 1
            return
        scope = broadcast(
            happening.user_id, happening.channel_id, happening.team_id, dict.fromkeys(happening.omit, True)
        )
        for _ in range(1 + connection.doubled):
            self._number(connection, happening.event, happening.data, scope)

    def _number(self, connection: Connection, event: str, data: Wire, scope: Wire) -> None:
        if self.faults.skipped_numbers and event != "hello":
            connection.seq += self.faults.skipped_numbers
            self.faults.skipped_numbers = 0
        frame = {"event": event, "data": data, "broadcast": scope, "seq": connection.seq}
        text = msgspec.json.encode(frame).decode() + "\n"
        connection.history.append((connection.seq, text))
        connection.seq += 1
        repeat = self.faults.repeated_events > 0 and event != "hello"
        self.faults.repeated_events -= repeat
        if connection.send is not None:
            for _ in range(1 + repeat):
                connection.send(text)

    def typing(self, user_id: str, channel_id: str, parent_id: str) -> None:
        data = {"parent_id": parent_id, "user_id": user_id}
        self.world.emit("typing", data, channel=channel_id, omit=(user_id,))

    # asked for by tests
    def send_raw(self, text: str, user_id: str = "") -> None:
        """Puts any text on the lines of one user, or of all."""
        for connection in self.open:
            if connection.send is not None and user_id in ("", connection.user_id):
                connection.send(text)

    def cut_all(self) -> None:
        """Every websocket dies without a close frame (1006)."""
        for connection in list(self.open):
            self._cut(connection)

    def _cut(self, connection: Connection) -> None:
        drop = connection.drop
        self.closed(connection)
        if drop is not None:
            drop()


def broadcast(
    user_id: str = "", channel_id: str = "", team_id: str = "", omit: dict[str, bool] | None = None
) -> Wire:
    return {
        "omit_users": omit or None,
        "user_id": user_id,
        "channel_id": channel_id,
        "team_id": team_id,
    }
