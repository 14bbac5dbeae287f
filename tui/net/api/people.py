"""People: profiles, presence, and one's own preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.core import fields, wire
from tui.core.ids import ChannelId, Millis, TeamId, UserId
from tui.core.models import Preference, Status, User
from tui.net.answers import Answer
from tui.net.api.base import PAGE, Endpoints, batches, path

COMPLETIONS = 25


class People(Endpoints):
    async def fetch_users(self, ids: Sequence[UserId], since: Millis = 0) -> list[User]:
        """`POST /users/ids`; with `since` only those that changed after. Unknown ids are left out."""
        found: dict[UserId, User] = {}
        params = {"since": since} if since else None
        for batch in batches(ids):
            answer = await self.ask("POST", "/users/ids", body=batch, params=params)
            found.update((user.id, user) for user in wire.users(answer.value))
        return list(found.values())

    async def fetch_users_by_names(self, usernames: Sequence[str]) -> list[User]:
        """`POST /users/usernames`; unknown names are left out."""
        found: list[User] = []
        for batch in batches(usernames):
            answer: Answer = await self.driver.users.get_users_by_usernames(batch)
            found += wire.users(answer.value)
        return found

    async def fetch_channel_users(self, channel_id: ChannelId, page: int = 0) -> list[User]:
        """One page (200) of a channel's members by user name; fewer = the last page."""
        params = {"in_channel": channel_id, "page": page, "per_page": PAGE}
        answer: Answer = await self.driver.users.get_users(params=params)
        return wire.users(answer.value)

    async def fetch_group_users(self, channel_ids: Sequence[ChannelId]) -> Mapping[ChannelId, list[User]]:
        """`POST /users/group_channels`: the members of group messages."""
        found: dict[ChannelId, list[User]] = {}
        for batch in batches(channel_ids):
            answer = await self.ask("POST", "/users/group_channels", body=batch)
            found.update(wire.group_users(answer.value))
        return found

    async def autocomplete_users(self, team_id: TeamId, channel_id: ChannelId, name: str) -> list[User]:
        """People whose name begins so: members of the channel first, then others of the team."""
        asked = {"in_team": team_id, "in_channel": channel_id, "name": name, "limit": COMPLETIONS}
        answer: Answer = await self.driver.users.autocomplete_users({k: v for k, v in asked.items() if v})
        groups = fields.obj(answer.value)
        return wire.users(groups.get("users")) + wire.users(groups.get("out_of_channel"))

    async def fetch_statuses(self, ids: Sequence[UserId]) -> list[Status]:
        """`POST /users/status/ids`; ids that do not exist come back as offline."""
        found: list[Status] = []
        for batch in batches(ids):
            answer: Answer = await self.driver.status.get_user_statuses_by_id(batch)
            found += wire.statuses(answer.value)
        return found

    async def put_status(self, user_id: UserId, status: str) -> None:
        """One's own presence: online, away, dnd or offline."""
        await self.driver.status.update_user_status(path(user_id)[1:], {"user_id": user_id, "status": status})

    async def fetch_preferences(self) -> list[Preference]:
        answer: Answer = await self.driver.preferences.get_user_preferences("me")
        return wire.preferences(answer.value)

    async def put_preferences(self, user_id: UserId, preferences: Sequence[Preference]) -> None:
        """Sets them; `user_id` must be one's real id ("me" is refused in a body)."""
        for rows in _rows(user_id, preferences):
            await self.driver.preferences.save_user_preferences("me", rows)

    async def delete_preferences(self, user_id: UserId, preferences: Sequence[Preference]) -> None:
        for rows in _rows(user_id, preferences):
            await self.driver.preferences.delete_user_preferences("me", rows)


def _rows(user_id: UserId, preferences: Sequence[Preference]) -> list[list[dict[str, str]]]:
    """Wire rows in batches; none for no preferences (an empty list would be broadcast as null)."""
    rows = [
        {"user_id": user_id, "category": row.category, "name": row.name, "value": row.value}
        for row in preferences
    ]
    return [rows[at : at + 100] for at in range(0, len(rows), 100)]
