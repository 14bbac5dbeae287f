"""Channels, my membership in them, and the sidebar's categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.core import fields, wire
from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Categories, Channel, Json, Membership
from tui.core.ports import Tagged
from tui.net.address import segment
from tui.net.answers import Answer
from tui.net.api.base import Endpoints, path, whole


class Channels(Endpoints):
    async def fetch_channels(
        self, team_id: TeamId, etag: str = "", last_delete_at: Millis | None = None
    ) -> Tagged[list[Channel]]:
        """My channels of a team and all DMs and GMs; with `last_delete_at` also those archived after it."""
        params: dict[str, str | int] = {}
        if last_delete_at is not None:
            params = {"include_deleted": "true", "last_delete_at": last_delete_at}
        place = path("users", "me", "teams", team_id, "channels")
        return await self.tagged(place, wire.channels, etag, params)

    async def fetch_memberships(self, team_id: TeamId) -> list[Membership]:
        """My rows in these channels. Replace what is stored: a removal leaves no trace here."""
        answer: Answer = await self.driver.channels.get_channel_members_for_user("me", segment(team_id))
        return wire.memberships(answer.value)

    async def fetch_categories(self, team_id: TeamId) -> Categories:
        place = path("users", "me", "teams", team_id, "channels", "categories")
        return wire.categories(await self.get(place), team_id)

    async def put_category(self, category: Json, team_id: TeamId) -> None:
        """Stores one whole category object: what is left out of it is reset by the server."""
        category_id = fields.text(fields.obj(category), "id")
        place = path("users", "me", "teams", team_id, "channels", "categories", category_id)
        await self.ask("PUT", place, body=category)

    async def fetch_channel(self, channel_id: ChannelId) -> Channel:
        answer: Answer = await self.driver.channels.get_channel(segment(channel_id))
        return _channel(answer.value)

    async def fetch_channel_by_name(self, team_id: TeamId, name: str) -> Channel:
        answer: Answer = await self.driver.channels.get_channel_by_name(segment(team_id), segment(name))
        return _channel(answer.value)

    async def fetch_membership(self, channel_id: ChannelId) -> Membership:
        answer: Answer = await self.driver.channels.get_channel_member(segment(channel_id), "me")
        return _membership(answer.value)

    async def fetch_member_count(self, channel_id: ChannelId) -> int:
        answer: Answer = await self.driver.channels.get_channel_statistics(segment(channel_id))
        return fields.number(fields.obj(answer.value), "member_count")

    async def view_channel(
        self, channel_id: ChannelId, prev_channel_id: ChannelId = ""
    ) -> Mapping[ChannelId, Millis]:
        """Marks both read, `channel_id` as looked at ("" = none); returns last_viewed_at by channel."""
        body = {
            "channel_id": channel_id,
            "prev_channel_id": prev_channel_id,
            "collapsed_threads_supported": True,
        }
        answer: Answer = await self.driver.channels.view_channel("me", body)
        return wire.viewed_times(answer.value)

    async def set_unread(self, post_id: PostId) -> Membership:
        """Unread from this post on; `msg_count` of the answer is what counts as read now."""
        place = path("users", "me", "posts", post_id, "set_unread")
        answer = await self.ask("POST", place, body={"collapsed_threads_supported": True})
        return _membership(answer.value)

    async def create_direct(self, user_ids: Sequence[UserId]) -> Channel:
        """The direct channel of two people (both ids), made if it does not exist yet."""
        answer: Answer = await self.driver.channels.create_direct_message_channel(list(user_ids))
        return _channel(answer.value)

    async def create_group(self, user_ids: Sequence[UserId]) -> Channel:
        """The group channel of 3 to 8 people, made if it does not exist yet."""
        answer: Answer = await self.driver.channels.create_group_message_channel(list(user_ids))
        return _channel(answer.value)

    async def search_channels(self, team_id: TeamId, term: str) -> list[Channel]:
        """Public channels of the team, joined or not."""
        answer: Answer = await self.driver.channels.search_channels(segment(team_id), {"term": term})
        return wire.channels(answer.value)

    async def join_channel(self, channel_id: ChannelId, user_id: UserId) -> Membership:
        answer: Answer = await self.driver.channels.add_user(segment(channel_id), {"user_id": user_id})
        return _membership(answer.value)

    async def leave_channel(self, channel_id: ChannelId, user_id: UserId) -> None:
        await self.driver.channels.remove_channel_member(segment(channel_id), segment(user_id))

    async def put_notify_props(
        self, channel_id: ChannelId, user_id: UserId, props: Mapping[str, str]
    ) -> None:
        """Merges keys into my notification settings of the channel (`mark_unread: mention` = mute)."""
        await self.driver.channels.update_channel_notifications(
            segment(channel_id), segment(user_id), dict(props)
        )


def _channel(value: Json) -> Channel:
    channel = wire.channel(value)
    return whole(channel, channel.id)


def _membership(value: Json) -> Membership:
    member = wire.membership(value)
    return whole(member, member.channel_id, member.user_id)
