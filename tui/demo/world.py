"""The state of one pretended Mattermost: who there is, what was written, who has read what.

Invariant: one thread owns a World (the server's); others go through `DemoServer.call`. Whatever changes it
tells `publish`, and tells it before the change is answered, as the real server does.
"""

from __future__ import annotations

import random
import time
from bisect import insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tui.demo import config_values, posting
from tui.demo.records import (
    AccessToken,
    Category,
    Channel,
    Emoji,
    File,
    Follow,
    Member,
    Post,
    Session,
    Status,
    Team,
    Upload,
    User,
    Wire,
)

ALPHABET = "abcdefghijkmnopqrstuwxyz13456789"
"""Mattermost's own base32 alphabet (no l, v, 0, 2)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event for the websockets: to one user, a channel's members, a team's members, or everybody."""

    event: str
    data: Wire
    user_id: str = ""
    channel_id: str = ""
    team_id: str = ""
    omit: tuple[str, ...] = ()


def wall_clock() -> int:
    """Milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def nobody_listens(_: Happening) -> None:
    """What `publish` is before a hub takes it."""


@dataclass(slots=True)
class World:
    seed: int = 1
    now: Callable[[], int] = wall_clock
    publish: Callable[[Happening], None] = nobody_listens
    site_url: str = ""
    rng: random.Random = field(init=False)
    config: dict[str, str] = field(default_factory=config_values.defaults)
    users: dict[str, User] = field(default_factory=dict)
    usernames: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, Status] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    """By token."""
    access_tokens: dict[str, AccessToken] = field(default_factory=dict)
    """By id."""
    teams: dict[str, Team] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    timelines: dict[str, list[Post]] = field(default_factory=dict)
    """Per channel, oldest first, with deleted ones and ghosts."""
    replies: dict[str, list[Post]] = field(default_factory=dict)
    """Per root, oldest first, with deleted ones."""
    files: dict[str, File] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    emojis: dict[str, Emoji] = field(default_factory=dict)
    """By name."""
    preferences: dict[str, dict[tuple[str, str], str]] = field(default_factory=dict)
    categories: dict[tuple[str, str], list[Category]] = field(default_factory=dict)
    """Per (user, team), in sidebar order."""
    follows: dict[tuple[str, str], Follow] = field(default_factory=dict)
    """Per (user, root)."""
    pending: dict[str, tuple[int, str]] = field(default_factory=dict)
    """pending_post_id → (time, post id)."""
    pending_life_ms: int = 30_000
    plugins: list[Wire] = field(default_factory=list)
    """Manifests of the plugins that have a web app part."""
    apps: dict[tuple[str, str], Callable[[World, Post, User, str, str], None]] = field(default_factory=dict)
    """(post id, action id) → what an integration does for who pressed it, with what was chosen."""
    forms: dict[str, Callable[[World, User, Wire], Wire]] = field(default_factory=dict)
    """Address of an integration → what it says to a form."""
    votes: dict[str, dict[str, int]] = field(default_factory=dict)
    """Per poll: user id → answer."""
    jitsi_tokens: bool = False
    jitsi_scheme: str = "words"
    jitsi_settings: dict[str, Wire] = field(default_factory=dict)
    """Per user id."""
    buttons: dict[tuple[str, str], tuple[str, Callable[[], None]]] = field(default_factory=dict)
    """Per (post id, action id): the cookie of an ephemeral post ("" = none is wanted), and what it does."""

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)

    def new_id(self) -> str:
        """26 characters, the same ones in each run of one seed."""
        return "".join(self.rng.choices(ALPHABET, k=26))

    def emit(
        self,
        event: str,
        data: Wire,
        *,
        user: str = "",
        channel: str = "",
        team: str = "",
        omit: tuple[str, ...] = (),
    ) -> None:
        """Tells the websockets; the three ids are ids."""
        if self.publish is not nobody_listens:
            self.publish(Happening(event, data, user, channel, team, omit))

    # looking up
    def user(self, name: str) -> User:
        """By username or id; KeyError when there is none."""
        return self.users[self.usernames.get(name.lower(), name)]

    def team(self, name: str) -> Team:
        """By URL name; KeyError when there is none."""
        for team in self.teams.values():
            if team.name == name:
                return team
        raise KeyError(name)

    def channel(self, team: str, name: str) -> Channel:
        """By team name and channel name; KeyError when there is none."""
        team_id = self.team(team).id
        for channel in self.channels.values():
            if channel.team_id == team_id and channel.name == name:
                return channel
        raise KeyError(name)

    def channels_of(self, user_id: str) -> Iterable[Channel]:
        """Every channel the person is in, archived ones too."""
        return (channel for channel in self.channels.values() if user_id in channel.members)

    def live_replies(self, root_id: str) -> list[Post]:
        return [post for post in self.replies.get(root_id, ()) if not post.delete_at]

    def uses_threads(self, user_id: str) -> bool:
        """Collapsed reply threads on for this person (config and preference)."""
        setting = self.config["CollapsedThreads"]
        if setting in ("disabled", "always_on"):
            return setting == "always_on"
        wanted = self.preferences.get(user_id, {}).get(("display_settings", "collapsed_reply_threads"))
        return wanted == "on" or (wanted is None and setting == "default_on")

    # putting in
    def add_user(self, username: str, password: str = "", **more: object) -> User:
        """A new account; `more` are fields of `User`."""
        now = self.now()
        fields: Wire = {"create_at": now, "update_at": now, "email": f"{username}@example.com", **more}
        user = User(id=self.new_id(), username=username, password=password, **fields)
        self.users[user.id] = user
        self.usernames[username.lower()] = user.id
        self.statuses[user.id] = Status()
        return user

    def keep(self, post: Post) -> Post:
        """Files one post in every index; no event, no counting."""
        self.posts[post.id] = post
        line = self.timelines.setdefault(post.channel_id, [])
        insort(line, post, key=lambda other: other.create_at)
        if post.root_id and not post.original_id:
            insort(self.replies.setdefault(post.root_id, []), post, key=lambda other: other.create_at)
        return post

    def count(self, post: Post) -> None:
        """Moves the channel's counters for a new post."""
        channel = self.channels[post.channel_id]
        channel.last_post_at = max(channel.last_post_at, post.create_at)
        if not post.is_join_leave:
            channel.total_msg_count += 1
            channel.total_msg_count_root += not post.root_id

    def post(self, channel: Channel, user: User | str, message: str, **more: object) -> Post:
        """Somebody writes, as over the API (counters, mentions, events). `more`: root_id, props, type …"""
        author = self.user(user) if isinstance(user, str) else user
        fields: Wire = dict(more)
        return posting.write(self, channel, author, message, **fields)

    def member(self, channel_id: str, user_id: str) -> Member | None:
        channel = self.channels.get(channel_id)
        return channel.members.get(user_id) if channel else None
