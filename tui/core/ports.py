"""What `sync` needs from the outside, as Protocols; `net` implements them.

Every coroutine raises only leaves of `core.errors`. Names follow the endpoints of Mattermost's API v4.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from tui.core.company_ports import CompanyApi
from tui.core.file_ports import FilesApi
from tui.core.folder_acts import ConflictSides
from tui.core.folder_ports import FolderActsPort, FolderConfigPort
from tui.core.folders import (
    Completion,
    Conflict,
    Connection,
    DeviceConfig,
    FileError,
    FolderConfig,
    FolderStatus,
    LastFile,
    SystemStatus,
)
from tui.core.ids import ChannelId, FileId, Millis, PostId, TeamId, UserId
from tui.core.message_ports import MessagesApi
from tui.core.models import (
    Categories,
    Channel,
    Command,
    CustomStatus,
    Json,
    Membership,
    Post,
    PostPage,
    Preference,
    Reaction,
    ServerConfig,
    Status,
    Team,
    TeamUnread,
    Thread,
    User,
)
from tui.core.values import dataclass

if TYPE_CHECKING:
    pass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tagged(Generic[T]):
    """An answer with its ETag. `value` None = 304, what you hold is still true."""

    value: T | None
    etag: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    user: User
    token: str

    def __repr__(self) -> str:
        return f"SignedIn(user={self.user.id})"


@dataclass(frozen=True, slots=True)
class NewPost:
    """Body of `POST /posts`."""

    channel_id: ChannelId
    message: str
    root_id: PostId = ""
    file_ids: tuple[FileId, ...] = ()
    props: Mapping[str, Json] | None = None
    pending_post_id: str = ""
    priority: str = ""
    """important, urgent or ""; for root posts, where the server has it."""
    wants_ack: bool = False


class Clock(Protocol):
    """Time and chance enter here."""

    def now(self) -> Millis:
        """Wall clock, ms since the epoch."""
        ...

    def monotonic(self) -> float:
        """Seconds; stands still while the machine sleeps on Linux."""
        ...

    def random(self) -> float:
        """Uniform in [0, 1)."""
        ...

    def new_id(self) -> str:
        """A fresh uuid4 as 32 hex digits."""
        ...

    async def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bytes since start, as seen at our sockets' payload."""

    http_up: int = 0
    http_down: int = 0
    ws_up: int = 0
    ws_down: int = 0
    requests: int = 0
    connections: int = 0
    round_trip_ms: float = 0.0
    """Smoothed time of small requests; 0 = not measured yet."""


