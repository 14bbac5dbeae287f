"""A Mattermost server in memory, as one person sees it: the state, the socket, and scripted faults.

It keeps the traps of 5.37 that the engine must survive: counters by its own rules, ghost rows and a cut
`since`, unknown anchors with empty pages, pending ids for 30 s, resume of 128 events, with two hellos when
it fails.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from tests.support.memory_wire import event_text, member_json, post_json, reaction_json
from tui.core.errors import BadAnswer, Offline, Refused, ServerTrouble, SignedOut, TeleteamError
from tui.core.models import (
    Categories,
    Category,
    Channel,
    FileInfo,
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
from tui.core.ports import Clock, NewPost, SocketOpened, SocketText, Tagged, Traffic
from tui.core.unread import UNCOUNTED_TYPES

HISTORY = 128
SINCE_LIMIT = 1000
PENDING_SECONDS = 30.0


class Connection:
    """One connection id with what was sent on it; it outlives its socket for a while."""

    def __init__(self, connection_id: str) -> None:
        self.id = connection_id
        self.next_seq = 0
        self.history: deque[tuple[int, str]] = deque(maxlen=HISTORY)
        self.socket: Socket | None = None

    def emit(self, name: str, data: Mapping[str, Any], **scope: str) -> None:
        text = event_text(name, self.next_seq, data, **scope)
        self.history.append((self.next_seq, text))
        self.next_seq += 1
        if self.socket is not None:
            self.socket.put(text)


class Socket:
    """One open WebSocket: frames to the client, until it is cut."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str | Exception | None] = asyncio.Queue()
        self.silent = False
        """A black hole: nothing arrives any more, nothing closes."""

    def put(self, item: str | Exception | None) -> None:
        if not self.silent:
            self.queue.put_nowait(item)


