"""Going places: channels, teams, areas of the screen.

Invariant: leaving a channel keeps its draft; what is opened is opened in the client, the timeline, the
header and the composer at once.
"""

from __future__ import annotations

from concurrent.futures import Future

from textual import on
from textual.widget import Widget

from tui.core.ids import ChannelId, PostId, TeamId, UserId
from tui.core.models import Target
from tui.core.places import Place
from tui.settings.i18n import _, ngettext
from tui.ui.messages import ChannelChosen, Failed, PersonChosen, PostChosen, TeamChosen
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.main_parts import Parts
from tui.ui.widgets.sidebar_rows import ChannelItem

AREAS = ("sidebar", "timeline", "composer", "side")


class Going(Parts):
    # channels
    def open_channel(self, channel_id: ChannelId) -> None:
        """Shows a channel everywhere."""
        if not channel_id:
            return
        self._channel_due = False
        self.composer.keep_draft()
        self.places.visit(Place(channel_id))
        self.shared.client.channels.open(channel_id)
        self.timeline.open(channel_id)
        self.header.open(channel_id)
        self.composer.bind(Target(channel_id))
        self.sidebar.read()
        self.sidebar.point_at_channel(channel_id)
        self.remove_class("-sidebar-on")
        self._read_channel_tabs()

    def write_in(self, channel_id: ChannelId) -> None:
        """Shows a channel to write in; a panel that would lie over it goes away."""
        if self.has_class("-narrow"):
            self.add_class("-side-off")
        self.open_channel(channel_id)
        self.composer.editor.focus()

    _channel_due = True
    """A team is open and none of its channels yet: they come as soon as they are known."""

    def open_last_channel(self) -> None:
        """The channel that was open last in the open team; where none is known yet, the first that comes."""
        team = self.shared.client.teams.current()
        found = self.shared.client.channels.last(team.id) if team is not None else ""
        self._channel_due = not found
        self.open_channel(found)

    def open_channel_due(self) -> None:
        """Channels have come: one is opened if that was wanted."""
        if self._channel_due:
            self.open_last_channel()

    def open_team(self, team_id: TeamId) -> None:
        self.composer.keep_draft()
        self.shared.client.teams.select(team_id)
        self.open_last_channel()
        self.sidebar.read()

    def open_person(self, user_id: UserId) -> None:
        """The direct channel with somebody; may have to be made on the server."""
        self._open_when_ready(self.shared.client.channels.direct(user_id))

    def show_post(self, post_id: PostId) -> None:
        """Goes to a message, in whatever channel it is."""
        if self._show_stored(post_id):
            return
        if self.shared.client.connection().live:
            self.reach_post(post_id)
        else:
            self.tell(_("This message is not here."), alarm=True)

    def _show_stored(self, post_id: PostId) -> bool:
        """Goes to a message of the store, a reply in its thread where threads are apart; False = not here."""
        client = self.shared.client
        post = client.posts.get(post_id)
        if post is None or post.delete_at or client.channels.get(post.channel_id) is None:
            return False
        if post.channel_id != self.channel_id:
            self.open_channel(post.channel_id)
        if not self.timeline.show_post(post_id):
            return False
        if self.has_class("-narrow"):
            self.add_class("-side-off")
        if post.root_id and client.threads.collapsed:
            self.call_later(self.open_thread, post.root_id, reply_id=post_id)
        else:
            self.timeline.list.focus()
        return True

    def reach_post(self, post_id: PostId) -> None:
        """Fetches a message that is not here with what stands around it, then goes there."""
        self.tell(_("Fetching the message …"))
        self.when_done(
            self.shared.client.posts.reach(post_id),
            lambda _channel_id: self._reached(post_id),
        )

    def _reached(self, post_id: PostId) -> None:
        if not self._show_stored(post_id):
            self.tell(_("This message is not here."), alarm=True)

    async def open_thread(self, root_id: PostId, *, focus: bool = True, reply_id: PostId = "") -> None:
        """Shows a thread beside the channel; see `Showing`."""

    def _open_when_ready(self, asked: Future[ChannelId]) -> None:
        if asked.done():
            self._opened(asked)
        else:
            self.tell(_("Opening …"))
            asked.add_done_callback(lambda done: self.app.call_later(self._opened, done))

    def _opened(self, done: Future[ChannelId]) -> None:
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self.post_message(Failed(error))
        elif not done.cancelled():
            self.write_in(done.result())

    def _read_channel_tabs(self) -> None:
        if self.side.current in ("pinned", "members"):
            self.side.read()

    @on(ChannelChosen)
    def _channel_chosen(self, event: ChannelChosen) -> None:
        event.stop()
        self.write_in(event.channel_id)

    @on(PersonChosen)
    def _person_chosen(self, event: PersonChosen) -> None:
        event.stop()
        self.open_person(event.user_id)

    @on(TeamChosen)
    def _team_chosen(self, event: TeamChosen) -> None:
        event.stop()
        self.open_team(event.team_id)

    @on(PostChosen)
    def _post_chosen(self, event: PostChosen) -> None:
        event.stop()
        self.show_post(event.post_id)

    def action_do_previous_channel(self) -> None:
        self._neighbour(-1)

    def action_do_next_channel(self) -> None:
        self._neighbour(1)

    def _neighbour(self, step: int) -> None:
        """The next channel in the sidebar's order, round about."""
        ids = [row.row.channel_id for row in self.sidebar.list.rows if isinstance(row, ChannelItem)]
        if ids:
            at = ids.index(self.channel_id) + step if self.channel_id in ids else 0
            self.open_channel(ids[at % len(ids)])

    def action_do_next_unread(self) -> None:
        self._unread(backwards=False)

    def action_do_previous_unread(self) -> None:
        self._unread(backwards=True)

    def _unread(self, *, backwards: bool) -> None:
        found = self.shared.client.channels.next_unread(self.channel_id, backwards=backwards)
        if found:
            self.open_channel(found)
        elif root_id := self.shared.client.threads.next_unread():
            self.call_later(self.open_thread, root_id)
        else:
            self.tell(_("Everything is read."))

    def action_do_back(self) -> None:
        self._go_to(self.places.back())

    def action_do_forward(self) -> None:
        self._go_to(self.places.forward())

    def _go_to(self, place: Place | None) -> None:
        """A place visited before; going there is no new visit."""
        if place is None:
            self.tell(_("There is nothing further in this direction."))
            return
        self.open_channel(place.channel_id)
        if place.root_id:
            self.call_later(self.open_thread, place.root_id, focus=False)
        self.composer.editor.focus()

    def action_do_last_channel(self) -> None:
        self.open_channel(self.shared.client.channels.previous())

    def action_do_next_team(self) -> None:
        teams = self.shared.client.teams.all()
        current = self.shared.client.teams.current()
        if current is not None and len(teams) > 1:
            at = [team.id for team in teams].index(current.id)
            self.open_team(teams[(at + 1) % len(teams)].id)

    def action_do_mark_all_read(self) -> None:
        """Shown as read at once; the server hears of it only when the question is answered with yes."""
        done = self.shared.client.catch_up.read_all()
        count, threads = len(done.channels.before), len(done.threads)
        if not done.count:
            self.tell(_("Everything is read."))
            return
        question = ngettext(
            "{n} channel is now marked as read.", "{n} channels are now marked as read.", count
        )
        words = question.format(n=count)
        if threads:
            more = ngettext("{n} thread, too.", "{n} threads, too.", threads).format(n=threads)
            words = f"{words} {more}"
        dialog = Confirm(_("Mark everything as read"), words, _("Keep"), _("Undo"))
        self.app.push_screen(dialog, self._read_or_undo)

    def _read_or_undo(self, kept: bool | None) -> None:
        catch_up = self.shared.client.catch_up
        if kept:
            catch_up.settle()
        else:
            catch_up.undo()

    # areas
    def area_of(self, widget: Widget | None) -> str:
        """The context whose keys work while `widget` has the focus."""
        if self.is_inside(widget, self.sidebar):
            return "sidebar"
        if widget is not None and any(
            node.id in ("composer", "thread-composer") for node in widget.ancestors
        ):
            return "composer"
        if self.is_inside(widget, self.timeline) or self._in_thread(widget):
            return "timeline"
        if not self.is_inside(widget, self.side):
            return "app"
        if self.side.current == "folders":
            return "folders"
        return "inbox" if self.side.current in ("catch_up", "threads") else "panel"

    def _in_thread(self, widget: Widget | None) -> bool:
        return widget is not None and widget.id == "thread-list"

    def focus_area(self, area: str) -> None:
        """Puts the focus into an area, and the area on the screen where it is folded away."""
        if area == "sidebar":
            self.add_class("-sidebar-on")
            self.sidebar.list.focus()
            return
        self.remove_class("-sidebar-on")
        if area == "timeline":
            self.timeline.list.focus()
        elif area == "side":
            self.side.tab.focus_inside()
        else:
            self.composer.editor.focus()

    def _area_now(self) -> str:
        focused = self.focused
        if self.is_inside(focused, self.sidebar):
            return "sidebar"
        if self.is_inside(focused, self.side):
            return "side"
        return "timeline" if self.is_inside(focused, self.timeline) else "composer"

    def action_do_focus_next(self) -> None:
        self._cycle(1)

    def action_do_focus_previous(self) -> None:
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        areas = [area for area in AREAS if area != "side" or self.side.display]
        at = areas.index(self._area_now()) if self._area_now() in areas else 0
        self.focus_area(areas[(at + step) % len(areas)])

    def action_do_step_out(self) -> None:
        """Esc outside of the messages: back to writing; what lies over the messages goes away."""
        if self.has_class("-narrow") and self.is_inside(self.focused, self.side):
            self.add_class("-side-off")
        self.focus_area("composer")
