"""Meetings: the REST side of the server's Jitsi plugin.

Invariant: a token passes through here and is kept nowhere. Source: mattermost-plugin-jitsi, server/api.go.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tui.core import fields
from tui.core.errors import BadAnswer, Refused
from tui.core.ids import ChannelId, UserId
from tui.core.models import CustomStatus, Json
from tui.net.api.base import Endpoints, path

PLUGIN = "/plugins/jitsi/api/v1"


class Meetings(Endpoints):
    async def fetch_meeting_naming(self) -> str:
        """`POST /plugins/jitsi/api/v1/config`: words, uuid, mattermost or ask; "" = no Jitsi plugin here."""
        try:
            answer = await self.ask_plugin(f"{PLUGIN}/config", {})
        except Refused:
            return ""
        return fields.text(fields.obj(answer), "naming_scheme") or "words"

    async def start_meeting(self, channel_id: ChannelId, topic: str = "") -> str:
        """Starts a meeting; its room. "" = the plugin asks first, by buttons that come as an event."""
        answer = await self.ask_plugin(f"{PLUGIN}/meetings", {"channel_id": channel_id, "topic": topic})
        if isinstance(answer, str):
            return ""
        return fields.text(fields.obj(answer), "meeting_id")

    async def enrich_meeting_token(self, token: str) -> str:
        """The token with my name in it; both are secrets. Refused where the server works without tokens."""
        answer = await self.ask_plugin(f"{PLUGIN}/meetings/enrich", {"jwt": token})
        found = fields.text(fields.obj(answer), "jwt")
        if not found:
            raise BadAnswer("tele.answer.shape", "no token")
        return found

    async def put_custom_status(self, user_id: UserId, status: CustomStatus | None) -> None:
        """`PUT` or `DELETE /users/{id}/status/custom`. 5.37 keeps an expiry without heeding it."""
        where = path("users", user_id, "status", "custom")
        if status is None:
            await self.ask("DELETE", where)
            return
        body: dict[str, Json] = {"emoji": status.emoji, "text": status.text}
        if status.expires_at:
            moment = datetime.fromtimestamp(status.expires_at // 1000, UTC)
            body |= {"duration": "date_and_time", "expires_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
        await self.ask("PUT", where, body=body)
