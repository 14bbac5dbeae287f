"""What is done with messages beside writing them: integrations, acknowledgements, reminders, later sending.

Invariant: none of these is asked for where `core.features` says that the server lacks it; a server that lacks
it all the same answers NotSupported. Shapes: the API reference of Mattermost, mattermost-facts §6, §8, §15.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from tui.core import dialogs, fields, wire
from tui.core.dialogs import DialogAnswer, IntegrationDialog
from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Json, Post, PostPage, ScheduledPost, Target
from tui.net.api.base import PAGE, Endpoints, path

EMOJI_PAGES = 25


class Messages(Endpoints):
    async def press_action(
        self, post_id: PostId, action_id: str, *, selected: str = "", cookie: str = ""
    ) -> None:
        """`POST /posts/{id}/actions/{action}`: what comes of it arrives as events."""
        body = {"selected_option": selected, "cookie": cookie}
        await self.ask("POST", path("posts", post_id, "actions", action_id), body=body)

    async def submit_dialog(
        self,
        dialog: IntegrationDialog,
        values: Mapping[str, Json],
        user_id: UserId,
        place: tuple[ChannelId, TeamId],
        *,
        cancelled: bool = False,
    ) -> DialogAnswer:
        """`POST /actions/dialogs/submit`; wrong fields come back with status 200."""
        body: dict[str, Json] = {
            "type": "dialog_submission",
            "url": dialog.url,
            "callback_id": dialog.callback_id,
            "state": dialog.state,
            "user_id": user_id,
            "channel_id": place[0],
            "team_id": place[1],
            "submission": dict(values),
            "cancelled": cancelled,
        }
        answer = await self.ask("POST", "/actions/dialogs/submit", body=body)
        return dialogs.answer_of(answer.value, dialog.url)

    async def fetch_edit_history(self, post_id: PostId) -> list[Post]:
        """Earlier versions of a post of mine, the newest first."""
        value = await self.get(path("posts", post_id, "edit_history"))
        found = fields.each(wire.post, value)
        return sorted(found, key=lambda post: post.edit_at or post.create_at, reverse=True)

    async def acknowledge_post(self, user_id: UserId, post_id: PostId, acknowledged: bool) -> None:
        place = path("users", user_id, "posts", post_id, "ack")
        await self.ask("POST" if acknowledged else "DELETE", place)

    async def remind_of_post(self, user_id: UserId, post_id: PostId, at: Millis) -> None:
        """The server writes a direct message at that time, to the second."""
        place = path("users", user_id, "posts", post_id, "reminder")
        await self.ask("POST", place, body={"target_time": at // 1000})

    async def schedule_post(self, target: Target, user_id: UserId, text: str, at: Millis) -> ScheduledPost:
        body = {
            "channel_id": target.channel_id,
            "root_id": target.root_id,
            "user_id": user_id,
            "message": text,
            "scheduled_at": at,
        }
        answer = await self.ask("POST", "/posts/schedule", body=body)
        return wire.scheduled_post(answer.value)

    async def fetch_scheduled(self, team_id: TeamId) -> list[ScheduledPost]:
        """Mine of a team and of direct channels, the next one first."""
        place = path("posts", "scheduled", "team", team_id)
        return wire.scheduled_posts(await self.get(place, {"includeDirectChannels": "true"}))

    async def delete_scheduled(self, scheduled_id: str) -> None:
        await self.ask("DELETE", path("posts", "schedule", scheduled_id))

    async def fetch_saved(self, page: int = 0) -> PostPage:
        """The posts I have saved, newest first."""
        place = path("users", "me", "posts", "flagged")
        return wire.post_page(await self.get(place, {"page": page, "per_page": PAGE}))

    async def fetch_emoji_names(self) -> list[str]:
        """Names of the server's own emoji, by name."""
        names: list[str] = []
        for page in range(EMOJI_PAGES):
            found = await self.get("/emoji", {"page": page, "per_page": PAGE, "sort": "name"})
            names += [fields.text(row, "name") for row in fields.objects(found)]
            if len(cast("list[Json]", found)) < PAGE:
                break
        return [name for name in names if name]

    async def read_all_threads(self, user_id: UserId, team_id: TeamId) -> None:
        await self.ask("PUT", path("users", user_id, "teams", team_id, "threads", "read"))

    async def unread_thread(self, user_id: UserId, team_id: TeamId, root_id: PostId, post_id: PostId) -> None:
        """Unread from one of its posts on; NotSupported on older servers."""
        place = path("users", user_id, "teams", team_id, "threads", root_id, "set_unread", post_id)
        await self.ask("POST", place)
