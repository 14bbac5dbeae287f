"""Channels, categories, teams and people as they are arranged: made, changed, put away, invited.

Invariant: what is left out of a category is reset by the server, so categories travel whole.
Source: mattermost-facts §4, §10, §14; recordings 17–25, 50.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.core import fields, wire
from tui.core.ids import CategoryId, ChannelId, Millis, TeamId, UserId
from tui.core.models import Category, Channel, Json, Membership, Team, User, UserGroup
from tui.net.api.base import PAGE, Endpoints, path, whole

MOST_FOUND = 50


class Company(Endpoints):
    # channels
    async def create_channel(
        self,
        team_id: TeamId,
        name: str,
        display_name: str,
        *,
        private: bool = False,
        purpose: str = "",
        header: str = "",
    ) -> Channel:
        """`POST /channels`; I am in it and its admin. A name that is taken is Refused (400)."""
        body = {
            "team_id": team_id,
            "name": name,
            "display_name": display_name,
            "type": "P" if private else "O",
            "purpose": purpose,
            "header": header,
        }
        return _channel((await self.ask("POST", "/channels", body=body)).value)

    async def patch_channel(self, channel_id: ChannelId, fields: Mapping[str, str]) -> Channel:
        """`PUT /channels/{c}/patch`: any of display_name, name, header, purpose."""
        answer = await self.ask("PUT", path("channels", channel_id, "patch"), body=dict(fields))
        return _channel(answer.value)

    async def make_private(self, channel_id: ChannelId) -> Channel:
        """`PUT /channels/{c}/privacy`; Refused (403) to whoever may not, (400) for the default channel."""
        answer = await self.ask("PUT", path("channels", channel_id, "privacy"), body={"privacy": "P"})
        return _channel(answer.value)

    async def archive_channel(self, channel_id: ChannelId) -> None:
        await self.ask("DELETE", path("channels", channel_id))

    async def restore_channel(self, channel_id: ChannelId) -> Channel:
        """Refused (403) to whoever does not administer the team."""
        return _channel((await self.ask("POST", path("channels", channel_id, "restore"))).value)

    async def fetch_public_channels(self, team_id: TeamId, page: int = 0) -> list[Channel]:
        """One page (200) of the team's public channels by name; fewer = the last page."""
        place = path("teams", team_id, "channels")
        return wire.channels(await self.get(place, {"page": page, "per_page": PAGE}))

    async def fetch_archived_channels(self, team_id: TeamId, page: int = 0) -> list[Channel]:
        """One page (200): the public ones and those that I was in."""
        place = path("teams", team_id, "channels", "deleted")
        return wire.channels(await self.get(place, {"page": page, "per_page": PAGE}))

    async def fetch_channel_members(self, channel_id: ChannelId, page: int = 0) -> list[Membership]:
        """One page (200) of everybody's rows; others' rows have no counters of use."""
        place = path("channels", channel_id, "members")
        return wire.memberships(await self.get(place, {"page": page, "per_page": PAGE}))

    async def put_channel_admin(self, channel_id: ChannelId, user_id: UserId, admin: bool) -> None:
        place = path("channels", channel_id, "members", user_id, "schemeRoles")
        await self.ask("PUT", place, body={"scheme_user": True, "scheme_admin": admin})

    # categories
    async def create_category(
        self, user_id: UserId, team_id: TeamId, name: str, channel_ids: Sequence[ChannelId]
    ) -> Category:
        body: dict[str, Json] = {
            "user_id": user_id,
            "team_id": team_id,
            "display_name": name,
            "channel_ids": list(channel_ids),
        }
        made = wire.category((await self.ask("POST", _categories(team_id), body=body)).value)
        return whole(made, made.id)

    async def put_categories(self, team_id: TeamId, categories: Sequence[Json]) -> None:
        """Stores whole categories; a channel that is named in one leaves the others."""
        await self.ask("PUT", _categories(team_id), body=list(categories))

    async def delete_category(self, team_id: TeamId, category_id: CategoryId) -> None:
        """Its channels go back to where they belong; the built-in ones are Refused (400)."""
        await self.ask("DELETE", _categories(team_id) + path(category_id))

    async def put_category_order(self, team_id: TeamId, order: Sequence[CategoryId]) -> None:
        """`order` holds exactly all ids."""
        await self.ask("PUT", _categories(team_id) + "/order", body=list(order))

    # teams
    async def fetch_team(self, team_id: TeamId) -> Team:
        """With `invite_id` where I may invite."""
        return _team(await self.get(path("teams", team_id)))

    async def fetch_open_teams(self) -> list[Team]:
        """Teams that anybody may join, mine among them."""
        rows = wire.teams(await self.get("/teams", {"page": 0, "per_page": PAGE}))
        return [team for team in rows if not team.delete_at]

    async def fetch_invited_team(self, invite_id: str) -> Team:
        """`GET /teams/invite/{id}`: names only, the id is not told."""
        return wire.team(await self.get(path("teams", "invite", invite_id)))

    async def join_team(self, team_id: TeamId, user_id: UserId) -> None:
        """Also adds somebody else, where I may."""
        body = {"team_id": team_id, "user_id": user_id}
        await self.ask("POST", path("teams", team_id, "members"), body=body)

    async def join_team_by_invite(self, invite_id: str) -> TeamId:
        answer = await self.ask("POST", "/teams/members/invite", params={"invite_id": invite_id})
        return whole(fields.text(fields.obj(answer.value), "team_id"))

    async def invite_by_mail(self, team_id: TeamId, addresses: Sequence[str]) -> list[str]:
        """`POST /teams/{t}/invite/email`; those that the server did not invite, all others got a mail.

        Refused (501) where mails of invitation are switched off, (403) to whoever may not invite.
        """
        place = path("teams", team_id, "invite", "email")
        rows = (await self.ask("POST", place, body=list(addresses), params={"graceful": "true"})).value
        told = [fields.obj(row) for row in rows] if isinstance(rows, list) else []
        return [fields.text(row, "email") for row in told if row.get("error")]

    async def leave_team(self, team_id: TeamId, user_id: UserId) -> None:
        await self.ask("DELETE", path("teams", team_id, "members", user_id))

    # people
    async def search_users(
        self, term: str, *, team_id: TeamId = "", not_in_channel: ChannelId = ""
    ) -> list[User]:
        """`POST /users/search`: by the start of any of their names, at most 50, active ones."""
        asked: dict[str, Json] = {"term": term, "team_id": team_id, "limit": MOST_FOUND}
        if not_in_channel:
            asked["not_in_channel_id"] = not_in_channel
        body = {key: value for key, value in asked.items() if value}
        return wire.users((await self.ask("POST", "/users/search", body=body)).value)

    async def put_status_until(self, user_id: UserId, status: str, until: Millis) -> None:
        """My presence until a time; the wire wants seconds. 5.37 keeps the status without the time."""
        body = {"user_id": user_id, "status": status, "dnd_end_time": until // 1000}
        await self.ask("PUT", path("users", user_id, "status"), body=body)

    async def fetch_groups(self, text: str = "") -> list[UserGroup]:
        """`GET /groups`: those that may be mentioned; licensed servers only."""
        params: dict[str, str | int] = {"filter_allow_reference": "true", "include_member_count": "true"}
        if text:
            params["q"] = text
        params["per_page"] = 100
        return wire.groups(await self.get("/groups", params))

    async def fetch_group_members(self, group_id: str) -> list[User]:
        value = fields.obj(await self.get(path("groups", group_id, "members"), {"per_page": PAGE}))
        return wire.users(value.get("members"))


def _categories(team_id: TeamId) -> str:
    return path("users", "me", "teams", team_id, "channels", "categories")


def _channel(value: Json) -> Channel:
    channel = wire.channel(value)
    return whole(channel, channel.id)


def _team(value: Json) -> Team:
    team = wire.team(value)
    return whole(team, team.id)
