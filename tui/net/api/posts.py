"""Posts, reactions, threads and search.

Invariant: pages are always asked with `skipFetchThreads=true`: only then is the page as long as asked and are
the reply counts right (5.37).
"""

from __future__ import annotations

from tui.core import wire
from tui.core.errors import BadAnswer
from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Json, Post, PostPage, Reaction, Thread
from tui.core.ports import NewPost, Tagged
from tui.net.address import segment
from tui.net.answers import Answer
from tui.net.api.base import PAGE, Endpoints, path, whole

THREADS = 60
FOUND = 100
"""Most hits of a search; the database search knows no second page."""


class Posts(Endpoints):
    appear_online = True
    """False: posting does not turn one's own status to online."""

    async def fetch_posts(
        self,
        channel_id: ChannelId,
        *,
        page: int = 0,
        per_page: int = 30,
        before: PostId = "",
        after: PostId = "",
        etag: str = "",
    ) -> Tagged[PostPage]:
        """A page of a channel, newest first. An unknown anchor looks like the start of the channel."""
        params: dict[str, str | int] = {
            "page": page,
            "per_page": min(PAGE, per_page),
            "skipFetchThreads": "true",
        }
        params |= {key: anchor for key, anchor in (("before", before), ("after", after)) if anchor}
        return await self.tagged(path("channels", channel_id, "posts"), wire.post_page, etag, params)

    async def fetch_posts_since(self, channel_id: ChannelId, since: Millis) -> PostPage:
        """Everything whose update_at is greater: new, edited, deleted; distrust 1,000 rows and more."""
        params = {"since": since, "skipFetchThreads": "true"}
        answer: Answer = await self.driver.posts.get_posts_for_channel(segment(channel_id), params=params)
        return wire.post_page(answer.value)

    async def fetch_post(self, post_id: PostId) -> Post:
        answer: Answer = await self.driver.posts.get_post(segment(post_id))
        return _post(answer.value)

    async def fetch_thread(self, post_id: PostId) -> PostPage:
        """The whole thread of any of its posts, newest first, root included."""
        answer: Answer = await self.driver.posts.get_thread(segment(post_id))
        return wire.thread_page(answer.value)

    async def fetch_pinned(self, channel_id: ChannelId) -> PostPage:
        answer: Answer = await self.driver.channels.get_channel_pinned_posts(segment(channel_id))
        return wire.post_page(answer.value)

    async def create_post(self, post: NewPost) -> Post:
        """`POST /posts`, sent once. BadAnswer("tele.answer.shape") for a reply about another post."""
        params = None if self.appear_online else {"set_online": "false"}
        created = _post((await self.ask("POST", "/posts", params=params, body=_body(post))).value)
        if (created.channel_id, created.root_id) != (post.channel_id, post.root_id):
            raise BadAnswer("tele.answer.shape", "another post")
        return created

    async def patch_post(self, post_id: PostId, message: str) -> Post:
        """Edits the text; pins and props stay (a PUT of the whole post would drop them)."""
        answer: Answer = await self.driver.posts.patch_post(segment(post_id), {"message": message})
        return _post(answer.value)

    async def delete_post(self, post_id: PostId) -> None:
        """Replies vanish with their root. A second time is refused with 403."""
        await self.driver.posts.delete_post(segment(post_id))

    async def pin_post(self, post_id: PostId, pinned: bool) -> None:
        posts = self.driver.posts
        await (posts.pin_post_to_channel if pinned else posts.unpin_post_to_channel)(segment(post_id))

    async def add_reaction(self, user_id: UserId, post_id: PostId, emoji_name: str) -> Reaction:
        body = {"user_id": user_id, "post_id": post_id, "emoji_name": emoji_name, "create_at": 0}
        answer: Answer = await self.driver.reactions.create_reaction(body)
        reaction = wire.reaction(answer.value)
        return whole(reaction, reaction.post_id, reaction.user_id, reaction.emoji_name)

    async def remove_reaction(self, post_id: PostId, emoji_name: str) -> None:
        await self.driver.reactions.delete_reaction("me", segment(post_id), segment(emoji_name))

    async def search_posts(
        self, team_id: TeamId, terms: str, *, is_or_search: bool = False, time_zone_offset: int = 0
    ) -> PostPage:
        """Up to 100 hits in the team and in my DMs. `time_zone_offset` in seconds east of UTC."""
        body: dict[str, Json] = {
            "terms": terms,
            "is_or_search": is_or_search,
            "time_zone_offset": time_zone_offset,
            "include_deleted_channels": True,
            "page": 0,
            "per_page": FOUND,
        }
        answer: Answer = await self.driver.posts.search_for_team_posts(segment(team_id), body)
        return wire.post_page(answer.value)

    async def fetch_threads(
        self,
        user_id: UserId,
        team_id: TeamId,
        *,
        since: Millis = 0,
        unread: bool = False,
        before: PostId = "",
    ) -> list[Thread]:
        """Followed threads, newest reply first. With `since` deleted ones come too, as not followed."""
        params: dict[str, str | int] = {"pageSize": THREADS, "per_page": THREADS}
        if since:
            params |= {"since": since, "deleted": "true"}
        if unread:
            params["unread"] = "true"
        if before:
            params["before"] = before
        place = path("users", user_id, "teams", team_id, "threads")
        return wire.threads(await self.get(place, params), team_id)

    async def read_thread(self, user_id: UserId, team_id: TeamId, root_id: PostId, at: Millis) -> None:
        """Marks a thread read up to a moment."""
        await self.ask("PUT", path("users", user_id, "teams", team_id, "threads", root_id, "read", str(at)))

    async def follow_thread(self, user_id: UserId, team_id: TeamId, root_id: PostId, following: bool) -> None:
        place = path("users", user_id, "teams", team_id, "threads", root_id, "following")
        await self.ask("PUT" if following else "DELETE", place)


def _post(value: Json) -> Post:
    post = wire.post(value)
    return whole(post, post.id, post.channel_id)


def _body(post: NewPost) -> dict[str, Json]:
    """Wire body; what is empty is left out, as older servers want it."""
    body: dict[str, Json] = {"channel_id": post.channel_id, "message": post.message}
    if post.root_id:
        body["root_id"] = post.root_id
    if post.file_ids:
        body["file_ids"] = list(post.file_ids)
    if post.props:
        body["props"] = dict(post.props)
    if post.pending_post_id:
        body["pending_post_id"] = post.pending_post_id
    if post.priority or post.wants_ack:
        urgency: dict[str, Json] = {"priority": post.priority, "requested_ack": post.wants_ack}
        body["metadata"] = {"priority": urgency}
    return body