class ServerApi(MessagesApi, CompanyApi, FilesApi, Protocol):
    """The REST side of one Mattermost server, as one signed-in (or not yet signed-in) person."""

    def set_token(self, token: str) -> None: ...
    def traffic(self) -> Traffic: ...
    async def close(self) -> None: ...

    # session
    async def login(self, login_id: str, password: str, mfa_code: str = "") -> SignedIn: ...
    async def sign_up(
        self, username: str, email: str, password: str, invitation: Mapping[str, str]
    ) -> None: ...
    async def logout(self) -> None: ...
    async def fetch_me(self, etag: str = "") -> Tagged[User]: ...
    async def fetch_config(self) -> ServerConfig: ...
    async def fetch_ping(self) -> None: ...

    # preferences
    async def fetch_preferences(self) -> list[Preference]: ...
    async def put_preferences(self, user_id: UserId, preferences: Sequence[Preference]) -> None: ...
    async def delete_preferences(self, user_id: UserId, preferences: Sequence[Preference]) -> None: ...

    # teams
    async def fetch_teams(self) -> list[Team]: ...
    async def fetch_team_unreads(self) -> list[TeamUnread]: ...

    # channels
    async def fetch_channels(
        self, team_id: TeamId, etag: str = "", last_delete_at: Millis | None = None
    ) -> Tagged[list[Channel]]: ...
    async def fetch_memberships(self, team_id: TeamId) -> list[Membership]: ...
    async def fetch_categories(self, team_id: TeamId) -> Categories: ...
    async def put_category(self, category: Json, team_id: TeamId) -> None: ...
    async def fetch_channel(self, channel_id: ChannelId) -> Channel: ...
    async def fetch_channel_by_name(self, team_id: TeamId, name: str) -> Channel: ...
    async def fetch_membership(self, channel_id: ChannelId) -> Membership: ...
    async def fetch_member_count(self, channel_id: ChannelId) -> int: ...
    async def view_channel(
        self, channel_id: ChannelId, prev_channel_id: ChannelId = ""
    ) -> Mapping[ChannelId, Millis]: ...
    async def set_unread(self, post_id: PostId) -> Membership: ...
    async def create_direct(self, user_ids: Sequence[UserId]) -> Channel: ...
    async def create_group(self, user_ids: Sequence[UserId]) -> Channel: ...
    async def search_channels(self, team_id: TeamId, term: str) -> list[Channel]: ...
    async def join_channel(self, channel_id: ChannelId, user_id: UserId) -> Membership: ...
    async def leave_channel(self, channel_id: ChannelId, user_id: UserId) -> None: ...
    async def put_notify_props(
        self, channel_id: ChannelId, user_id: UserId, props: Mapping[str, str]
    ) -> None: ...

    # posts
    async def fetch_posts(
        self,
        channel_id: ChannelId,
        *,
        page: int = 0,
        per_page: int = 30,
        before: PostId = "",
        after: PostId = "",
        etag: str = "",
    ) -> Tagged[PostPage]: ...
    async def fetch_posts_since(self, channel_id: ChannelId, since: Millis) -> PostPage: ...
    async def fetch_post(self, post_id: PostId) -> Post: ...
    async def fetch_thread(self, post_id: PostId) -> PostPage: ...
    async def fetch_pinned(self, channel_id: ChannelId) -> PostPage: ...
    async def create_post(self, post: NewPost) -> Post: ...
    async def patch_post(self, post_id: PostId, message: str) -> Post: ...
    async def delete_post(self, post_id: PostId) -> None: ...
    async def pin_post(self, post_id: PostId, pinned: bool) -> None: ...
    async def add_reaction(self, user_id: UserId, post_id: PostId, emoji_name: str) -> Reaction: ...
    async def remove_reaction(self, post_id: PostId, emoji_name: str) -> None: ...
    async def search_posts(
        self, team_id: TeamId, terms: str, *, is_or_search: bool = False, time_zone_offset: int = 0
    ) -> PostPage: ...

    # threads
    async def fetch_threads(
        self,
        user_id: UserId,
        team_id: TeamId,
        *,
        since: Millis = 0,
        unread: bool = False,
        before: PostId = "",
    ) -> list[Thread]: ...
    async def read_thread(self, user_id: UserId, team_id: TeamId, root_id: PostId, at: Millis) -> None: ...
    async def follow_thread(
        self, user_id: UserId, team_id: TeamId, root_id: PostId, following: bool
    ) -> None: ...

    # people
    async def fetch_users(self, ids: Sequence[UserId], since: Millis = 0) -> list[User]: ...
    async def fetch_users_by_names(self, usernames: Sequence[str]) -> list[User]: ...
    async def fetch_channel_users(self, channel_id: ChannelId, page: int = 0) -> list[User]: ...
    async def fetch_group_users(self, channel_ids: Sequence[ChannelId]) -> Mapping[ChannelId, list[User]]: ...
    async def autocomplete_users(self, team_id: TeamId, channel_id: ChannelId, name: str) -> list[User]: ...
    async def fetch_statuses(self, ids: Sequence[UserId]) -> list[Status]: ...
    async def put_status(self, user_id: UserId, status: str) -> None: ...

    # commands and plugins
    async def fetch_commands(self, team_id: TeamId) -> list[Command]: ...
    async def execute_command(
        self, channel_id: ChannelId, command: str, team_id: TeamId, root_id: PostId = ""
    ) -> str:
        """Runs a slash command; returns `goto_location` ("" mostly). Its text arrives as an event."""
        ...

    async def fetch_plugins(self) -> list[str]:
        """Ids of the plugins that have a web app part; [] where plugins are disabled."""
        ...

    # meetings
    async def fetch_meeting_naming(self) -> str:
        """The Jitsi plugin's naming scheme for me: words, uuid, mattermost or ask; "" = no plugin."""
        ...

    async def start_meeting(self, channel_id: ChannelId, topic: str = "") -> str:
        """Starts a meeting by the plugin; its room, "" = it asks by buttons first."""
        ...

    async def enrich_meeting_token(self, token: str) -> str: ...
    async def put_custom_status(self, user_id: UserId, status: CustomStatus | None) -> None:
        """My own line of status; None takes it away."""
        ...


