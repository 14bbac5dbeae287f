"""The part of `ServerApi` that does things with messages beside writing them.

`net.api.messages` implements it.

Invariant: as for `core.ports`: every coroutine raises only leaves of `core.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tui.core.dialogs import DialogAnswer, IntegrationDialog
from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Json, Post, PostPage, ScheduledPost, Target


class MessagesApi(Protocol):
    async def press_action(
        self, post_id: PostId, action_id: str, *, selected: str = "", cookie: str = ""
    ) -> None: ...
    async def submit_dialog(
        self,
        dialog: IntegrationDialog,
        values: Mapping[str, Json],
        user_id: UserId,
        place: tuple[ChannelId, TeamId],
        *,
        cancelled: bool = False,
    ) -> DialogAnswer: ...
    async def fetch_edit_history(self, post_id: PostId) -> list[Post]: ...
    async def acknowledge_post(self, user_id: UserId, post_id: PostId, acknowledged: bool) -> None: ...
    async def remind_of_post(self, user_id: UserId, post_id: PostId, at: Millis) -> None: ...
    async def schedule_post(
        self, target: Target, user_id: UserId, text: str, at: Millis
    ) -> ScheduledPost: ...
    async def fetch_scheduled(self, team_id: TeamId) -> list[ScheduledPost]: ...
    async def delete_scheduled(self, scheduled_id: str) -> None: ...
    async def fetch_saved(self, page: int = 0) -> PostPage: ...
    async def fetch_emoji_names(self) -> list[str]: ...
    async def read_all_threads(self, user_id: UserId, team_id: TeamId) -> None: ...
    async def unread_thread(
        self, user_id: UserId, team_id: TeamId, root_id: PostId, post_id: PostId
    ) -> None: ...
