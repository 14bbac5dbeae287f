"""What the parts of the main screen know of each other.

Invariant: attributes only; they are set by `MainScreen.__init__`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import Screen
from textual.widget import Widget

from tui.core.ids import ChannelId, PostId
from tui.core.models import Target
from tui.core.places import Places
from tui.ui.panels.channel_header import ChannelHeader
from tui.ui.panels.composer import Composer
from tui.ui.panels.side import Side
from tui.ui.panels.sidebar import Sidebar
from tui.ui.panels.status_line import StatusLine
from tui.ui.panels.timeline import Timeline
from tui.ui.post_context import PostContext
from tui.ui.shared import Shared

if TYPE_CHECKING:
    from tui.ui.app import TeleApp


class Parts(Screen[None], inherit_bindings=False):
    shared: Shared
    context: PostContext
    sidebar: Sidebar
    header: ChannelHeader
    timeline: Timeline
    composer: Composer
    side: Side
    status: StatusLine
    places: Places

    @property
    def tele(self) -> TeleApp:
        """The app, with what it can do besides Textual's."""
        return cast("TeleApp", self.app)

    @property
    def channel_id(self) -> ChannelId:
        """The open channel, "" for none."""
        return self.timeline.channel_id

    def target(self, root_id: PostId = "") -> Target:
        """Where a text goes that is written now."""
        return Target(self.channel_id, root_id)

    def tell(self, words: str, *, alarm: bool = False) -> None:
        """One calm line at the bottom; `words` are safe."""
        self.status.tell(words, alarm=alarm)

    def is_inside(self, widget: Widget | None, area: Widget) -> bool:
        """Whether `widget` is `area` or lies in it."""
        return widget is not None and area in widget.ancestors_with_self
