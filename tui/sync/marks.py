"""What the engine keeps in the store between runs, as short texts: how far each thing is in step.

Invariant: a mark is written in the transaction of the rows it speaks of, so it never promises more than
is there. All times in marks are the server's.
"""

from __future__ import annotations

from tui.core.ids import ChannelId, Millis, TeamId
from tui.core.intervals import Anchor
from tui.core.values import dataclass
from tui.store import Store, Tx

SOCKET = "socket"
GENERATION = "generation"
SERVER_TIME = "server_time"
ME_ETAG = "etag:me"
HEARD = "heard"
HEARD_KEPT = 200
"""So many breaks; a channel not visited since is asked for from its newest post on."""
CONFIG_OF = "config_of"
"""Version of the server and its configuration of which we hold the configuration."""
SETTINGS_AT = "settings_at"
"""Our clock when account, preferences, teams and categories were last asked for after a break."""


def channels_etag(team_id: TeamId) -> str:
    return f"etag:channels:{team_id}"


def team_generation(team_id: TeamId) -> str:
    """Key of the generation in which a team's channels were last fetched."""
    return f"team:{team_id}"


def channel_key(channel_id: ChannelId) -> str:
    return f"channel:{channel_id}"


@dataclass(frozen=True, slots=True)
class SocketMark:
    """Where the event stream can be resumed."""

    connection_id: str = ""
    next_seq: int = 0


@dataclass(frozen=True, slots=True)
class ChannelMark:
    """Up to where a channel is in step with the server.

    `generation` counts gaps: where it is not the current one, the channel may have changed unseen since.
    """

    generation: int
    update_at: Millis
    """Newest change known; `since` begins a little before it."""
    head: Anchor
    """Newest post known without a hole behind it; (0, "") = the channel was empty."""


def read_socket(store: Store) -> SocketMark:
    connection_id, _, seq = (store.marks.get(SOCKET) or "").partition(" ")
    return SocketMark(connection_id, int(seq)) if connection_id and seq.isdecimal() else SocketMark()


def write_socket(tx: Tx, mark: SocketMark) -> None:
    tx.marks.set(SOCKET, f"{mark.connection_id} {mark.next_seq}" if mark.connection_id else "")


def read_heard(store: Store) -> dict[int, Millis]:
    """For each generation that has ended the newest server time that was known then."""
    pairs = (entry.partition(":") for entry in (store.marks.get(HEARD) or "").split())
    return {int(one): int(at) for one, _, at in pairs if one.isdecimal() and at.isdecimal()}


def write_heard(tx: Tx, heard: dict[int, Millis]) -> None:
    for old in sorted(heard)[:-HEARD_KEPT]:
        del heard[old]
    tx.marks.set(HEARD, " ".join(f"{one}:{at}" for one, at in heard.items()))


def number(source: Store | Tx, key: str) -> int:
    """A mark that is a count or a time; 0 where it is absent."""
    value = source.marks.get(key) or ""
    return int(value) if value.isdecimal() else 0


def read_channel(source: Store | Tx, channel_id: ChannelId) -> ChannelMark | None:
    parts = (source.marks.get(channel_key(channel_id)) or "").split(" ")
    if len(parts) != 4 or not all(part.isdecimal() for part in parts[:3]):
        return None
    return ChannelMark(int(parts[0]), int(parts[1]), (int(parts[2]), parts[3]))


def write_channel(tx: Tx, channel_id: ChannelId, mark: ChannelMark) -> None:
    at, post_id = mark.head
    tx.marks.set(channel_key(channel_id), f"{mark.generation} {mark.update_at} {at} {post_id}")
