"""What is done with single messages: sending, editing, deleting, reacting, opening, copying.

Invariant: the composer is emptied only after the client has the text on disk; a link of others is checked
by `core.links` before anything else happens to it.
"""

from __future__ import annotations

from textual import on

from tui.client.commands import CommandRun, Goto
from tui.client.posts import HELD
from tui.client.wording.errors import sentence
from tui.client.wording.states import outbox_state
from tui.core.errors import TeleteamError, UserMistake
from tui.core.meetings import shown_message
from tui.core.models import OutboxItem, Post, Target
from tui.core.safe_text import safe, safe_line, shorten
from tui.core.timeline import PostRow
from tui.settings.i18n import _
from tui.ui.local_commands import local_action, meet_topic
from tui.ui.messages import CopyWanted, Failed, PostAsked, Wanted
from tui.ui.panels.composer import Composer, Submission
from tui.ui.panels.thread import Thread
from tui.ui.screens.confirm import Confirm
from tui.ui.screens.full_post import FullPost
from tui.ui.screens.main_writing import Writing
from tui.ui.screens.picker import Offer, Picker

EXCERPT = 300


class PostDesk(Writing):
    # sending
    def submit(self, given: Submission) -> None:
        """Sends a text, after a question where there is a doubt."""
        doubt = given.composer.doubts(given.text)
        if doubt:
            dialog = Confirm(_("Send?"), doubt, _("Send"))
            self.app.push_screen(dialog, lambda yes: self._send(given) if yes else None)
        else:
            self._send(given)

    def _send(self, given: Submission, *, as_text: bool = False) -> None:
        posts, composer = self.shared.client.posts, given.composer
        try:
            if given.edits:
                posts.edit(given.edits, given.text)
            elif (topic := meet_topic(given.text)) is not None:
                if self.meet(given.target, topic):
                    composer.sent()
                return
            elif action := local_action(given.text):
                composer.sent()
                self.perform(action)
                return
            elif path := _attach_path(given.text):
                self._add_file(composer, path)
                return
            else:
                sent = posts.send(
                    given.target,
                    given.text,
                    given.files,
                    as_text=as_text,
                    priority=given.priority,
                    wants_ack=given.wants_ack,
                    hold=self.shared.config.composer.undo_seconds > 0,
                )
                if sent.item is not None and sent.item.reason == HELD:
                    self.hold_back(sent.item)
                if sent.command is not None:
                    self._await_command(sent.command)
        except UserMistake as mistake:
            self._not_sent(mistake, given)
            return
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)
            return
        composer.sent()
        if composer is self.composer and not given.edits:
            self.timeline.to_present()

    def _not_sent(self, mistake: UserMistake, given: Submission) -> None:
        """A command that the server does not know may be meant as text; anything else stays in the line."""
        if mistake.id != "tele.input.unknown_command":
            self.tell(sentence(mistake), alarm=True)
            return
        dialog = Confirm(_("Send as text?"), sentence(mistake), _("Send as text"))
        self.app.push_screen(dialog, lambda yes: self._send(given, as_text=True) if yes else None)

    def _await_command(self, run: CommandRun) -> None:
        run.outcome.add_done_callback(lambda _done: self.app.call_later(self._command_done, run))

    def _command_done(self, run: CommandRun) -> None:
        error = None if run.outcome.cancelled() else run.outcome.exception()
        if error is not None:
            self.post_message(Failed(error))
        elif not run.outcome.cancelled():
            self._follow(run.outcome.result())

    def _follow(self, goto: Goto) -> None:
        """Where a command leads."""
        client = self.shared.client
        team = client.teams.by_name(goto.team) if goto.team else client.teams.current()
        if goto.kind == "channel" and team is not None:
            channel = client.channels.by_name(team.id, goto.value)
            self.open_channel(channel.id if channel is not None else "")
        elif goto.kind == "direct" and (user := client.people.by_name(goto.value)) is not None:
            self.open_person(user.id)
        elif goto.kind == "post":
            self.show_post(goto.value)
        elif goto.kind == "link":
            self.open_link(goto.value)

    def _add_file(self, composer: Composer, path: str) -> None:
        problem = composer.attach(path)
        if problem:
            self.tell(problem, alarm=True)
        elif composer.editor.text.startswith("/attach"):
            composer.editor.load("")

    # what a message is asked for
    @on(PostAsked)
    def _asked(self, event: PostAsked) -> None:
        event.stop()
        getattr(self, f"_post_{event.verb}")(event.row)

    def _post_reply(self, row: PostRow) -> None:
        thread = self._thread_here()
        if thread is not None:
            thread.focus_inside()
            return
        target = Target(row.post.channel_id, row.post.root_id or row.post.id)
        self.composer.bind(target, back_to=self.target())
        self.composer.editor.focus()

    def _post_edit(self, row: PostRow) -> None:
        self.composer.edit(row.post)

    def _post_quote(self, row: PostRow) -> None:
        quoted = "\n".join(f"> {line}" for line in safe(shown_message(row.post)).split("\n"))
        thread = self._thread_here()
        (thread.composer if thread is not None else self.composer).insert(f"{quoted}\n")

    def _thread_here(self) -> Thread | None:
        """The thread panel, if it has the focus."""
        widget = self.side.tab_widget("thread") if self.side.current == "thread" else None
        inside = widget is not None and self.is_inside(self.focused, widget)
        return widget if inside and isinstance(widget, Thread) else None

    def _post_delete(self, row: PostRow) -> None:
        question = shorten(safe_line(shown_message(row.post)), EXCERPT) or _("This message has no text.")
        dialog = Confirm(_("Delete this message?"), question, _("Delete"))
        self.app.push_screen(dialog, lambda yes: self._delete(row.post) if yes else None)

    def _delete(self, post: Post) -> None:
        self._try(lambda: self.shared.client.posts.delete(post.id))

    def _post_react(self, row: PostRow) -> None:
        dialog = Picker(_("React"), self.emoji_offers, placeholder=_("Name of an emoji"), verb=_("React"))
        self.app.push_screen(dialog, lambda name: self.timeline.react(row, name) if name else None)

    def _post_queue(self, row: PostRow) -> None:
        """A text that is not sent: what to do with it."""
        item = row.pending
        if item is None:
            return
        offers = [Offer("copy", _("Copy the text")), Offer("edit", _("Take it back into the composer"))]
        if item.state == "parked":
            offers.insert(0, Offer("retry", _("Try again")))
        offers.append(Offer("discard", _("Discard it")))
        title = outbox_state(item, self.shared.client.connection().live)
        dialog = Picker(title, lambda _text: offers)
        self.app.push_screen(dialog, lambda verb: self._with_item(verb, item))

    def _with_item(self, verb: str | None, item: OutboxItem) -> None:
        outbox = self.shared.client.outbox
        match verb:
            case "retry":
                self._try(lambda: outbox.retry(item.cid))
            case "discard":
                self._try(lambda: outbox.discard(item.cid))
            case "copy":
                self.copy(item.text)
            case "edit":
                self._try(lambda: self._take_back(item))

    def _take_back(self, item: OutboxItem) -> None:
        text = self.shared.client.outbox.take_back(item.cid)
        self.composer.bind(item.target, back_to=self.target() if item.target.root_id else None)
        self.composer.insert(text)

    def _post_more(self, row: PostRow) -> None:
        """Everything that can be done with a message, by name; and all of a long one."""
        offers = [Offer("full", _("Show the whole message"))]
        pointless = self.timeline.pointless_for(row)
        for action in self.shared.keymap.of("timeline"):
            if action.group.msgid == "Messages" and action.name in _MENU and action.id not in pointless:
                offers.append(Offer(action.name, str(action.help), " ".join(action.keys[:1])))
        dialog = Picker(_("Message"), lambda _text: offers, verb=_("Do it"))
        self.app.push_screen(dialog, lambda name: self._menu_chosen(name, row))

    def _menu_chosen(self, name: str | None, row: PostRow) -> None:
        if name == "full":
            self.app.push_screen(FullPost(row.post, self.context.markdown(row.post)))
        elif name:
            self.perform(f"timeline.{name}")

    # copying
    @on(CopyWanted)
    def _copy_wanted(self, event: CopyWanted) -> None:
        event.stop()
        self.copy(event.text)

    # what the composer cannot do alone
    @on(Wanted)
    def _wanted(self, event: Wanted) -> None:
        event.stop()
        match event.what:
            case "next":
                self.action_do_focus_next()
            case "timeline" | "composer":
                self.focus_area(event.what)
            case "search":
                self.perform("app.search")
            case "reply_last":
                self._reply_to_last()
            case "preview":
                self._preview()
            case "priority":
                self.choose_priority()
            case "schedule":
                self.send_later()
            case "attach":
                self._choose_file()
            case "history" | "snippet" | "spelling" | "undo_send":
                getattr(self, f"write_{event.what}")()
            case "external_editor":
                self.edit_outside(self.composer)

    def _reply_to_last(self) -> None:
        rows = [row for row in self.timeline.list.rows if isinstance(row, PostRow)]
        row = next((row for row in reversed(rows) if row.pending is None and not row.system), None)
        if row is not None:
            self._post_reply(row)

    def _preview(self) -> None:
        text = self.composer.editor.text
        if text.strip():
            post = Post("", self.channel_id, self.shared.client.account.user_id, message=text)
            self.app.push_screen(FullPost(post, self.context.markdown(post), title=_("Preview")))

    def _choose_file(self) -> None:
        from tui.ui.screens.file_picker import FilePicker

        self.app.push_screen(FilePicker(), lambda path: self._add_file(self.composer, path) if path else None)

    def _try(self, verb: object) -> None:
        try:
            verb()  # type: ignore[operator]
        except TeleteamError as error:
            self.tell(sentence(error), alarm=True)


_MENU = frozenset(
    {"reply", "thread", "edit", "delete", "react", "copy", "copy_link", "open", "pin", "save", "mark_unread"}
    | {"follow", "quote", "forward", "copy_code", "copy_address", "who_reacted", "press", "invite"}
    | {"acknowledge", "remind", "edit_history"}
)


def _attach_path(text: str) -> str:
    """The path of `/attach path`, "" for any other text."""
    word, _blank, path = text.strip().partition(" ")
    return path.strip() if word == "/attach" else ""
