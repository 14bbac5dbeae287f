"""Showing and hiding: the side panel and its tabs, the switcher, the palette, help, themes; quitting.

Invariant: what opens over the messages closes with Esc and gives the focus back.
"""

from __future__ import annotations

from textual import on

from tui.core.ids import PostId
from tui.core.places import Place
from tui.settings.i18n import _, ngettext
from tui.ui.messages import Searched, ThreadChosen
from tui.ui.palette import Palette
from tui.ui.panels.thread import Thread
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.main_go import Going
from tui.ui.screens.picker import Picker


class Showing(Going):
    _side_on_wide = True
    _side_on_narrow = False

    # the side panel
    def side_follows_width(self) -> None:
        """Beside the messages where there is room, else only when asked for."""
        narrow = self.has_class("-narrow")
        self.set_class(not (self._side_on_narrow if narrow else self._side_on_wide), "-side-off")
        shown = self.side.current == "folders" and not self.has_class("-side-off")
        self.shared.client.folders.set_visible(shown, far=self.shared.client.line.profile.calm_panels)

    def set_side(self, shown: bool) -> None:
        if self.has_class("-narrow"):
            self._side_on_narrow = shown
        else:
            self._side_on_wide = shown
        self.side_follows_width()

    async def show_tab(self, name: str, *, focus: bool = True) -> None:
        """Shows a tab of the side panel, wherever the panel is."""
        await self.side.show_tab(name)
        self.set_side(True)
        if focus:
            self.side.tab.focus_inside()

    def thread_here(self) -> Thread | None:
        """The thread panel, if it has the focus."""
        widget = self.side.tab_widget("thread") if self.side.current == "thread" else None
        inside = widget is not None and self.is_inside(self.focused, widget)
        return widget if inside and isinstance(widget, Thread) else None

    def action_do_panel(self) -> None:
        shown = self.has_class("-side-off")
        self.set_side(shown)
        if shown:
            self.side.read()
            self.side.tab.focus_inside()
        elif self.is_inside(self.focused, self.side):
            self.composer.editor.focus()

    async def action_do_panel_next(self) -> None:
        if self.has_class("-side-off"):
            self.set_side(True)
        else:
            await self.side.show_next_tab()
        self.side_follows_width()

    async def action_do_mentions(self) -> None:
        await self.show_tab("mentions")

    async def action_do_threads(self) -> None:
        await self.show_tab("threads")

    async def action_do_catch_up(self) -> None:
        await self.show_tab("catch_up")

    async def action_do_channel_files(self) -> None:
        await self.show_tab("channel_files")

    async def action_do_transfers(self) -> None:
        await self.show_tab("transfers")

    async def action_do_scheduled(self) -> None:
        await self.show_tab("scheduled")

    async def action_do_saved(self) -> None:
        await self.show_tab("saved")

    async def action_do_pinned(self) -> None:
        await self.show_tab("pinned")

    async def action_do_members(self) -> None:
        await self.show_tab("members")

    async def action_do_search(self) -> None:
        channel = self.shared.client.channels.get(self.channel_id)
        await self._search(f"in:{channel.name}" if channel is not None else "")

    async def action_do_search_everywhere(self) -> None:
        await self._search("")

    async def _search(self, scope: str) -> None:
        from tui.ui.panels.search import Search

        await self.side.show_tab("search")
        widget = self.side.tab_widget("search")
        if isinstance(widget, Search):
            widget.ask(scope)
        await self.show_tab("search")

    @on(Searched)
    def _searched(self, event: Searched) -> None:
        event.stop()
        self.timeline.mark(event.text)

    def step_hit(self, *, above: bool) -> None:
        """To the next hit of the search, from the message under the cursor on."""
        from tui.ui.panels.search import Search

        widget = self.side.tab_widget("search")
        row = self.timeline.row
        found = widget.beside(row.post.id if row else "", above=above) if isinstance(widget, Search) else ""
        if found:
            self.show_post(found)
        else:
            self.tell(_("There is no further hit in this direction."))

    async def open_thread(self, root_id: PostId, *, focus: bool = True, reply_id: PostId = "") -> None:
        """Shows a thread in the side panel, its channel beside it; `reply_id` gets the cursor."""
        root = self.shared.client.posts.get(root_id)
        if root is not None and root.channel_id != self.channel_id:
            self.open_channel(root.channel_id)
        self.places.visit(Place(self.channel_id, root_id))
        await self.side.show_tab("thread")
        widget = self.side.tab_widget("thread")
        if isinstance(widget, Thread):
            widget.open(self.channel_id, root_id)
        await self.show_tab("thread", focus=focus and not reply_id)
        if reply_id and isinstance(widget, Thread):
            widget.show_reply(reply_id)

    @on(ThreadChosen)
    async def _thread_chosen(self, event: ThreadChosen) -> None:
        event.stop()
        await self.open_thread(event.root_id)

    # dialogs
    def action_do_help(self) -> None:
        from tui.ui.help import HelpScreen

        area = self.area_of(self.focused)
        self.app.push_screen(HelpScreen(self.shared.keymap, area, all_keys=self.tele.all_keys))

    def action_do_palette(self) -> None:
        palette = Palette(self.shared, self.tele.themes.themes.values())
        dialog = Picker(
            _("All commands"), palette.find, placeholder=_("What do you want to do?"), verb=_("Do it")
        )
        self.app.push_screen(dialog, self._perform)

    def action_do_switch(self) -> None:
        palette = Palette(self.shared, self.tele.themes.themes.values())
        dialog = Picker(_("Go to"), palette.places, placeholder=_("Channel, person or team"))
        self.app.push_screen(dialog, self._go)

    def _go(self, key: str | None) -> None:
        """`kind:id` of what was chosen in the switcher."""
        kind, _colon, ident = (key or "").partition(":")
        match kind:
            case "channel":
                self.write_in(ident)
            case "user":
                self.open_person(ident)
            case "team":
                self.open_team(ident)

    def _perform(self, key: str | None) -> None:
        """Does what was chosen in the palette: an action's id, a place, a theme."""
        kind, _colon, ident = (key or "").partition(":")
        if kind == "action":
            self.perform(ident)
        elif kind == "theme":
            self.tele.set_theme(ident)
        else:
            self._go(key)

    def perform(self, action_id: str) -> None:
        """Runs an action of the table, wherever it lives."""
        context, _dot, name = action_id.partition(".")
        nodes = {"sidebar": self.sidebar, "timeline": self.timeline, "composer": self.composer}
        in_side = context in ("panel", "inbox")
        node = self.side.tab_widget(self.side.current) if in_side else nodes.get(context, self)
        if context == "folders":
            node = self.side.tab_widget("folders")
        self.app.call_later(self.app.run_action, f"do_{name}", node)

    def action_write(self, action_id: str) -> None:
        """A key of the composer, pressed elsewhere: in the conversation one reads, thread or channel."""
        thread = self.thread_here()
        composer = self.composer if thread is None else thread.composer
        composer.editor.focus()
        self.app.call_later(self.app.run_action, f"do_{action_id.partition('.')[2]}", composer)

    def action_do_theme(self) -> None:
        palette, before = Palette(self.shared, self.tele.themes.themes.values()), self.tele.theme_name
        dialog = Picker(
            _("Choose a theme"),
            palette.themes,
            chosen=f"theme:{before}",
            verb=_("Take it"),
            on_point=lambda key: self.tele.set_theme(key.partition(":")[2]),
        )
        self.app.push_screen(
            dialog, lambda key: self.tele.set_theme((key or f"theme:{before}").partition(":")[2])
        )

    def action_do_redraw(self) -> None:
        self.tele.draw_anew()

    def action_do_mouse(self) -> None:
        on_now = self.tele.toggle_mouse()
        self.tell(_("The mouse works here now.") if on_now else _("The mouse is the terminal's again."))

    def action_do_discreet(self) -> None:
        """For as long as others look at this display."""
        notifications = self.shared.client.notifications
        notifications.discreet = not notifications.discreet
        hidden = _("Notifications name nobody now.")
        self.tell(hidden if notifications.discreet else _("Notifications say who writes and where."))

    def action_do_line(self) -> None:
        """Thin or rich, live."""
        profile = self.shared.client.line.toggle()
        thin = _("Thin line: asks less often, fetches nothing ahead.")
        self.tell(thin if profile.name == "thin" else _("Rich line: fetches ahead, shows who types."))

    def line_changed(self) -> None:
        """What hangs on the profile of the line is shown by it now."""
        if self.shared.theme_of is not None:
            self.tele.set_theme(self.shared.theme_of(self.shared.client.line.profile))
        self.side_follows_width()

    def action_do_quit(self) -> None:
        """Asks only while something is unsent."""
        self.composer.keep_draft()
        waiting = len(self.shared.client.outbox.all())
        if not waiting:
            self.app.exit()
            return
        question = ngettext(
            "{n} text is not sent yet. It is kept and sent the next time.",
            "{n} texts are not sent yet. They are kept and sent the next time.",
            waiting,
        )
        dialog = Confirm(_("Quit"), question.format(n=waiting), _("Quit"))
        self.app.push_screen(dialog, lambda yes: self.app.exit() if yes else None)
