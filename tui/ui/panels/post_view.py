"""A list of messages with everything a key does to the one under the cursor; timeline and thread are ones.

Invariant: a verb works on the row that the person sees marked; what needs a question, another panel or the
terminal goes to the screen as a message.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from textual import on
from textual.containers import Vertical

from tui.client.wording.plugin_posts import plugin_line
from tui.core.errors import TeleteamError
from tui.core.ids import ChannelId, PostId
from tui.core.meetings import shown_message
from tui.core.models import Post, Target
from tui.core.timeline import GapRow, PostRow, Row
from tui.settings.i18n import _
from tui.ui.keys import bindings_of
from tui.ui.look import BAR
from tui.ui.messages import CopyWanted, Failed, PostAsked, ThreadChosen, Wanted
from tui.ui.shared import Shared
from tui.ui.widgets.post_strips import PostPainter
from tui.ui.widgets.row_list import RowList

QUICK = "+1"


class PostView(Vertical, inherit_bindings=False):
    """Context `timeline` of the table of keys."""

    BINDINGS = bindings_of("timeline")

    def __init__(self, shared: Shared, painter: PostPainter, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._shared = shared
        self._painter = painter
        self.channel_id: ChannelId = ""
        self.list: RowList[Row] = RowList(painter, follow=True, id=f"{id}-list", mark=BAR)

    @property
    def row(self) -> PostRow | None:
        """The message under the cursor."""
        row = self.list.cursor_row
        return row if isinstance(row, PostRow) else None

    @property
    def sent_row(self) -> PostRow | None:
        """The same, if the server knows it."""
        row = self.row
        return row if row is not None and row.pending is None else None

    @property
    def pointless(self) -> frozenset[str]:
        """Ids of the actions that mean nothing for the row under the cursor."""
        return self.pointless_for(self.row)

    def pointless_for(self, row: PostRow | None) -> frozenset[str]:
        """Ids of the actions that mean nothing for a row, or on this server."""
        client = self._shared.client
        features = client.later.features()
        found = {"timeline.remind"} if not features.reminders else set()
        if row is None or not row.mine or not row.post.edit_at or not features.edit_history:
            found.add("timeline.edit_history")
        if row is None or not row.post.wants_ack:
            found.add("timeline.acknowledge")
        if row is None or self._painter.card(row.post) is None:
            found.add("timeline.card")
        if row is None or not row.post.file_ids:
            found.add("timeline.shelve")
        if row is None or not client.integrations.actions(row.post):
            found.add("timeline.press")
        if row is None or client.integrations.invitation(row.post) is None:
            found.add("timeline.invite")
        if row is None or self._painter.meeting(row.post) is None:
            found.add("timeline.join")
        if row is None or not row.mine:
            found |= {"timeline.edit", "timeline.delete"}
        if row is None or not (row.reactions or row.post.acknowledged):
            found.add("timeline.who_reacted")
        if row is None or not self.has_links(row):
            found.add("timeline.open")
        return frozenset(found)

    def has_links(self, row: PostRow) -> bool:
        """A guess that costs nothing: whether there may be something to open."""
        post = row.post
        return (
            "://" in post.message or "www." in post.message or bool(post.file_ids) or bool(plugin_line(post))
        )

    # moving
    def action_do_up(self) -> None:
        self.list.move_cursor(-1)

    def action_do_down(self) -> None:
        self.list.move_cursor(1)

    def action_do_page_up(self) -> None:
        self.list.move_page(-1)

    def action_do_page_down(self) -> None:
        self.list.move_page(1)

    def action_do_first(self) -> None:
        self.list.move_first()

    def action_do_last(self) -> None:
        self.list.move_last()

    # with the message
    def action_do_thread(self) -> None:
        """Enter: what the row stands for."""
        row = self.list.cursor_row
        if isinstance(row, GapRow):
            self._shared.client.posts.close_gap(self.channel_id, row.newer[1])
        elif isinstance(row, PostRow) and row.pending is not None:
            self.post_message(PostAsked("queue", row))
        elif isinstance(row, PostRow) and self._painter.meeting(row.post) is not None:
            self.post_message(PostAsked("join", row))
        elif isinstance(row, PostRow) and self._painter.card(row.post) is not None:
            self.post_message(PostAsked("card", row))
        elif isinstance(row, PostRow):
            self.post_message(ThreadChosen(row.post.root_id or row.post.id))

    def action_do_card(self) -> None:
        row = self.sent_row
        if row is not None and self._painter.card(row.post) is not None:
            self.post_message(PostAsked("card", row))
        elif row is not None:
            self._say(_("This message offers nothing to accept."))

    def action_do_shelve(self) -> None:
        self._ask("shelve", self.sent_row)

    def action_do_join(self) -> None:
        row = self.sent_row
        if row is not None and self._painter.meeting(row.post) is not None:
            self.post_message(PostAsked("join", row))
        elif row is not None:
            self._say(_("There is no meeting in this message."))

    def action_do_reply(self) -> None:
        self._ask("reply", self.sent_row)

    def action_do_edit(self) -> None:
        row = self.row
        if row is not None and row.pending is not None:
            self._ask("queue", row)
        elif row is not None and row.mine:
            self._ask("edit", row)
        elif row is not None:
            self._say(_("Only your own messages can be edited."))

    def action_do_delete(self) -> None:
        row = self.row
        if row is not None and (row.mine or row.pending is not None):
            self._ask("queue" if row.pending is not None else "delete", row)
        elif row is not None:
            self._say(_("Only your own messages can be deleted."))

    def action_do_quick_react(self) -> None:
        if (row := self.sent_row) is not None:
            self.react(row, QUICK)

    def action_do_react(self) -> None:
        self._ask("react", self.sent_row)

    def action_do_open(self) -> None:
        self._ask("open", self.row)

    def action_do_open_how(self) -> None:
        self._ask("open_how", self.row)

    def action_do_more(self) -> None:
        self._ask("more", self.row)

    def action_do_copy(self) -> None:
        if (row := self.row) is not None:
            self.post_message(CopyWanted(shown_message(row.post)))

    def action_do_copy_link(self) -> None:
        if (row := self.sent_row) is not None:
            self.post_message(CopyWanted(self._shared.client.posts.permalink(row.post.id)))

    def action_do_pin(self) -> None:
        if (post := self._sent_post()) is not None:
            self._try(lambda: self._shared.client.posts.pin(post.id, not post.is_pinned))

    def action_do_save(self) -> None:
        if (row := self.sent_row) is not None:
            self._try(lambda: self._shared.client.posts.save(row.post.id, not row.saved))

    def action_do_mark_unread(self) -> None:
        if (post := self._sent_post()) is not None:
            in_thread = bool(post.root_id) and self._shared.client.threads.collapsed
            if in_thread:
                self._shared.client.threads.mark_unread(post).add_done_callback(self._say_failure)
            else:
                self._try(lambda: self._shared.client.channels.mark_unread(post.id))

    def action_do_follow(self) -> None:
        if (post := self._sent_post()) is not None:
            root_id: PostId = post.root_id or post.id
            following = not self._shared.client.threads.is_followed(root_id)
            asked = self._shared.client.threads.follow(root_id, following)
            asked.add_done_callback(self._say_failure)

    def action_do_forward(self) -> None:
        self._ask("forward", self.sent_row)

    def action_do_copy_code(self) -> None:
        self._ask("copy_code", self.row)

    def action_do_copy_address(self) -> None:
        self._ask("copy_address", self.row)

    def action_do_same_reaction(self) -> None:
        """What somebody else has chosen first, from me too."""
        row = self.sent_row
        if row is not None and row.reactions:
            self.react(row, row.reactions[0].emoji_name)
        elif row is not None:
            self._say(_("Nobody has reacted to this message."))

    def action_do_who_reacted(self) -> None:
        self._ask("who_reacted", self.sent_row)

    def action_do_press(self) -> None:
        self._ask("press", self.sent_row)

    def action_do_invite(self) -> None:
        self._ask("invite", self.sent_row)

    def action_do_acknowledge(self) -> None:
        self._ask("acknowledge", self.sent_row)

    def action_do_remind(self) -> None:
        self._ask("remind", self.sent_row)

    def action_do_author(self) -> None:
        self._ask("author", self.sent_row)

    def action_do_edit_history(self) -> None:
        self._ask("edit_history", self.sent_row)

    def action_do_quote(self) -> None:
        if (row := self.row) is not None:
            self.post_message(PostAsked("quote", row))

    def action_do_search(self) -> None:
        self.post_message(Wanted("search"))

    def action_do_next_hit(self) -> None:
        self.post_message(Wanted("hit_below"))

    def action_do_previous_hit(self) -> None:
        self.post_message(Wanted("hit_above"))

    def action_do_mark_read(self) -> None:
        """Esc: everything here is read, back to writing."""
        if self.channel_id and not self._shared.client.channels.exploring:
            self._shared.client.channels.mark_read(self.channel_id)
        self.post_message(Wanted("composer"))

    def _say_failure(self, done: Future[None]) -> None:
        """Any thread."""
        error = None if done.cancelled() else done.exception()
        if error is not None and self.is_attached:
            self.app.call_later(self.post_message, Failed(error))

    def react(self, row: PostRow, emoji: str) -> None:
        """Adds my reaction, or takes it away where it is already there."""
        mine = any(r.mine and r.emoji_name == emoji for r in row.reactions)
        posts = self._shared.client.posts
        if not mine:
            self._shared.client.emojis.used(emoji)
        self._try(lambda: (posts.unreact if mine else posts.react)(row.post.id, emoji))

    def target_of(self, post: Post) -> Target:
        """Where an answer to `post` goes."""
        return Target(post.channel_id, post.root_id or post.id)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()

    def _ask(self, verb: str, row: PostRow | None) -> None:
        if row is not None:
            self.post_message(PostAsked(verb, row))

    def _say(self, words: str) -> None:
        """Why a key does nothing here."""
        self.app.notify(words)

    def _sent_post(self) -> Post | None:
        row = self.sent_row
        return row.post if row is not None else None

    def _try(self, verb: Callable[[], object]) -> None:
        """Does it, or says why it cannot be done."""
        try:
            verb()
        except TeleteamError as error:
            self.post_message(Failed(error))
