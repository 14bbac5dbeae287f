"""What integrations offer in messages: buttons and menus, forms, and inviting the person somebody named.

Invariant: a press goes to the server once and needs the line; what comes of it arrives as events. Addresses,
cookies and state of an integration are passed back as they came and shown nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from tui.client.base import Base
from tui.core import dialogs
from tui.core.attachments import Action, attachments_of
from tui.core.dialogs import DialogAnswer, IntegrationDialog
from tui.core.ids import PostId, UserId
from tui.core.models import Post
from tui.core.ports import ServerApi
from tui.core.safe_text import safe_line
from tui.core.values import dataclass

MOST_INVITED = 20


@dataclass(frozen=True, slots=True)
class Invitation:
    """People who were named in a message but are not in its channel. Names are safe."""

    user_ids: tuple[UserId, ...]
    usernames: tuple[str, ...]


class Integrations:
    def __init__(self, base: Base) -> None:
        self._base = base

    def actions(self, post: Post) -> tuple[Action, ...]:
        """The buttons and menus of a message that can be pressed."""
        if not post.props.get("attachments"):
            return ()
        return tuple(
            action
            for attachment in attachments_of(post)
            for action in attachment.actions
            if action.id and not action.disabled
        )

    def press(self, post_id: PostId, action: Action, selected: str = "") -> Future[None]:
        """Presses a button, or chooses from a menu. Fails with a leaf of `core.errors`."""
        cookie = action.cookie

        async def tell(api: ServerApi) -> None:
            await api.press_action(post_id, action.id, selected=selected, cookie=cookie)

        return self._base.lane.ask(tell)

    def take_dialog(self) -> IntegrationDialog | None:
        """The form that an integration wants filled in, once."""
        wires = self._base.lane.wires
        return wires.engine.take_dialog() if wires else None

    def submit(self, dialog: IntegrationDialog, values: Mapping[str, str]) -> Future[DialogAnswer]:
        """Sends a form; the answer may name wrong fields."""
        return self._send(dialog, values, cancelled=False)

    def cancel(self, dialog: IntegrationDialog) -> None:
        """Closes a form; the integration hears of it only where it wants to."""
        if dialog.notify_on_cancel:
            self._send(dialog, {}, cancelled=True)

    def _send(
        self, dialog: IntegrationDialog, values: Mapping[str, str], *, cancelled: bool
    ) -> Future[DialogAnswer]:
        view = self._base.view
        channel = self._base.store.channels.get(view.channel_id)
        place = (view.channel_id, (channel.team_id if channel else "") or view.team_id)
        filled = {} if cancelled else dialogs.submission(dialog, values)

        async def tell(api: ServerApi) -> DialogAnswer:
            return await api.submit_dialog(dialog, filled, self._base.me, place, cancelled=cancelled)

        return self._base.lane.ask(tell)

    def invitation(self, post: Post) -> Invitation | None:
        """Whom an ephemeral message offers to add to the channel; None = nobody."""
        told = post.props.get("add_channel_member")
        if not isinstance(told, dict):
            return None
        ids, names = told.get("not_in_channel_user_ids"), told.get("not_in_channel_usernames")
        if not isinstance(ids, list) or not isinstance(names, list):
            return None
        pairs = [
            (user_id, safe_line(name, 64))
            for user_id, name in zip(ids, names, strict=False)
            if isinstance(user_id, str) and isinstance(name, str) and user_id
        ][:MOST_INVITED]
        return Invitation(tuple(i for i, _ in pairs), tuple(n for _, n in pairs)) if pairs else None

    def invite(self, post: Post, invitation: Invitation) -> Future[None]:
        """Adds them to the channel of the post."""

        async def tell(api: ServerApi) -> None:
            for user_id in invitation.user_ids:
                await api.join_channel(post.channel_id, user_id)

        return self._base.lane.ask(tell)