@dataclass(frozen=True, slots=True)
class SocketOpened:
    """The upgrade succeeded. Not yet proof that we are signed in."""


@dataclass(frozen=True, slots=True)
class SocketText:
    """One text frame."""

    text: str


class EventStream(Protocol):
    """One WebSocket connection. Raises Offline, SignedOut, BadAnswer or Insecure; ends when it closes."""

    def open(self, connection_id: str, sequence_number: int) -> AsyncIterator[SocketOpened | SocketText]: ...
    async def send(self, text: str) -> None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class FolderEvent:
    """One entry of Syncthing's `GET /rest/events`. `data` is empty for ConfigSaved (it carries secrets)."""

    id: int
    type: str
    data: Mapping[str, Json]
    at: Millis = 0


class FolderApi(FolderConfigPort, FolderActsPort, Protocol):
    """The REST side of one local Syncthing. Raises FoldersTrouble where none is usable, else Refused."""

    async def fetch_version(self) -> str:
        """Such as "1.19.2"; the portable test that a Syncthing answers and takes our key."""
        ...

    async def fetch_system_status(self) -> SystemStatus: ...
    async def fetch_discovered(self) -> dict[str, tuple[str, ...]]:
        """Device id → addresses that discovery has found."""
        ...

    async def fetch_config(self) -> tuple[list[FolderConfig], list[DeviceConfig]]: ...
    async def fetch_restart_required(self) -> bool: ...
    async def fetch_connections(self) -> dict[str, Connection]: ...
    async def fetch_folder_status(self, folder_id: str) -> FolderStatus: ...
    async def fetch_completion(self, device_id: str, folder_id: str) -> Completion: ...
    async def fetch_folder_errors(self, folder_id: str) -> tuple[FileError, ...]: ...
    async def fetch_last_files(self) -> dict[str, LastFile]: ...
    async def fetch_last_seen(self) -> dict[str, Millis]: ...
    async def fetch_pending_devices(self) -> dict[str, str]: ...
    async def fetch_pending_folders(self) -> dict[tuple[str, str], str]: ...
    async def fetch_notice_count(self) -> int: ...
    async def fetch_events(self, mask: str, since: int, seconds: int, limit: int = 0) -> list[FolderEvent]:
        """Long poll: blocks up to `seconds` (0 = answers at once); [] = nothing happened."""
        ...

    async def find_conflicts(self, path: str) -> frozenset[str]:
        """Relative paths of conflict copies below a local directory; empty where it is not on this host."""
        ...

    async def look_at_conflict(self, root: str, conflict: Conflict) -> ConflictSides: ...
    async def resolve_conflict(self, root: str, sides: ConflictSides, keep: str, word: str) -> str:
        """`keep`: original, copy or both (the copy gets a name with `word`, which is the answer)."""
        ...

    async def close(self) -> None: ...