class MemoryServer:
    """`me` is the person whose client is tested; others act through `say` and the like."""

    def __init__(self, clock: Clock, me: str = "me") -> None:
        self.clock = clock
        self.me = me
        self.at = clock.now()
        self.users = {me: User(me, me, update_at=1, notify_props={"desktop": "all"})}
        self.teams = {"t1": Team("t1", "one", "One"), "t2": Team("t2", "two", "Two")}
        self.channels: dict[str, Channel] = {}
        self.members: dict[str, Membership] = {}
        self.posts: dict[str, Post] = {}
        self.ghosts: list[Post] = []
        self.preferences: list[Preference] = []
        self.statuses: dict[str, str] = {}
        self.connections: dict[str, Connection] = {}
        self.pending: dict[str, tuple[float, str]] = {}
        self.requests: list[str] = []
        self.faults: dict[str, list[TeleteamError | Callable[[], None]]] = {}
        self.lost_replies: dict[str, int] = {}
        self.down: TeleteamError | None = None
        self.session_dead = False
        self.token = "good"
        self.connects = 0
        self.resumable = True
        self._ids = 0
        self.config: dict[str, str] = {}
        self.viewed: list[tuple[str, str]] = []
        self.typed: list[dict[str, Any]] = []

    # the world

    def tick(self) -> int:
        """The server's time: later each time it is asked."""
        self.at = max(self.at + 1, self.at)
        return self.at

    def new_id(self, kind: str = "p") -> str:
        self._ids += 1
        return f"{kind}{self._ids:06d}"

    def add_channel(
        self, channel_id: str, team_id: str = "t1", kind: str = "O", *, joined: bool = True
    ) -> None:
        at = self.tick()
        name = f"{self.me}__bob" if kind == "D" else channel_id
        self.channels[channel_id] = Channel(
            channel_id,
            kind,
            name,
            channel_id.title(),
            "" if kind in "DG" else team_id,
            create_at=at,
            update_at=at,
        )
        if joined:
            self.members[channel_id] = Membership(channel_id, self.me)

    def add_user(self, user_id: str) -> None:
        self.users.setdefault(user_id, User(user_id, user_id, update_at=self.tick()))

    def emit(self, name: str, data: Mapping[str, Any], **scope: str) -> None:
        """To all connections of the person, dead ones included: they may resume."""
        for connection in self.connections.values():
            connection.emit(name, data, **scope)

    def say(
        self,
        channel_id: str,
        text: str,
        user_id: str = "bob",
        *,
        root_id: str = "",
        mention: bool = False,
        kind: str = "",
        quiet: bool = False,
        props: Mapping[str, Any] = MappingProxyType({}),
        pending: str = "",
        file_ids: tuple[str, ...] = (),
    ) -> Post:
        """Somebody posts; `quiet` = the event is lost on its way into the hub (for hidden gaps)."""
        self.add_user(user_id)
        at = self.tick()
        post = Post(
            self.new_id(),
            channel_id,
            user_id,
            text,
            root_id,
            kind,
            at,
            at,
            props=dict(props),
            file_ids=file_ids,
        )
        if root_id:
            root = self.posts[root_id]
            root = replace(root, reply_count=root.reply_count + 1, last_reply_at=at, update_at=self.tick())
            self.posts[root_id] = root
            post = replace(post, reply_count=root.reply_count)
        self.posts[post.id] = replace(post, reply_count=0)
        self._count(post, mention)
        if not quiet:
            data = {
                "post": json.dumps(post_json(replace(post, pending_post_id=pending))),
                "channel_type": self.channels[channel_id].type,
                "team_id": self.channels[channel_id].team_id,
                "sender_name": user_id,
            }
            if mention:
                data["mentions"] = json.dumps([self.me])
            if channel_id in self.members:
                self.emit("posted", data, channel_id=channel_id)
        if user_id == self.me:
            self.view(channel_id)
        return post

    def _count(self, post: Post, mention: bool) -> None:
        counted = 0 if post.type in UNCOUNTED_TYPES else 1
        root = 0 if post.root_id else counted
        channel = self.channels[post.channel_id]
        self.channels[channel.id] = replace(
            channel,
            total_msg_count=channel.total_msg_count + counted,
            total_msg_count_root=channel.total_msg_count_root + root,
            last_post_at=post.create_at,
        )
        member = self.members.get(channel.id)
        if mention and member:
            self.members[channel.id] = replace(
                member,
                mention_count=member.mention_count + 1,
                mention_count_root=member.mention_count_root + (0 if post.root_id else 1),
            )

    def edit(self, post_id: str, text: str) -> None:
        old = self.posts[post_id]
        at = self.tick()
        ghost = replace(old, id=self.new_id("g"), original_id=old.id, delete_at=at, update_at=at)
        self.ghosts.append(ghost)
        post = replace(old, message=text, edit_at=at, update_at=at)
        self.posts[post_id] = post
        self.emit("post_edited", {"post": json.dumps(post_json(post))}, channel_id=post.channel_id)

    def delete(self, post_id: str) -> None:
        post = self.posts[post_id]
        shown = json.dumps(post_json(post))
        at = self.tick()
        for one in [post, *(reply for reply in self.posts.values() if reply.root_id == post_id)]:
            self.posts[one.id] = replace(
                one, delete_at=at, update_at=at, message="", reactions=(), props={}, reply_count=0
            )
        self.emit("post_deleted", {"post": shown}, channel_id=post.channel_id)

    def react(self, post_id: str, emoji: str, user_id: str = "bob") -> None:
        at = self.tick()
        reaction = Reaction(post_id, user_id, emoji, at)
        post = self.posts[post_id]
        kept = tuple(one for one in post.reactions if (one.user_id, one.emoji_name) != (user_id, emoji))
        self.posts[post_id] = replace(post, reactions=(*kept, reaction), update_at=self.tick())
        self.emit(
            "reaction_added", {"reaction": json.dumps(reaction_json(reaction))}, channel_id=post.channel_id
        )

    def unreact(self, post_id: str, emoji: str, user_id: str = "bob") -> None:
        post = self.posts[post_id]
        gone = Reaction(post_id, user_id, emoji)
        kept = tuple(one for one in post.reactions if (one.user_id, one.emoji_name) != (user_id, emoji))
        at = self.tick()
        self.posts[post_id] = replace(post, reactions=kept, update_at=self.tick())
        told = json.dumps(reaction_json(gone, removed_at=at))
        self.emit("reaction_removed", {"reaction": told}, channel_id=post.channel_id)

    def pin(self, post_id: str, pinned: bool) -> None:
        post = replace(self.posts[post_id], is_pinned=pinned, update_at=self.tick())
        self.posts[post_id] = post
        self.emit("post_edited", {"post": json.dumps(post_json(post))}, channel_id=post.channel_id)

    def view(self, channel_id: str) -> None:
        channel, member = self.channels[channel_id], self.members.get(channel_id)
        if member is None:
            return
        self.members[channel_id] = replace(
            member,
            msg_count=channel.total_msg_count,
            msg_count_root=channel.total_msg_count_root,
            mention_count=0,
            mention_count_root=0,
            last_viewed_at=channel.last_post_at,
        )
        self.emit("channel_viewed", {"channel_id": channel_id}, user_id=self.me)

    def archive(self, channel_id: str) -> None:
        at = self.tick()
        self.channels[channel_id] = replace(self.channels[channel_id], delete_at=at, update_at=at)
        self.emit("channel_deleted", {"channel_id": channel_id, "delete_at": at}, team_id="t1")

    def remove_me(self, channel_id: str) -> None:
        del self.members[channel_id]
        self.emit("user_removed", {"channel_id": channel_id, "remover_id": "bob"}, user_id=self.me)

    # the line

    def cut(self) -> None:
        """All sockets break; connection ids stay resumable."""
        for connection in self.connections.values():
            if connection.socket is not None:
                connection.socket.put(Offline("reset"))
                connection.socket = None

    def forget_connections(self) -> None:
        """A restart: nothing can be resumed."""
        self.cut()
        self.connections.clear()

    @property
    def online(self) -> bool:
        return any(connection.socket is not None for connection in self.connections.values())

    def alive(self, channel_id: str) -> dict[str, Post]:
        return {
            post.id: post
            for post in self.posts.values()
            if post.channel_id == channel_id and not post.delete_at
        }

    def fail(self, name: str, *errors: TeleteamError | Callable[[], None]) -> None:
        """The next calls of `name` fail so, before anything happens."""
        self.faults.setdefault(name, []).extend(errors)

    def lose_replies(self, name: str, times: int = 1) -> None:
        """The next calls of `name` do their work, but the answer never arrives."""
        self.lost_replies[name] = times

    def count(self, *names: str) -> int:
        return sum(1 for request in self.requests if not names or request in names)


