"""The ground of the main screen: its panels, one line to say something, work that takes a while.

Invariant: the panels are set by `MainScreen.__init__`; what a thread or the net lane gives is used on the UI
loop alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import Screen
from textual.widget import Widget

from tui.client.wording.errors import sentence
from tui.core.errors import TeleteamError
from tui.core.ids import ChannelId, PostId
from tui.core.models import Target
from tui.core.places import Places
from tui.ui.messages import Failed
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

T = TypeVar("T")


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

    # work that takes a while
    def attempt(self, verb: Callable[[], object]) -> None:
        """Does it; a refusal is said."""
        try:
            verb()
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)

    def when_done(self, asked: Future[T], then: Callable[[T], None]) -> None:
        """Calls `then` here with what came of it; a failure is said."""

        def finish() -> None:
            error = None if asked.cancelled() else asked.exception()
            if error is not None:
                self.post_message(Failed(error))
            elif not asked.cancelled():
                then(asked.result())

        asked.add_done_callback(lambda _done: self.app.call_later(finish))

    def in_background(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Runs `work` in a thread (it may take seconds) and `then` here with what it gave."""

        async def run() -> None:
            try:
                then(await asyncio.to_thread(work))
            except (TeleteamError, OSError) as error:
                self.tell(sentence(error), alarm=True)

        self.run_worker(run(), group="outside", exit_on_error=False)

    def copy(self, text: str) -> None:
        """Copies to the clipboard of the place where the person sits, as far as there is a way."""
        from tui.ui.copying import copy

        copy(self, text)
