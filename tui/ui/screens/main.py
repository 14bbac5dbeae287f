"""The one screen that a working day is spent on: sidebar, messages, composer, side panel, status line.

Panels say what the person wants; this screen knows where they are (team, channel, thread) and makes the
panels follow. Going places is in `main_go`, showing panels in `main_show`; all other work is done by desks
(`main_desks`), found by the tables of `main_tables`.

Invariant: the composer, the timeline and the client always agree on the channel that is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from tui.client.wording.errors import sentence
from tui.client.wording.states import connection_long, typing
from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId
from tui.core.places import Places
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.bridge import Changed
from tui.ui.keys import bindings_of, writing_elsewhere
from tui.ui.local_commands import commands_of
from tui.ui.messages import (
    CategoryToggled,
    CopyWanted,
    Failed,
    FoundChosen,
    LinkChosen,
    PendingChosen,
    PostAsked,
    SidebarAsked,
    TransferChosen,
    Wanted,
)
from tui.ui.panels.channel_header import ChannelHeader
from tui.ui.panels.composer import Composer, Submission
from tui.ui.panels.inbox import CatchUpList
from tui.ui.panels.post_view import PostView
from tui.ui.panels.scheduled import Scheduled
from tui.ui.panels.side import Side
from tui.ui.panels.side_tabs import lasting_tabs, tab_makers
from tui.ui.panels.sidebar import Sidebar
from tui.ui.panels.status_line import StatusLine
from tui.ui.panels.timeline import Timeline
from tui.ui.post_context import PostContext
from tui.ui.screens.main_desks import Desks
from tui.ui.screens.main_show import Showing
from tui.ui.screens.main_tables import AREAS, VERBS, WANTS, with_actions
from tui.ui.shared import Shared
from tui.ui.widgets.drawn import Drawn
from tui.ui.widgets.post_strips import PostPainter
from tui.ui.widgets.row_list import RowList
from tui.ui.widgets.text_lines import TextLines, plain

WIDE, NARROW, TIGHT = 130, 100, 70
"""Columns below which the side panel, then the sidebar too, lie over the messages."""
LEAST_COLUMNS, LEAST_LINES = 40, 10
MEETING_SECONDS = 60.0
"""Between two looks at how old the meetings in the sidebar are."""
PRESENCE_SECONDS = 60.0


@with_actions
class MainScreen(Showing, inherit_bindings=False):
    """Context `app` of the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("app"), *writing_elsewhere()]
    AUTO_FOCUS = None

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self.shared = shared
        self.desks = Desks(self)
        self.context = PostContext(shared)
        sources = self.context.sources()
        self.sidebar = Sidebar(shared.client)
        self.header = ChannelHeader(shared)
        self.banner = TextLines(ground="panel", most=3, id="banner")
        self.timeline = Timeline(shared, PostPainter(sources))
        self.composer = Composer(shared, self._submit)
        self.side = Side(tab_makers(shared, sources, self._submit), lasting_tabs())
        self.status = StatusLine(shared)
        self.places = Places()
        shared.client.complete.own_commands = commands_of(shared.keymap)
        self._said: set[str] = set()
        self._meeting_ages: Mapping[ChannelId, int] = {}
        self.welcome_due = False
        """A new person: the way around is shown as soon as the line is there."""
        self._held = False

    # the first frame
    def hold(self) -> None:
        """From now on nothing is drawn, for it would not be complete, until `show_first_frame`."""
        self._held = True

    def show_first_frame(self) -> None:
        """Draws the whole screen, once everything on it has its place and its lines."""
        if self._held:
            self._held = False
            self._compositor._dirty_regions.add(self._compositor.size.region)
            self._compositor_refresh()

    def _compositor_refresh(self) -> None:
        """Textual draws after each of three rounds of layout; a third of the way to the screen went there."""
        if self._held:
            self._dirty_widgets.clear()
        else:
            super()._compositor_refresh()

    def compose(self) -> ComposeResult:
        with Horizontal(id="body"):
            yield self.sidebar
            with Vertical(id="middle"):
                yield self.header
                yield self.banner
                yield self.timeline
                yield self.composer
            yield self.side
        yield self.status
        yield TextLines(plain(_("The window is too small: it needs 40×10 characters.")), id="too-small")

    def on_mount(self) -> None:
        """The first frame: everything from the store."""
        self.sidebar.read()
        self.open_last_channel()
        self.status.read()
        self.read_banner()
        self.composer.editor.focus()
        self.set_interval(MEETING_SECONDS, self._mind_meetings)
        self.set_interval(PRESENCE_SECONDS, self._mind_presence)

    # what has changed
    def changed(self, changed: Changed) -> None:
        """Each panel that is concerned reads again; called at most twenty times a second."""
        if changed.has(ChangeKind.USERS):
            self.context.forget_people()
        if changed.has(*_SIDEBAR_KINDS):
            self.sidebar.read()
            self.open_channel_due()
        if changed.has(ChangeKind.POSTS):
            self._show_meeting_ages()
        if changed.posts_of(self.channel_id) or changed.has(*_POST_KINDS):
            self.timeline.read(hurried=changed.rush)
        if changed.posts_of(self.channel_id) or changed.has(ChangeKind.FOLDERS):
            self.timeline.redraw_cards()
        if changed.has(ChangeKind.THREADS):
            self.timeline.redraw_threads(changed.ids.get(ChangeKind.THREADS))
        if changed.has(ChangeKind.CHANNELS, ChangeKind.STATUSES, ChangeKind.MEMBERSHIPS):
            self.header.restyle()
        self._read_side(changed)
        self.status.changed(changed)
        if changed.has(ChangeKind.CONNECTION):
            self.read_banner()
            self._welcome()
            self.sidebar.read_why_empty()
            self.timeline.ask_again()
        if changed.has(ChangeKind.TRAFFIC):
            self.line_changed()
        if changed.has(ChangeKind.TRANSFERS):
            self.desks.files.tell_arrived()
        if changed.has(ChangeKind.DIALOG):
            self.desks.acts.open_form()
        if changed.has(ChangeKind.NOTICE):
            self._read_notices()
        self.say_what_is_below()

    def _welcome(self) -> None:
        if self.welcome_due and self.shared.client.connection().kind == "online":
            self.welcome_due = False
            self.desks.newcomers.show_welcome()

    def say_what_is_below(self) -> None:
        """New messages below the view, else who types."""
        names = self.shared.client.people.typing(self.channel_id) if self.channel_id else ()
        writing = typing(tuple(safe_line(name, 40) for name in names))
        self.composer.say_below(self.timeline.unseen or writing)

    def keep_drafts(self) -> None:
        """Gives what is being written, here and in the thread, to the client."""
        for composer in self.query(Composer):
            composer.keep_draft()

    def _read_side(self, changed: Changed) -> None:
        """The tab that is shown, if it is concerned."""
        match self.side.current:
            case "folders":
                concerned = changed.has(ChangeKind.FOLDERS)
            case "thread":
                concerned = changed.posts_of(self.channel_id) or changed.has(*_POST_KINDS)
            case "pinned" | "threads" | "saved" | "mentions":
                concerned = changed.has(ChangeKind.POSTS, ChangeKind.THREADS, ChangeKind.PREFERENCES)
            case "catch_up":
                concerned = changed.has(*_SIDEBAR_KINDS, ChangeKind.THREADS, ChangeKind.POSTS)
            case "channel_files":
                concerned = changed.posts_of(self.channel_id)
            case "transfers":
                concerned = changed.has(ChangeKind.TRANSFERS, ChangeKind.OUTBOX)
            case "scheduled":
                concerned = changed.has(ChangeKind.DRAFTS)
            case "members":
                concerned = changed.has(ChangeKind.STATUSES)
            case _:
                concerned = False
        if concerned:
            self.side.read()

    def read_banner(self) -> None:
        words = connection_long(self.shared.client.connection())
        if self.shared.client.read_only:
            words = _("teleteam is already open elsewhere. Here you can only read.")
        elif not words and self.shared.client.channels.exploring:
            words = _("Exploring: what you look at stays unread. Alt+X ends it.")
        if words:
            self.banner.show(plain(f" ! {words}", "warning"))
        self.set_class(bool(words), "-alert")

    def _read_notices(self) -> None:
        for notice in self.shared.client.notices():
            if notice.key not in self._said:
                self._said.add(notice.key)
                self.tell(notice.text, alarm=notice.kind == "error")

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self.tell(sentence(event.error), alarm=True)

    @on(CategoryToggled)
    def _category_toggled(self, event: CategoryToggled) -> None:
        event.stop()
        self.shared.client.sidebar.toggle(event.category_id)
        self.sidebar.read()

    # what is wanted, handed to who does it
    def _submit(self, given: Submission) -> None:
        self.desks.posts.submit(given)

    @on(PostAsked)
    def _post_asked(self, event: PostAsked) -> None:
        event.stop()
        VERBS[event.verb](self.desks, event.row)

    @on(Wanted)
    def _wanted(self, event: Wanted) -> None:
        event.stop()
        if event.what in AREAS:
            AREAS[event.what](self)
        else:
            WANTS[event.what](self.desks)

    @on(SidebarAsked)
    def _sidebar_asked(self, event: SidebarAsked) -> None:
        event.stop()
        if event.verb == "mute" and event.channel_id:
            self.desks.channels.mute(event.channel_id)
        else:
            self.desks.categories.asked(event)

    @on(CopyWanted)
    def _copy_wanted(self, event: CopyWanted) -> None:
        event.stop()
        self.copy(event.text)

    @on(LinkChosen)
    def _link_chosen(self, event: LinkChosen) -> None:
        event.stop()
        self.desks.links.open_link(event.url)

    @on(FoundChosen)
    def _found_chosen(self, event: FoundChosen) -> None:
        event.stop()
        self.desks.files.menu(event.file, None, post_id=event.post_id)

    @on(TransferChosen)
    def _transfer_chosen(self, event: TransferChosen) -> None:
        event.stop()
        self.desks.files.transfer_menu(event.transfer)

    @on(PendingChosen)
    def _pending_chosen(self, event: PendingChosen) -> None:
        event.stop()
        self.desks.sharing.pending(event)

    @on(Scheduled.Chosen)
    def _scheduled_chosen(self, event: Scheduled.Chosen) -> None:
        event.stop()
        self.desks.later.ask_back(event.row)

    @on(CatchUpList.Told)
    def _catch_up_told(self, event: CatchUpList.Told) -> None:
        event.stop()
        self.tell(event.words)

    # reading without reading
    def action_do_explore(self) -> None:
        """Reads on without marking anything as read, or ends that."""
        on_now = not self.shared.client.channels.exploring
        self.shared.client.channels.explore(on_now)
        self.read_banner()
        self.tell(
            _("What you look at stays unread now.") if on_now else _("What you look at counts as read again.")
        )

    # once a minute
    def _mind_presence(self) -> None:
        """Ends "do not disturb" in time where the server does not."""
        self.shared.client.presence.tidy()

    def _mind_meetings(self) -> None:
        """The ages in the sidebar, a status whose time has passed."""
        self._show_meeting_ages()
        self.shared.client.meetings.status.tidy()

    def _show_meeting_ages(self) -> None:
        """Reads the sidebar again where it would tell something else of meetings."""
        ages = self.shared.client.sidebar.meeting_ages()
        if ages != self._meeting_ages:
            self._meeting_ages = ages
            self.sidebar.read()

    # size
    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size
        self.set_class(width < NARROW, "-narrow")
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width < TIGHT, "-tight")
        self.set_class(width < LEAST_COLUMNS or height < LEAST_LINES, "-hopeless")
        self.side_follows_width()

    @on(events.DescendantFocus)
    @on(RowList.Highlighted)
    def _focus_moved(self, _event: events.Event) -> None:
        """The footer names the keys of the area that has the focus, for the row under its cursor."""
        area = self.area_of(self.focused)
        view = self._post_view()
        pointless = view.pointless if view is not None and area == "timeline" else frozenset[str]()
        self.status.show_keys_of(area, pointless)

    def _post_view(self) -> PostView | None:
        """The list of messages that has the focus."""
        nodes = self.focused.ancestors if self.focused is not None else ()
        return next((node for node in nodes if isinstance(node, PostView)), None)

    @on(RowList.Scrolled)
    def _scrolled(self, event: RowList.Scrolled) -> None:
        event.stop()
        self.say_what_is_below()

    def restyle(self) -> None:
        """A new theme: everything is drawn anew."""
        for widget in self.query(Drawn):
            widget.restyle()


_SIDEBAR_KINDS = (
    ChangeKind.CHANNELS,
    ChangeKind.MEMBERSHIPS,
    ChangeKind.CATEGORIES,
    ChangeKind.TEAMS,
    ChangeKind.USERS,
    ChangeKind.STATUSES,
    ChangeKind.PREFERENCES,
    ChangeKind.DRAFTS,
    ChangeKind.CONFIG,
)
_POST_KINDS = (
    ChangeKind.OUTBOX,
    ChangeKind.USERS,
    ChangeKind.PREFERENCES,
    ChangeKind.THREADS,
    ChangeKind.EMOJI,
    ChangeKind.CONFIG,
)
"""Kinds that change how messages are drawn."""