class MemoryApi:
    """The REST side, as `core.ports.ServerApi`."""

    def __init__(self, server: MemoryServer) -> None:
        self.server = server
        self.token = server.token

    def set_token(self, token: str) -> None:
        self.token = token

    def traffic(self) -> Traffic:
        return Traffic(requests=len(self.server.requests))

    async def close(self) -> None:
        return None

    async def _enter(self, name: str) -> MemoryServer:
        server = self.server
        server.requests.append(name)
        await asyncio.sleep(0)
        if server.down is not None:
            raise server.down
        faults = server.faults.get(name)
        if faults:
            fault = faults.pop(0)
            if isinstance(fault, TeleteamError):
                raise fault
            fault()
        if server.session_dead or self.token != server.token:
            raise SignedOut("api.context.session_expired.app_error", status=401)
        return server

    def _leave(self, name: str) -> None:
        left = self.server.lost_replies.get(name, 0)
        if left:
            self.server.lost_replies[name] = left - 1
            raise Offline("reset")

    async def fetch_me(self, etag: str = "") -> Tagged[User]:
        server = await self._enter("me")
        return Tagged(None if etag == "me1" else server.users[server.me], "me1")

    async def fetch_config(self) -> ServerConfig:
        server = await self._enter("config")
        return ServerConfig({"Version": "5.37.0", "MaxPostSize": "16383", **server.config})

    async def fetch_preferences(self) -> list[Preference]:
        return list((await self._enter("preferences")).preferences)

    async def fetch_teams(self) -> list[Team]:
        return list((await self._enter("teams")).teams.values())

    async def fetch_team_unreads(self) -> list[TeamUnread]:
        server = await self._enter("team_unreads")
        return [self._unread(server, team_id) for team_id in server.teams]

    def _unread(self, server: MemoryServer, team_id: str) -> TeamUnread:
        rows = [(server.channels[one], row) for one, row in server.members.items()]
        mine = [(channel, row) for channel, row in rows if channel.team_id == team_id]
        return TeamUnread(
            team_id,
            sum(channel.total_msg_count - row.msg_count for channel, row in mine),
            sum(row.mention_count for _, row in mine),
        )

    def _mine(self, server: MemoryServer, team_id: str) -> list[Channel]:
        channels = (server.channels[one] for one in server.members)
        return [one for one in channels if one.team_id in ("", team_id) and not one.delete_at]

    async def fetch_channels(
        self, team_id: str, etag: str = "", last_delete_at: int | None = None
    ) -> Tagged[list[Channel]]:
        server = await self._enter("channels")
        if team_id not in server.teams:
            raise Refused("api.context.permissions.app_error", status=403)
        mine = self._mine(server, team_id)
        tag = f"{max((max(one.last_post_at, one.update_at) for one in mine), default=0)}.{len(mine)}"
        return Tagged(None if etag == tag else mine, tag)

    async def fetch_memberships(self, team_id: str) -> list[Membership]:
        server = await self._enter("memberships")
        return [server.members[one.id] for one in self._mine(server, team_id)]

    async def fetch_categories(self, team_id: str) -> Categories:
        server = await self._enter("categories")
        ids = tuple(one.id for one in self._mine(server, team_id))
        return Categories(team_id, (Category(f"channels_{team_id}", team_id, "channels", channel_ids=ids),))

    async def fetch_channel(self, channel_id: str) -> Channel:
        server = await self._enter("channel")
        if channel_id not in server.channels:
            raise Refused("api.context.permissions.app_error", status=403)
        return server.channels[channel_id]

    async def fetch_membership(self, channel_id: str) -> Membership:
        server = await self._enter("membership")
        if channel_id not in server.members:
            raise Refused("store.sql_channel.get_member.missing.app_error", status=404)
        return server.members[channel_id]

    async def view_channel(self, channel_id: str, prev_channel_id: str = "") -> Mapping[str, int]:
        server = await self._enter("view")
        server.viewed.append((channel_id, prev_channel_id))
        for one in (channel_id, prev_channel_id):
            if one in server.members:
                server.view(one)
        return {}

    async def set_unread(self, post_id: str) -> Membership:
        server = await self._enter("set_unread")
        post = server.posts[post_id]
        newer = [one for one in server.alive(post.channel_id).values() if one.create_at >= post.create_at]
        row = replace(
            server.members[post.channel_id],
            msg_count=server.channels[post.channel_id].total_msg_count - len(newer),
            msg_count_root=server.channels[post.channel_id].total_msg_count_root
            - sum(1 for one in newer if not one.root_id),
            last_viewed_at=post.create_at - 1,
        )
        server.members[post.channel_id] = row
        server.emit(
            "post_unread", {**member_json(row), "post_id": post_id}, channel_id=post.channel_id, team_id="t1"
        )
        return row

    # posts

    def _page(self, server: MemoryServer, posts: list[Post], older: bool) -> PostPage:
        """`posts` newest first."""
        order = tuple(post.id for post in posts)
        roots = {post.root_id: server.posts[post.root_id] for post in posts if post.root_id in server.posts}
        alive_roots = {one: root for one, root in roots.items() if not root.delete_at}
        return PostPage(
            order, {**alive_roots, **{post.id: post for post in posts}}, "", "older" if older else ""
        )

    async def fetch_posts(
        self,
        channel_id: str,
        *,
        page: int = 0,
        per_page: int = 30,
        before: str = "",
        after: str = "",
        etag: str = "",
    ) -> Tagged[PostPage]:
        server = await self._enter("posts")
        if channel_id not in server.members:
            raise Refused("api.context.permissions.app_error", status=403)
        posts = sorted(
            server.alive(channel_id).values(), key=lambda one: (one.create_at, one.id), reverse=True
        )
        if before:
            anchor = server.posts.get(before)
            if anchor is None:
                return Tagged(PostPage((), {}))
            posts = [one for one in posts if one.create_at < anchor.create_at]
        if after:
            mark = server.posts[after]
            newer = [one for one in posts if one.create_at > mark.create_at]
            self._leave("posts")
            return Tagged(self._page(server, newer[-per_page:], True))
        shown = posts[page * per_page : (page + 1) * per_page]
        older = bool(shown) and posts[-1].create_at < shown[-1].create_at
        answer = self._page(server, shown, older)
        self._leave("posts")
        return Tagged(answer, f"{max((one.update_at for one in posts), default=0)}")

    async def fetch_posts_since(self, channel_id: str, since: int) -> PostPage:
        server = await self._enter("since")
        if channel_id not in server.members:
            raise Refused("api.context.permissions.app_error", status=403)
        changed = [
            one
            for one in (*server.posts.values(), *server.ghosts)
            if one.channel_id == channel_id and one.update_at > since
        ]
        if len(changed) > SINCE_LIMIT:
            changed = sorted(changed, key=lambda one: one.id[::-1])[:SINCE_LIMIT]
        answer = self._page(server, changed, older=False)
        self._leave("since")
        return answer

    async def fetch_post(self, post_id: str) -> Post:
        server = await self._enter("post")
        post = server.posts.get(post_id)
        if post is None or post.delete_at:
            raise Refused("app.post.get.app_error", status=404)
        return post

    async def fetch_thread(self, post_id: str) -> PostPage:
        server = await self._enter("thread")
        post = server.posts.get(post_id)
        if post is None or post.delete_at:
            raise Refused("app.post.get.app_error", status=404)
        root_id = post.root_id or post.id
        found = [
            one for one in server.posts.values() if root_id in (one.id, one.root_id) and not one.delete_at
        ]
        return PostPage(tuple(one.id for one in found), {one.id: one for one in found})

    async def create_post(self, post: NewPost) -> Post:
        server = await self._enter("create_post")
        if post.channel_id not in server.members:
            raise Refused("api.context.permissions.app_error", status=403)
        if server.channels[post.channel_id].delete_at:
            raise Refused("api.post.create_post.can_not_post_to_deleted.error", status=400)
        if post.root_id and (post.root_id not in server.posts or server.posts[post.root_id].delete_at):
            raise Refused("api.post.create_post.root_id.app_error", status=400)
        if "\0" in post.message:
            raise ServerTrouble("app.post.save.app_error", status=500)
        known = server.pending.get(post.pending_post_id)
        if known and server.clock.monotonic() - known[0] < PENDING_SECONDS:
            self._leave("create_post")
            return server.posts[known[1]]
        made = server.say(
            post.channel_id,
            post.message,
            server.me,
            root_id=post.root_id,
            props=post.props or {},
            pending=post.pending_post_id,
            file_ids=post.file_ids,
        )
        server.pending[post.pending_post_id] = (server.clock.monotonic(), made.id)
        self._leave("create_post")
        return replace(made, pending_post_id=post.pending_post_id)

    async def patch_post(self, post_id: str, message: str) -> Post:
        server = await self._enter("patch_post")
        if post_id not in server.posts or server.posts[post_id].delete_at:
            raise Refused("api.context.permissions.app_error", status=403)
        server.edit(post_id, message)
        self._leave("patch_post")
        return server.posts[post_id]

    async def delete_post(self, post_id: str) -> None:
        server = await self._enter("delete_post")
        if post_id not in server.posts or server.posts[post_id].delete_at:
            raise Refused("api.context.permissions.app_error", status=403)
        server.delete(post_id)
        self._leave("delete_post")

    async def pin_post(self, post_id: str, pinned: bool) -> None:
        server = await self._enter("pin_post")
        server.pin(post_id, pinned)

    async def add_reaction(self, user_id: str, post_id: str, emoji_name: str) -> Reaction:
        server = await self._enter("add_reaction")
        server.react(post_id, emoji_name, user_id)
        return server.posts[post_id].reactions[-1]

    async def remove_reaction(self, post_id: str, emoji_name: str) -> None:
        server = await self._enter("remove_reaction")
        server.unreact(post_id, emoji_name, server.me)

    async def fetch_threads(
        self, user_id: str, team_id: str, *, since: int = 0, unread: bool = False, before: str = ""
    ) -> list[Thread]:
        await self._enter("threads")
        return []

    # people and files

    async def fetch_users(self, ids: Sequence[str], since: int = 0) -> list[User]:
        server = await self._enter("users_since" if since else "users")
        found = [server.users[one] for one in ids if one in server.users]
        return [one for one in found if one.update_at > since]

    async def fetch_users_by_names(self, usernames: Sequence[str]) -> list[User]:
        server = await self._enter("users_by_names")
        return [one for one in server.users.values() if one.username in usernames]

    async def fetch_statuses(self, ids: Sequence[str]) -> list[Status]:
        server = await self._enter("statuses")
        return [Status(one, server.statuses.get(one, "offline")) for one in ids]

    def uploads(self) -> dict[str, tuple[int, int]]:
        return {}

    async def upload_file(self, channel_id: str, path: PurePath, **_options: object) -> FileInfo:
        server = await self._enter("upload_file")
        self._leave("upload_file")
        return FileInfo(server.new_id("f"), path.name)


