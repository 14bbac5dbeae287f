"""A thread beside the channel, with a composer of its own.

Invariant: it shows one root and its replies from the store; opening it fetches the rest.
"""

from __future__ import annotations

from textual.app import ComposeResult

from tui.core.ids import ChannelId, PostId
from tui.core.models import Target
from tui.settings.i18n import _
from tui.ui.panels.composer import Composer, Submit
from tui.ui.panels.post_view import PostView
from tui.ui.shared import Shared
from tui.ui.widgets.post_strips import PostPainter


class Thread(PostView):
    def __init__(self, shared: Shared, painter: PostPainter, submit: Submit) -> None:
        super().__init__(shared, painter, id="thread")
        self.root_id: PostId = ""
        self.composer = Composer(shared, submit, id="thread-composer")

    def compose(self) -> ComposeResult:
        yield self.list
        yield self.composer

    def open(self, channel_id: ChannelId, root_id: PostId) -> None:
        """Shows another thread, "" for none."""
        self.channel_id, self.root_id = channel_id, root_id
        self._shared.client.threads.open(root_id)
        self.composer.bind(Target(channel_id, root_id) if root_id else None)
        self.read()
        self.list.move_last()

    def read(self) -> None:
        if not self.root_id:
            self.list.say(_("No thread is open. Press t on a message."))
            self.list.set_rows(())
            return
        view = self._shared.client.posts.timeline(self.channel_id, root_id=self.root_id)
        self.list.set_rows(view.rows)

    def focus_inside(self) -> None:
        self.composer.editor.focus()