class MemoryStream:
    """One WebSocket, as `core.ports.EventStream`."""

    def __init__(self, api: MemoryApi) -> None:
        self._api = api
        self._server = api.server
        self._socket = Socket()
        self._connection: Connection | None = None

    async def open(
        self, connection_id: str, sequence_number: int
    ) -> AsyncIterator[SocketOpened | SocketText]:
        server = self._server
        server.connects += 1
        await asyncio.sleep(0)
        if server.down is not None:
            raise server.down
        if self._api.token != server.token:
            raise SignedOut("api.context.session_expired.app_error", status=401)
        yield SocketOpened()
        self._attach(connection_id, sequence_number)
        while True:
            item = await self._socket.queue.get()
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            if len(item) > 4_000_000:
                raise BadAnswer("tele.answer.large")
            yield SocketText(item)

    def _attach(self, connection_id: str, number: int) -> None:
        server = self._server
        known = server.connections.get(connection_id) if server.resumable else None
        numbers = {seq for seq, _ in known.history} if known else set()
        if known and (number == known.next_seq or number in numbers):
            self._connection = known
            known.socket = self._socket
            for seq, text in known.history:
                if seq >= number:
                    self._socket.put(text)
            return
        server.connections.pop(connection_id, None)
        self._connection = Connection(server.new_id("c"))
        self._connection.socket = self._socket
        server.connections[self._connection.id] = self._connection
        self._hello()
        if known:
            self._hello()

    def _hello(self) -> None:
        assert self._connection is not None
        self._connection.next_seq = 0
        self._connection.emit("hello", {"connection_id": self._connection.id, "server_version": "5.37.0"})

    async def send(self, text: str) -> None:
        frame = json.loads(text)
        if frame["action"] == "user_typing":
            self._server.typed.append(frame["data"])
        if self._server.session_dead:
            error = {
                "id": "api.context.invalid_token.error",
                "message": f"Invalid session token={self._server.token}, err=",
                "status_code": 401,
            }
            self._socket.put(json.dumps({"status": "FAIL", "seq_reply": frame["seq"], "error": error}))
        else:
            data = self._told(frame["action"], frame.get("data") or {})
            self._socket.put(json.dumps({"status": "OK", "seq_reply": frame["seq"], **data}))

    def _told(self, action: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        if action != "get_statuses_by_ids":
            return {}
        server = self._server
        server.requests.append("socket_statuses")
        return {"data": {one: server.statuses.get(one, "offline") for one in asked["user_ids"]}}

    async def close(self) -> None:
        if self._connection is not None and self._connection.socket is self._socket:
            self._connection.socket = None
